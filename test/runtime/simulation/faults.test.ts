import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { printAddress } from '../../../runtime/address/text.ts';
import { createWorld, type Link, type World } from '../../../runtime/simulation/index.ts';
import { HELD_MAX } from '../../../runtime/simulation/faults.ts';
import { at, bytesOf, open, STEADY } from './hosts.ts';

const [A, B, C] = ['10.0.0.1:1', '10.0.0.2:1', '10.0.0.3:1'] as const;

function eventsOf(world: World): string[] {
  return world.entries.map(({ event }) => event).filter((event) => event !== 'bind');
}

async function pair(link: Partial<Link> = {}, seed = 1) {
  const world = createWorld({ seed, link: { ...STEADY, ...link } });
  return { world, a: await open(world, A), b: await open(world, B) };
}

test('the hash is SHA-256 over a line and the bytes of each event', async () => {
  const { world, a, b } = await pair({ loss: 0.3, duplicate: 0.3, corrupt: 0.3 });
  for (let byte = 0; byte < 200; byte++) a.send(byte, B);
  b.socket.send(new Uint8Array(60_000).fill(7), at(A));
  await world.run({ forMs: 20 });
  const hash = createHash('sha256');
  for (const { atUs, event, from, to, bytes } of world.entries) {
    hash.update(`${atUs} ${event} ${printAddress(from)} ${printAddress(to)} ${bytes.length}\n`);
    hash.update(bytes);
  }
  expect(world.traceHash).toBe(hash.digest('hex'));
  expect(new Set(eventsOf(world))).toEqual(
    new Set(['send', 'lose', 'duplicate', 'corrupt', 'deliver']),
  );
});

test('another seed, one changed byte or one event more changes the hash', async () => {
  const run = async (seed: number, bytes: readonly number[]): Promise<string> => {
    const { world, a } = await pair({ loss: 0.2, delayMs: { min: 1, max: 9 } }, seed);
    for (const byte of bytes) a.send(byte, B);
    await world.run({ forMs: 20 });
    return world.traceHash;
  };
  const hash = await run(1, [1, 2, 3]);
  expect(await run(1, [1, 2, 3])).toBe(hash);
  for (const other of [run(2, [1, 2, 3]), run(1, [1, 2, 4]), run(1, [1, 2, 3, 4])]) {
    expect(await other).not.toBe(hash);
  }
});

test('a link duplicates its share, each copy with a delay of its own', async () => {
  const { world, a, b } = await pair({ duplicate: 0.5, delayMs: { min: 1, max: 30 } });
  for (let count = 0; count < 1_000; count++) a.send(1, B);
  await world.run({ forMs: 40 });
  expect(b.received.length).toBeGreaterThan(1_400);
  expect(b.received.length).toBeLessThan(1_600);
  const sent = eventsOf(world);
  expect(sent.filter((event) => event === 'duplicate').length).toBe(b.received.length - 1_000);
});

test('a link reorders: what is held back is overtaken, and nothing else is', async () => {
  const { world, a, b } = await pair({ reorder: { share: 0.2, byMs: 5 } });
  for (let byte = 0; byte < 200; byte++) {
    a.send(byte, B);
    await world.run({ forMs: 1 });
  }
  await world.run({ forMs: 20 });
  const order = bytesOf(b);
  expect(order.toSorted((one, other) => one - other)).toEqual([...Array(200).keys()]);
  const overtaken = order.filter((byte, index) => byte < Math.max(...order.slice(0, index)));
  expect(overtaken.length).toBeGreaterThan(10);
  expect(overtaken.length).toBeLessThan(60);
});

test('a link changes one bit of its share', async () => {
  const { world, a, b } = await pair({ corrupt: 0.25 });
  for (let count = 0; count < 1_000; count++) a.send(0, B);
  await world.run({ forMs: 10 });
  const delivered = world.entries.filter(({ event }) => event === 'deliver');
  const changed = delivered.filter(({ bytes }) => bytes.some((byte) => byte !== 0));
  expect(changed.length).toBeGreaterThan(200);
  expect(changed.length).toBeLessThan(300);
  for (const { bytes } of changed) {
    const set = bytes.reduce((sum, byte) => sum + byte.toString(2).replaceAll('0', '').length, 0);
    expect(set).toBe(1);
  }
  expect(b.received.length).toBe(1_000);
});

test('nothing over the MTU passes, headers included', async () => {
  const { world, a, b } = await pair({ mtu: 1_500 });
  a.socket.send(new Uint8Array(1_472), at(B));
  a.socket.send(new Uint8Array(1_473), at(B));
  await world.run({ forMs: 10 });
  expect(b.received.length).toBe(1);
  expect(eventsOf(world)).toEqual(['send', 'send', 'too-large', 'deliver']);
});

test('a way is cut in one direction, a partition in both, until it is mended', async () => {
  const { world, a, b } = await pair();
  const c = await open(world, C);
  const mend = world.cut({ from: ['10.0.0.1'], to: ['10.0.0.2'] });
  const join = world.partition(['10.0.0.3'], ['10.0.0.1', '10.0.0.2']);
  const sendAll = async (byte: number): Promise<void> => {
    for (const [from, to] of [
      [a, B],
      [b, A],
      [c, A],
      [a, C],
    ] as const) {
      from.send(byte, to);
    }
    await world.run({ forMs: 10 });
  };
  await sendAll(1);
  expect([a, b, c].map(bytesOf)).toEqual([[1], [], []]);
  mend();
  await sendAll(2);
  expect([a, b, c].map(bytesOf)).toEqual([[1, 2], [2], []]);
  join();
  await sendAll(3);
  expect([a, b, c].map(bytesOf)).toEqual([[1, 2, 3, 3], [2, 3], [3]]);
  expect(eventsOf(world).filter((event) => event === 'cut').length).toBe(5);
});

