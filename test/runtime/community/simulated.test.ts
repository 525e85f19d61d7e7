/** Overlays in a simulated world, with the real endpoint, network and walker around them. */
import { expect, test } from 'vitest';
import { createAddress } from '../../../runtime/address/text.ts';
import { createKnownHosts } from '../../../runtime/bootstrap/known-hosts.ts';
import { join } from '../../../runtime/community/join.ts';
import { Demultiplexer } from '../../../runtime/endpoint/demultiplexer.ts';
import { openUdpEndpoint } from '../../../runtime/endpoint/udp-endpoint.ts';
import { createNetwork } from '../../../runtime/network/network.ts';
import { createWorld, type World } from '../../../runtime/simulation/index.ts';
import { createTaskScope } from '../../../runtime/tasks/task-scope.ts';
import { createRandomWalk } from '../../../runtime/walker/random-walk.ts';
import { crypto, newKey, silent } from './bench.ts';

const PORT = 8090;

/** An overlay on a host of its own, that walks twice a second. */
async function createHost(world: World, host: string, bootstrap: string) {
  const env = world.env(host);
  const { clock, random } = env;
  const opened = await openUdpEndpoint(env, { host: '0.0.0.0', port: PORT });
  if (!opened.ok) throw opened.error;
  const endpoint = opened.value;
  const demultiplexer = new Demultiplexer(env.log);
  endpoint.onDatagram(demultiplexer.receive);
  const failures: unknown[] = [];
  const tasks = createTaskScope({ clock, onError: (error) => void failures.push(error) });
  const hosts = createKnownHosts({
    env,
    overlay: host,
    tasks,
    hosts: [createAddress(bootstrap, PORT)],
    timeoutMs: 2_000,
    hostsAre: 'peers',
  });
  const running = join({
    community: silent,
    name: host,
    identity: newKey(),
    crypto,
    env,
    endpoint,
    demultiplexer,
    network: createNetwork({ clock }),
    tasks,
    peersMax: 30,
    bootstrapAddresses: () => hosts.addresses(),
    onHandlerError: (error) => void failures.push(error),
  });
  const walk = createRandomWalk({ overlay: running.overlay.walkable, clock, random });
  tasks.repeat('walk', { intervalMs: 500 }, () => walk.step());
  return { host, running, overlay: running.overlay, failures };
}

async function createHosts(world: World, hosts: readonly string[]) {
  const [first = ''] = hosts;
  const created = hosts.map((host) => createHost(world, host, first));
  return Promise.all(created);
}

test('three overlays find each other, and learn where they are', async () => {
  const world = createWorld({ seed: 1 });
  const hosts = await createHosts(world, ['1.0.0.1', '2.0.0.1', '3.0.0.1']);
  const isComplete = () => hosts.every(({ overlay }) => overlay.peers().length === 2);
  expect(await world.runUntil(isComplete, { withinMs: 10_000 })).toBe(true);
  await world.run({ forMs: 10_000 });
  for (const { host, overlay, failures } of hosts) {
    expect(overlay.myAddress).toEqual(createAddress(host, PORT));
    const others = overlay.peers().map((peer) => overlay.addressOf(peer)?.host);
    const expected = hosts.map((other) => other.host).filter((other) => other !== host);
    expect(others.toSorted()).toEqual(expected);
    expect(failures).toEqual([]);
  }
  for (const { running } of hosts) await running.leave();
});

test('a tenth of all datagrams lost keeps nobody apart', async () => {
  const link = { delayMs: { min: 20, max: 200 }, loss: 0.1 };
  const world = createWorld({ seed: 7, link });
  const names = Array.from({ length: 10 }, (_, index) => `${index + 1}.0.0.1`);
  const hosts = await createHosts(world, names);
  const isComplete = () => hosts.every(({ overlay }) => overlay.peers().length === 9);
  expect(await world.runUntil(isComplete, { withinMs: 60_000 })).toBe(true);
  for (const { running, failures } of hosts) {
    expect(failures).toEqual([]);
    await running.leave();
  }
});
