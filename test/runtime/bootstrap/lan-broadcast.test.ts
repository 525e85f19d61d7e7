import { expect, test } from 'vitest';
import { createAddress, printAddress } from '../../../runtime/address/text.ts';
import { concatBytes } from '../../../runtime/base/bytes.ts';
import { createLanBroadcast } from '../../../runtime/bootstrap/lan-broadcast.ts';
import { BEACON_MS, BEACON_WALKS_PER_SECOND_MAX } from '../../../runtime/bootstrap/limits.ts';
import { createNodeDatagrams } from '../../../runtime/env/node-datagrams.ts';
import { loopbackOnly } from '../../../runtime/env/loopback-only.ts';
import { createWorld, type World } from '../../../runtime/simulation/index.ts';
import { createTaskScope } from '../../../runtime/tasks/task-scope.ts';

const PREFIX = new Uint8Array(22).fill(7);
const BEACON = concatBytes(Uint8Array.of(0, 0, 0x49, 0x50, 0x76, 0x38, 0), PREFIX);

function caller(world: World, host: string, prefix = PREFIX) {
  const env = world.env(host);
  const failures: unknown[] = [];
  const tasks = createTaskScope({ clock: env.clock, onError: (error) => failures.push(error) });
  const walks: string[] = [];
  const one = createLanBroadcast({
    env,
    tasks,
    prefix,
    overlay: 'Mine',
    timeoutMs: 30_000,
    walkTo: (address) => void walks.push(printAddress(address)),
  });
  return { one, tasks, walks, failures };
}

/** A socket that hears what is sent to its port, and says it. */
async function listener(world: World, host: string, port: number) {
  const heard: { readonly bytes: Uint8Array; readonly from: string; readonly atMs: number }[] = [];
  const bound = await world.env(host).datagrams.bind(createAddress('0.0.0.0', port), {
    onDatagram: (bytes, from) =>
      void heard.push({ bytes, from: printAddress(from), atMs: world.now }),
    onError: (error) => {
      throw error;
    },
  });
  if (!bound.ok) throw bound.error;
  return { heard, socket: bound.value };
}

test('a beacon goes to every port of the local network, and beyond it to nobody', async () => {
  const world = createWorld({ seed: 1 });
  const ports = [1, 8090, 65_534, 65_535];
  const near = await Promise.all(ports.map((port) => listener(world, '10.0.0.2', port)));
  const far = await listener(world, '10.0.1.2', 8090);
  const { one, failures } = caller(world, '10.0.0.1');
  expect(one.addresses()).toEqual([]);
  await world.run({ forMs: BEACON_MS + 1_000 });
  expect(near.map(({ heard }) => heard.length)).toEqual([1, 1, 1, 0]);
  expect(near[1]?.heard[0]?.bytes).toEqual(BEACON);
  expect(far.heard).toEqual([]);
  expect(failures).toEqual([]);
  expect(one.hosts).toEqual([]);
  expect(one.trackers).toEqual([]);
});

test('it calls again after the timeout, not before', async () => {
  const world = createWorld({ seed: 2 });
  const { heard } = await listener(world, '10.0.0.2', 8090);
  const { one } = caller(world, '10.0.0.1');
  for (let second = 0; second < 65; second++) {
    one.addresses();
    await world.run({ forMs: 1_000 });
  }
  expect(heard.map(({ atMs }) => Math.floor(atMs / 10_000))).toEqual([0, 3, 6]);
});

test('who hears the beacon of its own overlay walks to it, and the other way round', async () => {
  const world = createWorld({ seed: 3 });
  const first = caller(world, '10.0.0.1');
  const second = caller(world, '10.0.0.2');
  const other = caller(world, '10.0.0.3', new Uint8Array(22).fill(8));
  for (const { one } of [first, second, other]) one.addresses();
  await world.run({ forMs: 30_000 });
  expect(first.walks[0]).toMatch(/^10\.0\.0\.2:/);
  expect(second.walks[0]).toMatch(/^10\.0\.0\.1:/);
  expect(other.walks).toEqual([]);
  // Each socket is one of the ports that are called, once.
  expect(first.walks).toHaveLength(1);
});

test('a request that answers the beacon says where its sender is', async () => {
  const world = createWorld({ seed: 4 });
  const { heard, socket } = await listener(world, '10.0.0.2', 8090);
  const { one, walks } = caller(world, '10.0.0.1');
  one.addresses();
  await world.run({ forMs: BEACON_MS });
  const [, host = '', port = ''] = /^(.*):(\d+)$/.exec(heard[0]?.from ?? '') ?? [];
  const caller1 = createAddress(host, Number(port));
  socket.send(concatBytes(PREFIX, Uint8Array.of(246)), caller1);
  socket.send(Uint8Array.of(1, 2, 3), caller1);
  await world.run({ forMs: 1_000 });
  expect(walks).toEqual(['10.0.0.2:8090']);
});

test('ten times the walks that a second has room for', async () => {
  const world = createWorld({ seed: 5, link: { delayMs: { min: 1, max: 1 }, loss: 0 } });
  const { heard, socket } = await listener(world, '10.0.0.2', 8090);
  const { one, walks } = caller(world, '10.0.0.1');
  one.addresses();
  await world.run({ forMs: BEACON_MS });
  const [, host = '', port = ''] = /^(.*):(\d+)$/.exec(heard[0]?.from ?? '') ?? [];
  await world.run({ forMs: 1_000 - (world.now % 1_000) });
  for (let count = 0; count < 10 * BEACON_WALKS_PER_SECOND_MAX; count++) {
    socket.send(BEACON, createAddress(host, Number(port)));
  }
  await world.run({ forMs: 500 });
  expect(walks).toHaveLength(BEACON_WALKS_PER_SECOND_MAX);
});

test('the end of the overlay ends the call and closes the socket', async () => {
  const world = createWorld({ seed: 6 });
  const { one, tasks, failures } = caller(world, '10.0.0.1');
  one.addresses();
  await world.run({ forMs: 1_000 });
  const before = world.counts.send ?? 0;
  expect(before).toBeGreaterThan(0);
  const stopped = tasks.stop();
  await world.run({ forMs: 20_000 });
  await stopped;
  expect(world.counts.send).toBe(before);
  expect(world.counts.close).toBe(1);
  expect(failures).toEqual([]);
});

test('no test broadcasts on the network of this machine', async () => {
  const bind = (datagrams: ReturnType<typeof createNodeDatagrams>) =>
    datagrams.bind(
      createAddress('127.0.0.1', 0),
      { onDatagram: () => {}, onError: () => {} },
      { mayBroadcast: true },
    );
  expect(await bind(createNodeDatagrams())).toMatchObject({
    ok: false,
    error: { code: 'refused', message: expect.stringContaining('on loopback only') as string },
  });
  expect(() => bind(loopbackOnly(createNodeDatagrams()))).toThrow('it may not broadcast');
});
