import { expect, test } from 'vitest';
import { createAddress, parseAddress, printAddress } from '../../../runtime/address/text.ts';
import type { Address } from '../../../runtime/address/address.ts';
import type { DatagramSocket } from '../../../runtime/env/datagrams.ts';
import { createWorld, type Link, type World } from '../../../runtime/simulation/index.ts';

type Received = { readonly at: number; readonly from: string; readonly bytes: number[] };
type Node = {
  readonly socket: DatagramSocket;
  readonly received: Received[];
  readonly errors: string[];
};

function at(text: string): Address {
  const address = parseAddress(text);
  if (address === undefined) throw new Error(text);
  return address;
}

/** Binds a socket of the host there; `onReceived` may answer. */
async function open(
  world: World,
  host: string,
  options: { readonly at: string; readonly onReceived?: (node: Node, from: Address) => void },
): Promise<Node> {
  const received: Received[] = [];
  const errors: string[] = [];
  const bound = await world.env(host).datagrams.bind(at(options.at), {
    onDatagram(bytes, from) {
      received.push({ at: world.now, from: printAddress(from), bytes: [...bytes] });
      options.onReceived?.(node, from);
    },
    onError: (error) => errors.push(`${error.code}: ${error.message}`),
  });
  if (!bound.ok) throw bound.error;
  const node: Node = { socket: bound.value, received, errors };
  return node;
}

const STEADY: Link = { delayMs: { min: 10, max: 10 }, loss: 0 };

test('a datagram takes the time of its link and carries its source', async () => {
  const world = createWorld({ seed: 1, link: STEADY });
  const a = await open(world, '10.0.0.1', { at: '0.0.0.0:8090' });
  const b = await open(world, '10.0.0.2', { at: '10.0.0.2:8091' });
  const bytes = Uint8Array.of(1, 2, 3);
  a.socket.send(bytes, at('10.0.0.2:8091'));
  bytes.fill(9);
  await world.run({ forMs: 9.999 });
  expect(b.received).toEqual([]);
  await world.run({ forMs: 0.001 });
  expect(b.received).toEqual([{ at: 10, from: '10.0.0.1:8090', bytes: [1, 2, 3] }]);
  expect(world.trace).toBe(
    [
      '0.000000 bind 10.0.0.1:8090\n',
      '0.000000 bind 10.0.0.2:8091\n',
      '0.000000 send 10.0.0.1:8090 > 10.0.0.2:8091 3 bytes 010203\n',
      '0.010000 deliver 10.0.0.1:8090 > 10.0.0.2:8091 3 bytes 010203\n',
    ].join(''),
  );
});

/** Three hosts that send random bytes to each other for two seconds, over a lossy network. */
async function busyWorld(seed: number, change: { readonly lastByte: number }): Promise<World> {
  const world = createWorld({ seed, link: { delayMs: { min: 5, max: 90 }, loss: 0.2 } });
  const hosts = ['10.0.0.1', '10.0.0.2', '10.0.0.3'];
  for (const host of hosts) {
    const { random, clock } = world.env(host);
    const node = await open(world, host, { at: `${host}:1000` });
    const tick = (): void => {
      const to = hosts[random.below(hosts.length)] ?? host;
      const bytes = random.bytes(20 + random.below(100));
      node.socket.send(bytes, createAddress(to, 1000));
      clock.after(random.below(50), () => void Promise.resolve().then(tick));
    };
    tick();
  }
  await world.run({ forMs: 2_000 });
  const last = await open(world, '10.0.0.9', { at: '10.0.0.9:1' });
  last.socket.send(Uint8Array.of(1, change.lastByte), at('10.0.0.1:1000'));
  await world.run({ forMs: 100 });
  return world;
}

test('the same seed makes the same run; another seed or one changed byte does not', async () => {
  const first = await busyWorld(7, { lastByte: 0 });
  const again = await busyWorld(7, { lastByte: 0 });
  const changed = await busyWorld(7, { lastByte: 1 });
  const other = await busyWorld(8, { lastByte: 0 });
  expect(first.trace.split('\n').length).toBeGreaterThan(300);
  expect(again.trace).toBe(first.trace);
  expect(again.traceHash).toBe(first.traceHash);
  expect(new Set([first, changed, other].map((world) => world.traceHash)).size).toBe(3);
});