test('a clogged way lets everything through at once when it is free, in order', async () => {
  const { world, a, b } = await pair();
  const release = world.clog({ to: ['10.0.0.2'] });
  for (const byte of [1, 2, 3]) {
    a.send(byte, B);
    b.send(byte, A);
    await world.run({ forMs: 100 });
  }
  expect([bytesOf(a), bytesOf(b)]).toEqual([[1, 2, 3], []]);
  release();
  await world.run({ forMs: 10 });
  expect(b.received.map(({ byte, at: atMs }) => [byte, atMs])).toEqual([
    [1, 310],
    [2, 310],
    [3, 310],
  ]);
  a.send(4, B);
  await world.run({ forMs: 10 });
  expect(bytesOf(b)).toEqual([1, 2, 3, 4]);
});

test('what two clogs hold passes when both are gone, in order', async () => {
  const { world, a, b } = await pair();
  const releases = [world.clog({}), world.clog({ to: ['10.0.0.2'] })];
  a.send(1, B);
  await world.run({ forMs: 100 });
  releases[0]?.();
  a.send(2, B);
  await world.run({ forMs: 100 });
  expect(bytesOf(b)).toEqual([]);
  releases[1]?.();
  await world.run({ forMs: 100 });
  expect(bytesOf(b)).toEqual([1, 2]);
});

test('a clog holds ten thousand datagrams of a hundred thousand', async () => {
  const { world, a, b } = await pair();
  const release = world.clog({});
  for (let count = 0; count < HELD_MAX * 10; count++) a.send(1, B);
  release();
  await world.run({ forMs: 10 });
  expect(b.received.length).toBe(HELD_MAX);
});

test('a crash ends sockets and timers without a word; files stay, or go', async () => {
  const { world, a, b } = await pair();
  const before = world.env('10.0.0.2');
  const fired: string[] = [];
  before.clock.after(50, () => fired.push('old timer'));
  await before.storage.createPrivate('key', Uint8Array.of(1));
  b.send(1, A);
  a.send(1, B);
  world.crash('10.0.0.2');
  b.send(2, A);
  a.send(2, B);
  const again = world.env('10.0.0.2');
  expect(again).not.toBe(before);
  expect(world.env('10.0.0.2')).toBe(again);
  again.clock.after(50, () => fired.push('new timer'));
  await world.run({ forMs: 100 });
  expect(bytesOf(a)).toEqual([1]);
  expect(bytesOf(b)).toEqual([]);
  expect(fired).toEqual(['new timer']);
  expect(eventsOf(world)).toEqual([
    'send',
    'send',
    'crash',
    'send',
    'restart',
    'deliver',
    'refuse',
    'refuse',
  ]);
  // What runs on in the life that is over changes nothing.
  expect((await before.storage.createPrivate('late', Uint8Array.of(1))).ok).toBe(false);
  expect((await before.storage.read('key')).ok).toBe(false);
  expect((await before.datagrams.bind(at(B), { onDatagram() {}, onError() {} })).ok).toBe(false);
  expect(await again.storage.read('key')).toEqual({ ok: true, value: Uint8Array.of(1) });
  const reopened = await open(world, B);
  a.send(3, B);
  await world.run({ forMs: 10 });
  expect(bytesOf(reopened)).toEqual([3]);
  world.crash('10.0.0.2', { keepsFiles: false });
  expect((await world.env('10.0.0.2').storage.read('key')).ok).toBe(false);
});

test('each life of a host draws other chances, the same in every run', () => {
  const drawn = (): string[] => {
    const world = createWorld({ seed: 5 });
    const first = world.env('10.0.0.1').random.bytes(8).join();
    world.crash('10.0.0.1');
    return [first, world.env('10.0.0.1').random.bytes(8).join()];
  };
  expect(drawn()).toEqual(drawn());
  expect(new Set(drawn()).size).toBe(2);
});

test('clocks go wrong: ahead, behind, fast, slow, and never back', async () => {
  const world = createWorld({ seed: 1 });
  const { clock } = world.env('10.0.0.1');
  const right = world.env('10.0.0.2').clock;
  await world.run({ forMs: 1_000 });
  world.setClock('10.0.0.1', { skewMs: -300_000, rate: 1.5 });
  expect(clock.now()).toBe(1_000);
  expect(clock.wallTime()).toBe(right.wallTime() - 300_000);
  const fired: number[] = [];
  clock.after(300, () => fired.push(world.now, clock.now()));
  await world.run({ forMs: 1_000 });
  expect(fired).toEqual([1_200, 1_300]);
  expect([clock.now(), right.now()]).toEqual([2_500, 2_000]);
  world.setClock('10.0.0.1', {});
  await world.run({ forMs: 1_000 });
  expect(clock.now()).toBe(3_500);
  expect(() => world.setClock('10.0.0.1', { rate: 0 })).toThrow('give a number above 0');
});

test('quiet is when nothing is on its way, whatever timers are set', async () => {
  const { world, a, b } = await pair();
  const { clock } = world.env('10.0.0.1');
  const tick = (): void => void clock.after(1_000, tick);
  tick();
  a.send(1, B);
  expect(await world.runUntilQuiet({ withinMs: 5 })).toBe(false);
  expect(await world.runUntilQuiet({ withinMs: 5_000 })).toBe(true);
  expect(world.now).toBe(10);
  expect(bytesOf(b)).toEqual([1]);
});
