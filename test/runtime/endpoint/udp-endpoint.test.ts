import { expect, test } from 'vitest';
import { createAddress, parseAddress, printAddress } from '../../../runtime/address/text.ts';
import type { Address } from '../../../runtime/address/address.ts';
import type { Result } from '../../../runtime/base/result.ts';
import { sumCounters } from '../../../runtime/endpoint/counters.ts';
import type { Endpoint } from '../../../runtime/endpoint/endpoint.ts';
import { openUdpEndpoint } from '../../../runtime/endpoint/udp-endpoint.ts';
import type { Env } from '../../../runtime/env/env.ts';
import { loopbackOnly } from '../../../runtime/env/loopback-only.ts';
import { createNodeEnv } from '../../../runtime/env/node-env.ts';
import { createWorld } from '../../../runtime/simulation/index.ts';

function at(text: string): Address {
  const address = parseAddress(text);
  if (address === undefined) throw new Error(text);
  return address;
}

function valueOf<T>(result: Result<T, Error>): T {
  if (!result.ok) throw result.error;
  return result.value;
}

function problemOf(result: Result<unknown, Error & { readonly code: string }>): string {
  return result.ok ? 'none' : `${result.error.code}: ${result.error.message}`;
}

async function open(env: Env, host: string, port: number): Promise<Endpoint> {
  return valueOf(await openUdpEndpoint(env, { host, port }));
}

test('the first free port from the configured one upwards is taken', async () => {
  const env = createWorld({ seed: 1 }).env('10.0.0.1');
  const ports: (number | undefined)[] = [];
  for (let count = 0; count < 3; count++) {
    ports.push((await open(env, '0.0.0.0', 8090)).address?.port);
  }
  expect(ports).toEqual([8090, 8091, 8092]);
  expect((await open(env, '0.0.0.0', 0)).address?.port).toBeGreaterThan(0);
});

/** The real or simulated surroundings, where every port is taken, and how often one was asked for. */
function fullHost(): { readonly env: Env; readonly asked: number[] } {
  const env = createWorld({ seed: 1 }).env('10.0.0.1');
  const asked: number[] = [];
  return {
    asked,
    env: {
      ...env,
      datagrams: {
        async bind(address, callbacks) {
          asked.push(address.port);
          const free = { ...address, port: 5 };
          await env.datagrams.bind(free, callbacks);
          return env.datagrams.bind(free, callbacks);
        },
      },
    },
  };
}

test('ten thousand ports are tried, or as many as are asked for, and none beyond the last', async () => {
  const { env, asked } = fullHost();
  const attempt = async (options: { port: number; portsToTry?: number }): Promise<string> => {
    asked.length = 0;
    return problemOf(await openUdpEndpoint(env, { host: '0.0.0.0', ...options }));
  };
  expect(await attempt({ port: 8090 })).toBe(
    'port-taken: cannot open an endpoint at 0.0.0.0: ports 8090 to 18089 are all taken',
  );
  expect([asked.length, asked[0], asked.at(-1)]).toEqual([10_000, 8090, 18_089]);
  expect(await attempt({ port: 65_000 })).toContain('ports 65000 to 65535 are all taken');
  expect(asked.at(-1)).toBe(65_535);
  expect(await attempt({ port: 8090, portsToTry: 1 })).toContain('port 8090 is taken');
  expect(asked).toEqual([8090]);
  expect(await attempt({ port: 0 })).toContain('port 0 is taken');
  expect(asked).toEqual([0]);
});

test('an error that another port would not mend ends the search at once', async () => {
  const env = createWorld({ seed: 1 }).env('10.0.0.1');
  const attempt = async (host: string, port: number): Promise<string> =>
    problemOf(await openUdpEndpoint(env, { host, port }));
  expect(await attempt('10.0.0.2', 8090)).toBe(
    'refused: cannot bind to 10.0.0.2:8090: 10.0.0.1 has no such address',
  );
  for (const port of [-1, 65_536, 1.5, Number.NaN]) {
    expect(await attempt('0.0.0.0', port)).toContain('ports are 0 to 65535');
  }
});

test('datagrams go out up to the size that a path carries, and not beyond', async () => {
  const world = createWorld({ seed: 1 });
  const cases = [
    { hosts: ['10.0.0.1', '10.0.0.2'] as const, sizeMax: 1_472 },
    { hosts: ['2001:db8::1', '2001:db8::2'] as const, sizeMax: 1_452 },
  ];
  for (const { hosts, sizeMax } of cases) {
    const [a, b] = [
      await open(world.env(hosts[0]), hosts[0], 1),
      await open(world.env(hosts[1]), hosts[1], 1),
    ];
    const sizes: number[] = [];
    b.onDatagram((bytes) => sizes.push(bytes.length));
    const to = createAddress(hosts[1], 1);
    for (const size of [0, 1, sizeMax]) valueOf(a.send(new Uint8Array(size), to));
    expect(problemOf(a.send(new Uint8Array(sizeMax + 1), to))).toBe(
      `too-large: ${sizeMax + 1} bytes to ${printAddress(to)}: a datagram carries ${sizeMax}`,
    );
    await world.run({ forMs: 100 });
    expect(sizes.sort((x, y) => x - y)).toEqual([0, 1, sizeMax]);
  }
});