test('a trace is the same on every machine and Node version', async () => {
  const world = await busyWorld(7, { lastByte: 0 });
  expect(world.traceHash).toMatchInlineSnapshot(
    `"85b503cea6bf488c88bebc19621e6fcb7803744d88f4706965613e5c424006cf"`,
  );
});

test('a link loses its share, and a link per pair cuts exactly that pair', async () => {
  let isCut = false;
  const world = createWorld({
    seed: 3,
    link: (from, to) => {
      if (isCut && from === '10.0.0.1' && to === '10.0.0.2') return { ...STEADY, loss: 1 };
      return { ...STEADY, loss: 0.3 };
    },
  });
  const a = await open(world, '10.0.0.1', { at: '10.0.0.1:1' });
  const b = await open(world, '10.0.0.2', { at: '10.0.0.2:1' });
  for (let count = 0; count < 1_000; count++) a.socket.send(Uint8Array.of(0), b.socket.address);
  await world.run({ forMs: 20 });
  expect(b.received.length).toBeGreaterThan(640);
  expect(b.received.length).toBeLessThan(760);
  isCut = true;
  const before = b.received.length;
  for (let count = 0; count < 100; count++) {
    a.socket.send(Uint8Array.of(0), b.socket.address);
    b.socket.send(Uint8Array.of(0), a.socket.address);
  }
  await world.run({ forMs: 20 });
  expect(b.received.length).toBe(before);
  expect(a.received.length).toBeGreaterThan(50);
});

test('ports are taken as on a real host', async () => {
  const world = createWorld({ seed: 1 });
  const { datagrams } = world.env('10.0.0.1');
  const callbacks = { onDatagram: () => {}, onError: () => {} };
  const codeOf = async (where: string): Promise<string> => {
    const bound = await datagrams.bind(at(where), callbacks);
    return bound.ok ? printAddress(bound.value.address) : bound.error.code;
  };
  const { socket } = await open(world, '10.0.0.1', { at: '10.0.0.1:8090' });
  expect(await codeOf('10.0.0.1:8090')).toBe('port-taken');
  expect(await codeOf('0.0.0.0:8090')).toBe('port-taken');
  expect(await codeOf('127.0.0.1:8090')).toBe('127.0.0.1:8090');
  expect(await codeOf('10.0.0.2:8091')).toBe('refused');
  expect(await codeOf('[::1]:8091')).toBe('refused');
  expect(await codeOf('0.0.0.0:0')).toBe('0.0.0.0:49152');
  expect(await codeOf('0.0.0.0:0')).toBe('0.0.0.0:49153');
  await socket.close();
  expect(await codeOf('10.0.0.1:8090')).toBe('10.0.0.1:8090');
});

test('loopback stays on its host', async () => {
  const world = createWorld({ seed: 1, link: { ...STEADY, loss: 1 } });
  const a = await open(world, '10.0.0.1', { at: '127.0.0.1:1' });
  const b = await open(world, '10.0.0.1', { at: '0.0.0.0:2' });
  const stranger = await open(world, '10.0.0.2', { at: '127.0.0.1:2' });
  a.socket.send(Uint8Array.of(1), at('127.0.0.1:2'));
  b.socket.send(Uint8Array.of(2), at('127.0.0.1:1'));
  await world.run({ forMs: 1 });
  expect(b.received.map(({ from }) => from)).toEqual(['127.0.0.1:1']);
  expect(a.received.map(({ from }) => from)).toEqual(['127.0.0.1:2']);
  expect(stranger.received).toEqual([]);
});

test('what cannot be sent is an error of the socket; a closed one receives nothing', async () => {
  const world = createWorld({ seed: 1, link: STEADY });
  const a = await open(world, '10.0.0.1', { at: '10.0.0.1:1' });
  const b = await open(world, '10.0.0.2', { at: '10.0.0.2:1' });
  a.socket.send(new Uint8Array(65_508), b.socket.address);
  a.socket.send(new Uint8Array(1), createAddress('10.0.0.2', 0));
  a.socket.send(new Uint8Array(1), createAddress('example.org', 1));
  a.socket.send(new Uint8Array(1), at('[2001:db8::1]:1'));
  a.socket.send(new Uint8Array(1), b.socket.address);
  await b.socket.close();
  await b.socket.close();
  b.socket.send(new Uint8Array(1), a.socket.address);
  await world.run({ forMs: 100 });
  expect(a.errors.map((error) => error.split(':')[0])).toEqual([
    'too-large',
    'refused',
    'refused',
    'refused',
  ]);
  expect(b.errors).toEqual(['closed: the socket is closed']);
  expect(b.received).toEqual([]);
  expect(world.trace).toContain('0.010000 refuse 10.0.0.1:1 > 10.0.0.2:1 1 bytes 00\n');
});

test('IPv6 hosts talk to each other', async () => {
  const world = createWorld({ seed: 1 });
  const a = await open(world, '2001:DB8::1', { at: '[::]:8090' });
  const b = await open(world, '2001:db8::2', { at: '[2001:db8::2]:8090' });
  a.socket.send(Uint8Array.of(1), b.socket.address);
  await world.run({ forMs: 100 });
  expect(b.received.map(({ from }) => from)).toEqual(['[2001:db8::1]:8090']);
});

test('every promise callback that is due runs before time moves on, however long the chain', async () => {
  const world = createWorld({ seed: 1 });
  const { clock } = world.env('10.0.0.1');
  const events: string[] = [];
  clock.after(1, () => {
    void (async () => {
      for (let step = 0; step < 5_000; step++) await Promise.resolve();
      events.push(`chain ended at ${world.now}`);
    })();
  });
  clock.after(1.001, () => events.push(`next event at ${world.now}`));
  await world.run({ forMs: 2 });
  expect(events).toEqual(['chain ended at 1', 'next event at 1.001']);
});

test('things planned for one time happen in the order they were planned', async () => {
  const world = createWorld({ seed: 1 });
  const { clock } = world.env('10.0.0.1');
  const order: number[] = [];
  for (let index = 0; index < 100; index++) clock.after(5, () => order.push(index));
  const cancelled = clock.after(5, () => order.push(-1));
  cancelled.cancel();
  await world.run({ forMs: 5 });
  expect(order).toEqual(Array.from({ length: 100 }, (_, index) => index));
});

test('clocks: one virtual time, a wall time with it, long and endless timers', async () => {
  const world = createWorld({ seed: 1 });
  const { clock } = world.env('10.0.0.1');
  const fired: number[] = [];
  const yearMs = 365 * 24 * 3_600_000;
  clock.after(yearMs, () => fired.push(clock.now()));
  clock.after(Number.POSITIVE_INFINITY, () => fired.push(-1)).cancel();
  expect(clock.wallTime()).toBe(Date.UTC(2026, 0, 1));
  await world.run({ forMs: yearMs });
  expect(fired).toEqual([yearMs]);
  expect(clock.wallTime()).toBe(Date.UTC(2027, 0, 1));
});

test('runUntil stops at the event that makes it true, or when the time is over', async () => {
  const world = createWorld({ seed: 1 });
  const { clock } = world.env('10.0.0.1');
  let isDone = false;
  clock.after(30, () => {
    isDone = true;
  });
  expect(await world.runUntil(() => isDone, { withinMs: 20 })).toBe(false);
  expect(world.now).toBe(20);
  expect(await world.runUntil(() => isDone, { withinMs: 20 })).toBe(true);
  expect(world.now).toBe(30);
});

test('an event that throws ends the run with seed and time', async () => {
  const world = createWorld({ seed: 42 });
  world.env('10.0.0.1').clock.after(1_500, () => {
    throw new Error('broken');
  });
  await expect(world.run({ forMs: 2_000 })).rejects.toThrow(
    '1500 ms into the world with seed 42: broken',
  );
});