test('what comes in is handed on whatever its size, to the receiver that was set last', async () => {
  const world = createWorld({ seed: 1 });
  const a = await open(world.env('10.0.0.1'), '0.0.0.0', 1);
  const sender = valueOf(
    await world.env('10.0.0.2').datagrams.bind(at('10.0.0.2:9'), {
      onDatagram: () => {},
      onError: () => {},
    }),
  );
  const heard: string[] = [];
  // Without a receiver datagrams are let go.
  sender.send(new Uint8Array(5), at('10.0.0.1:1'));
  await world.run({ forMs: 100 });
  a.onDatagram(() => heard.push('first'));
  a.onDatagram((bytes, from) => heard.push(`${bytes.length} from ${printAddress(from)}`));
  sender.send(new Uint8Array(65_507), at('10.0.0.1:1'));
  await world.run({ forMs: 100 });
  expect(heard).toEqual(['65507 from 10.0.0.2:9']);
});

test('names, other families and impossible ports are refused', async () => {
  const world = createWorld({ seed: 1 });
  const endpoint = await open(world.env('10.0.0.1'), '0.0.0.0', 1);
  const attempt = (to: Address): string => problemOf(endpoint.send(new Uint8Array(1), to));
  expect(attempt(createAddress('example.org', 6421))).toContain('refused: "example.org" is a name');
  expect(attempt(at('[2001:db8::1]:1'))).toContain('does not reach [2001:db8::1]:1');
  for (const port of [0, -1, 65_536, 1.5, Number.NaN]) {
    expect(attempt(createAddress('10.0.0.2', port))).toContain('refused: nobody can be at');
  }
});

test('a closed endpoint neither sends nor receives and may be closed again', async () => {
  const world = createWorld({ seed: 1 });
  const [a, b] = [
    await open(world.env('10.0.0.1'), '0.0.0.0', 1),
    await open(world.env('10.0.0.2'), '0.0.0.0', 1),
  ];
  b.onDatagram(() => expect.fail('closed'));
  valueOf(a.send(new Uint8Array(1), at('10.0.0.2:1')));
  expect(b.address).toEqual(at('0.0.0.0:1'));
  await b.close();
  await b.close();
  await world.run({ forMs: 100 });
  expect(b.address).toBeUndefined();
  expect(problemOf(b.send(new Uint8Array(1), at('10.0.0.1:1')))).toBe(
    'closed: the endpoint is closed',
  );
});

test('opening, closing and trouble are told at level DEBUG', async () => {
  const lines: string[] = [];
  const world = createWorld({
    seed: 1,
    log: {
      isOn: () => true,
      write: (level, text, fields) =>
        lines.push(`${level} ${text} ${Object.values(fields ?? {}).join(' ')}`),
    },
  });
  const env = world.env('10.0.0.1');
  const other = await open(env, '0.0.0.0', 1);
  const endpoint = await open(env, '0.0.0.0', 1);
  endpoint.send(new Uint8Array(1), createAddress('10.0.0.2', 0));
  await endpoint.close();
  await other.close();
  expect(lines).toEqual([
    'DEBUG endpoint open 10.0.0.1 0.0.0.0:1',
    'DEBUG port taken 10.0.0.1 0.0.0.0:1',
    'DEBUG endpoint open 10.0.0.1 0.0.0.0:2',
    'DEBUG datagram not sent 10.0.0.1 nobody can be at 10.0.0.2:0',
    'DEBUG endpoint closed 10.0.0.1 0.0.0.0:2',
    'DEBUG endpoint closed 10.0.0.1 0.0.0.0:1',
  ]);
});

test('real sockets: two endpoints ask for one port, and talk', async () => {
  const real = createNodeEnv({ write: () => {} });
  const env: Env = { ...real, datagrams: loopbackOnly(real.datagrams) };
  const a = await open(env, '127.0.0.1', 0);
  const port = a.address?.port ?? 0;
  const b = await open(env, '127.0.0.1', port);
  expect(b.address?.port).toBeGreaterThan(port);
  const received = new Promise<string>((resolve) => {
    b.onDatagram((bytes, from) => resolve(`${bytes.length} from ${printAddress(from)}`));
  });
  valueOf(a.send(new Uint8Array(1_472), at(`127.0.0.1:${b.address?.port}`)));
  expect(await received).toBe(`1472 from 127.0.0.1:${port}`);
  await Promise.all([a.close(), b.close()]);
});

test('an endpoint counts what came, what left and what did not', async () => {
  const world = createWorld({ seed: 1, link: { delayMs: { min: 1, max: 1 }, loss: 0 } });
  const [one, other] = [
    await open(world.env('10.0.0.1'), '0.0.0.0', 8090),
    await open(world.env('10.0.0.2'), '0.0.0.0', 8090),
  ];
  const heard: number[] = [];
  const send = (bytes: number, to = '10.0.0.2:8090') => one.send(new Uint8Array(bytes), at(to));
  send(10);
  await world.run({ forMs: 1 });
  other.onDatagram((bytes) => void heard.push(bytes.length));
  send(20);
  send(1_473);
  send(5, '10.0.0.2:0');
  await world.run({ forMs: 1 });
  await one.close();
  send(5);
  expect(heard).toEqual([20]);
  const nothing = {
    received: 0,
    receivedBytes: 0,
    unheard: 0,
    elsewhere: 0,
    sent: 0,
    sentBytes: 0,
  };
  const unsent = { 'too-large': 1, refused: 1, closed: 1 };
  expect(one.counters).toEqual({ ...nothing, sent: 2, sentBytes: 30, unsent, errors: {} });
  const received = {
    received: 2,
    receivedBytes: 30,
    unheard: 1,
    elsewhere: 0,
    unsent: {},
    errors: {},
  };
  expect(other.counters).toEqual({ ...nothing, ...received });
  const both = { ...received, sent: 2, sentBytes: 30, unsent };
  expect(sumCounters([one.counters, other.counters])).toEqual(both);
});