test('hosts have chance, files and log entries of their own', async () => {
  const lines: string[] = [];
  const world = createWorld({
    seed: 1,
    log: {
      isOn: (level) => level !== 'DEBUG',
      write: (level, text, fields) => lines.push(`${level} ${text} ${JSON.stringify(fields)}`),
    },
  });
  const [a, b] = [world.env('10.0.0.1'), world.env('10.0.0.2')];
  expect(world.env('10.0.0.1')).toBe(a);
  expect(a.random.bytes(16)).not.toEqual(b.random.bytes(16));
  await a.storage.createPrivate('key', Uint8Array.of(1));
  expect(await a.storage.read('key')).toEqual({ ok: true, value: Uint8Array.of(1) });
  expect(await a.storage.createPrivate('key', Uint8Array.of(2))).toMatchObject({
    ok: false,
    error: { code: 'exists' },
  });
  expect(await b.storage.read('key')).toMatchObject({ ok: false, error: { code: 'missing' } });
  a.log.write('INFO', 'started', { peers: 3 });
  expect(lines).toEqual(['INFO started {"host":"10.0.0.1","peers":3}']);
  expect(a.log.isOn('DEBUG')).toBe(false);
});

test('hosts need addresses that others can reach; time does not run backwards', async () => {
  const world = createWorld({ seed: 1 });
  for (const host of ['127.0.0.1', '::1', '0.0.0.0', 'localhost']) {
    expect(() => world.env(host)).toThrow('give it an IP address');
  }
  await expect(world.run({ forMs: -1 })).rejects.toThrow('running for -1 ms: give a number from 0');
  expect(() => createWorld({ seed: 1.5 })).toThrow('a world with seed 1.5: give a whole number');
});

/** Each is `STEADY` with one thing that no link can have. */
const NO_LINKS: readonly [Partial<Link>, string][] = [
  [{ loss: 5 }, 'loss 5: give a share from 0 to 1'],
  [{ duplicate: -1 }, 'duplicate -1'],
  [{ corrupt: Number.NaN }, 'corrupt NaN'],
  [{ delayMs: { min: 5, max: 1 } }, 'delayMs 5 to 1'],
  [{ delayMs: { min: 5, max: Infinity } }, 'delayMs 5 to Infinity'],
  [{ reorder: { share: 2, byMs: 1 } }, 'reorder.share 2'],
  [{ reorder: { share: 1, byMs: -1 } }, 'reorder.byMs -1'],
  [{ mtu: 0 }, 'mtu 0'],
];

test.each(NO_LINKS)('a link with %j is refused at once', (change, says) => {
  expect(() => createWorld({ seed: 1, link: { ...STEADY, ...change } })).toThrow(says);
});

test('a function that gives no link ends the run, though a node would catch what it throws', async () => {
  const wrong = (): Link => ({ ...STEADY, loss: 5 });
  const throwing = (): Link => {
    throw new Error('no such host');
  };
  for (const [link, says] of [
    [wrong, /0 ms into the world with seed 4: .*loss 5/],
    [throwing, /0 ms into the world with seed 4: no such host/],
  ] as const) {
    const world = createWorld({ seed: 4, link });
    const a = await open(world, '10.0.0.1', { at: '0.0.0.0:8090' });
    expect(() => a.socket.send(Uint8Array.of(1), at('10.0.0.2:8091'))).not.toThrow();
    await expect(world.run({ forMs: 1 })).rejects.toThrow(says);
  }
});

test('a world that has run leaves nothing behind that keeps the process alive', async () => {
  const planned = (): number =>
    process.getActiveResourcesInfo().filter((name) => name === 'Immediate').length;
  const plannedLater = async (): Promise<number> => {
    // What is left over of the run takes one turn to end, this waiting another.
    for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
    return planned();
  };
  const before = await plannedLater();
  const world = createWorld({ seed: 1 });
  let during = 0;
  world.env('10.0.0.1').clock.after(1, () => {
    during = planned();
  });
  await world.run({ forMs: 10 });
  expect(during).toBeGreaterThan(before);
  expect(await plannedLater()).toBe(before);
});
