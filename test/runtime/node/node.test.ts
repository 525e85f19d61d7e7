/** Nodes in a simulated world. */
import { expect, test } from 'vitest';
import { fail } from '../../../runtime/base/result.ts';
import { NetworkError } from '../../../runtime/base/network-error.ts';
import { ConfigBuilder } from '../../../runtime/config/config-builder.ts';
import type { Config } from '../../../runtime/config/config.ts';
import { ConfigError } from '../../../runtime/config/config-error.ts';
import { createCrypto } from '../../../runtime/crypto/create-crypto.ts';
import { lamportProtocol } from '../../../generated/lamport.ts';
import type { Community } from '../../../runtime/community/overlay.ts';
import type { Env } from '../../../runtime/env/env.ts';
import { createNode } from '../../../runtime/node/node.ts';
import type { Node, NodeOptions } from '../../../runtime/node/node.ts';
import { StartError } from '../../../runtime/node/start-error.ts';
import { createWorld } from '../../../runtime/simulation/world.ts';
import type { World } from '../../../runtime/simulation/world.ts';
import { hostOf, lamportConfig, lamportSession, peerCount, recordingLog } from './fixtures.ts';
import type { Differences } from './fixtures.ts';

const crypto = await createCrypto();
const silent: Community['create'] = () => ({ handlers: {} });

function lamportNode(env: Env, host: string, differences: Differences = {}): Node {
  const { community } = lamportSession();
  const extraCommunities = { Lamport: community };
  return createNode(lamportConfig(host, differences), { env, crypto, extraCommunities });
}

/** Lets the world run until the promise is settled, and gives what became of it. */
async function settled(world: World, promise: Promise<void>): Promise<unknown> {
  let outcome: { readonly error: unknown } | undefined;
  promise.then(
    () => (outcome = { error: undefined }),
    (error: unknown) => (outcome = { error }),
  );
  await world.runUntil(() => outcome !== undefined, { withinMs: 5_000 });
  expect(outcome).toBeDefined();
  return outcome?.error;
}

async function start(world: World, node: Node): Promise<void> {
  expect(await settled(world, node.start())).toBeUndefined();
}

async function stop(world: World, ...nodes: readonly Node[]): Promise<void> {
  const before = world.now;
  expect(
    await settled(
      world,
      Promise.all(nodes.map((node) => node.stop())).then(() => {}),
    ),
  ).toBeUndefined();
  expect(world.now - before).toBeLessThanOrEqual(1_000);
}

test('three nodes find each other through the first, and each stops at once', async () => {
  const world = createWorld({ seed: 1 });
  const hosts = ['10.0.0.1', '10.0.0.2', '10.0.0.3'];
  const nodes = hosts.map((host) =>
    lamportNode(world.env(host), host, { hosts: [['10.0.0.1', 8090]] }),
  );
  for (const node of nodes) await start(world, node);
  const isWhole = (): boolean => nodes.every((node) => peerCount(node) === 2);
  expect(await world.runUntil(isWhole, { withinMs: 30_000 })).toBe(true);
  await stop(world, ...nodes);
  for (const node of nodes) {
    expect(node.address).toBeUndefined();
    expect(node.overlays).toEqual([]);
  }
});

test('messages travel between nodes that found each other', async () => {
  const world = createWorld({ seed: 2 });
  const session = lamportSession();
  const nodes = ['10.0.0.1', '10.0.0.2'].map((host) =>
    createNode(lamportConfig(host, { hosts: [['10.0.0.1', 8090]] }), {
      env: world.env(host),
      crypto,
      extraCommunities: { Lamport: session.community },
    }),
  );
  for (const node of nodes) await start(world, node);
  await world.runUntil(() => nodes.every((node) => peerCount(node) === 1), { withinMs: 10_000 });
  const [overlay] = nodes[0]?.overlays ?? [];
  const [other] = overlay?.peers() ?? [];
  const type = session.community.protocol.messages.clock;
  if (overlay !== undefined && other !== undefined) {
    expect(overlay.send(other, type, new type({ clock: 1 })).ok).toBe(true);
  }
  const isDone = (): boolean => [...session.clocks.values()].some((clock) => clock === 100);
  expect(await world.runUntil(isDone, { withinMs: 10_000 })).toBe(true);
  await stop(world, ...nodes);
});

test('the hosts of a DispersyBootstrapper introduce, and are no peers', async () => {
  const world = createWorld({ seed: 3 });
  const tracker = lamportNode(world.env('10.0.0.1'), '10.0.0.1');
  const nodes = ['10.0.0.2', '10.0.0.3'].map((host) =>
    lamportNode(world.env(host), host, {
      hosts: [['10.0.0.1', 8090]],
      bootstrapper: 'DispersyBootstrapper',
    }),
  );
  for (const node of [tracker, ...nodes]) await start(world, node);
  const isWhole = (): boolean => nodes.every((node) => peerCount(node) === 1);
  expect(await world.runUntil(isWhole, { withinMs: 30_000 })).toBe(true);
  await world.run({ forMs: 20_000 });
  const trackerId = tracker.overlay('Lamport')?.myPeer.id;
  for (const node of nodes) {
    expect(
      node
        .overlay('Lamport')
        ?.peers()
        .map(({ id }) => id),
    ).not.toContain(trackerId);
  }
  await stop(world, tracker, ...nodes);
});

test('the default configuration runs, and says which hosts it does not find', async () => {
  const log = recordingLog();
  const world = createWorld({ seed: 4, log });
  const env = world.env('10.0.0.1');
  const node = createNode(new ConfigBuilder().finalize(), { env, crypto });
  await start(world, node);
  expect(node.address?.port).toBe(8090);
  expect(node.overlay('DiscoveryCommunity')?.communityId).toBe(
    '7e313685c1912a141279f8248fc8db5899c5df5a',
  );
  expect((await env.storage.read('ec_multichain.pem')).ok).toBe(true);
  await world.run({ forMs: 120_000 });
  const left = log.lines.filter((line) => line.includes('host not found'));
  // Each is looked up again and again, and said once.
  expect(left).toHaveLength(7);
  expect(left[0]).toMatch(/^INFO .*dispersy1\.tribler\.org:6421/);
  await stop(world, node);
});

test('a second node takes the next port, and the same key file makes the same peer', async () => {
  const world = createWorld({ seed: 5 });
  const env = world.env('10.0.0.1');
  const config = new ConfigBuilder().setWorkingDirectory('keys/').finalize();
  const nodes = [createNode(config, { env, crypto }), createNode(config, { env, crypto })];
  for (const node of nodes) await start(world, node);
  expect(nodes.map((node) => node.address?.port)).toEqual([8090, 8091]);
  const ids = nodes.map((node) => node.overlays[0]?.myPeer.id);
  expect(ids[0]).toBe(ids[1]);
  expect((await env.storage.read('keys/ec_multichain.pem')).ok).toBe(true);
  await stop(world, ...nodes);
});

test('started is called when the configuration names it, stopped always', async () => {
  const world = createWorld({ seed: 6 });
  for (const onStart of [[], ['started']] as const) {
    const session = lamportSession();
    const node = createNode(lamportConfig('10.0.0.1', { onStart }), {
      env: world.env('10.0.0.1'),
      crypto,
      extraCommunities: { Lamport: session.community },
    });
    await start(world, node);
    await stop(world, node);
    expect(session.hooks).toEqual([...onStart, 'stopped']);
  }
});

test('after the stop no timer is left', async () => {
  const world = createWorld({ seed: 18 });
  const env = world.env('10.0.0.1');
  const pending = new Set<object>();
  const clock: Env['clock'] = {
    ...env.clock,
    after(delayMs, action) {
      const entry = {};
      pending.add(entry);
      const timer = env.clock.after(delayMs, () => {
        pending.delete(entry);
        action();
      });
      return {
        cancel() {
          pending.delete(entry);
          timer.cancel();
        },
      };
    },
  };
  const node = lamportNode({ ...env, clock }, '10.0.0.1', { hosts: [['10.0.0.2', 8090]] });
  await start(world, node);
  await world.run({ forMs: 2_000 });
  expect(pending.size).toBeGreaterThan(0);
  await stop(world, node);
  expect(pending.size).toBe(0);
});

test('starting and stopping twice is once', async () => {
  const world = createWorld({ seed: 7 });
  const node = lamportNode(world.env('10.0.0.1'), '10.0.0.1');
  expect(node.start()).toBe(node.start());
  await start(world, node);
  expect(node.stop()).toBe(node.stop());
  await stop(world, node);
});

test('a node that was stopped does not start', async () => {
  const world = createWorld({ seed: 8 });
  const node = lamportNode(world.env('10.0.0.1'), '10.0.0.1');
  await stop(world, node);
  expect(await settled(world, node.start())).toMatchObject({ code: 'stopped' });
});

test('a stop during the start closes what was opened', async () => {
  const world = createWorld({ seed: 9 });
  const env = world.env('10.0.0.1');
  const node = lamportNode(env, '10.0.0.1');
  const starting = settled(world, node.start());
  const stopping = node.stop();
  expect(await starting).toMatchObject({ code: 'stopped' });
  await stopping;
  expect(node.address).toBeUndefined();
  await expectPortFree(world, env);
});

async function expectPortFree(world: World, env: Env): Promise<void> {
  const next = lamportNode(env, '10.0.0.1');
  await start(world, next);
  expect(next.address?.port).toBe(8090);
  await stop(world, next);
}

test('a key file that holds no key is a clear error, and the port is free again', async () => {
  const world = createWorld({ seed: 10 });
  const env = world.env('10.0.0.1');
  await env.storage.createPrivate('ec.pem', new TextEncoder().encode('not a key'));
  const config = new ConfigBuilder().addKey('anonymous id', 'curve25519', 'ec.pem').finalize();
  const error = await settled(world, createNode(config, { env, crypto }).start());
  expect(error).toBeInstanceOf(StartError);
  expect(error).toMatchObject({ code: 'key' });
  expect(String(error)).toMatch(/key "anonymous id": ec\.pem: /);
  await expectPortFree(world, env);
});

test('a key from base64 is used as it is', async () => {
  const world = createWorld({ seed: 11 });
  const made = crypto.generateKey('curve25519');
  if (!made.ok) throw new Error(made.error.message);
  const bin = btoa(String.fromCharCode(...made.value.secret));
  const config = new ConfigBuilder().clearKeys().addKeyFromBin('anonymous id', bin).finalize();
  const node = createNode(config, { env: world.env('10.0.0.1'), crypto });
  await start(world, node);
  expect(node.overlays[0]?.myPeer.publicKey.bytes).toEqual(made.value.publicKey.bytes);
  await stop(world, node);
});

test('a key from base64 gives way to the one in its file, and is written where there is none', async () => {
  const world = createWorld({ seed: 11 });
  const bins = [1, 2].map(() => {
    const made = crypto.generateKey('curve25519');
    if (!made.ok) throw new Error(made.error.message);
    return btoa(String.fromCharCode(...made.value.secret));
  });
  const ids: (string | undefined)[] = [];
  for (const bin of bins) {
    const config = new ConfigBuilder()
      .clearKeys()
      .addKeyFromBin('anonymous id', bin, 'kept.pem')
      .finalize();
    const node = createNode(config, { env: world.env('10.0.0.1'), crypto });
    await start(world, node);
    ids.push(node.overlays[0]?.myPeer.id);
    await stop(world, node);
  }
  expect(ids[1]).toBe(ids[0]);
});

test('when no port is to be had the error says so', async () => {
  const world = createWorld({ seed: 12 });
  const env: Env = {
    ...world.env('10.0.0.1'),
    datagrams: { bind: () => Promise.resolve(fail(new NetworkError('port-taken', 'taken'))) },
  };
  const error = await settled(world, lamportNode(env, '10.0.0.1').start());
  expect(error).toMatchObject({ code: 'endpoint' });
  expect(String(error)).toContain('8090');
});

test('a community whose create throws is a clear error, and the port is free again', async () => {
  const world = createWorld({ seed: 13 });
  const env = world.env('10.0.0.1');
  const { protocol } = lamportSession().community;
  const broken: Community<typeof protocol> = {
    protocol,
    create() {
      throw new Error('no database');
    },
  };
  const extraCommunities = { Lamport: broken };
  const node = createNode(lamportConfig('10.0.0.1'), { env, crypto, extraCommunities });
  const error = await settled(world, node.start());
  expect(error).toMatchObject({ code: 'overlay' });
  expect(String(error)).toContain('overlay Lamport was not made: no database');
  await expectPortFree(world, env);
});

test('a community whose stopped never ends holds the stop up for a second at most', async () => {
  const world = createWorld({ seed: 14 });
  const env = world.env('10.0.0.1');
  const { protocol } = lamportSession().community;
  const endless: Community<typeof protocol> = {
    protocol,
    create: () => ({ handlers: { clock: () => {} }, stopped: () => new Promise<void>(() => {}) }),
  };
  const extraCommunities = { Lamport: endless };
  const node = createNode(lamportConfig('10.0.0.1'), { env, crypto, extraCommunities });
  await start(world, node);
  await stop(world, node);
  await expectPortFree(world, env);
});

test('a started that throws does not keep the node from running', async () => {
  const world = createWorld({ seed: 15 });
  const { protocol } = lamportSession().community;
  const failing: Community<typeof protocol> = {
    protocol,
    create: () => ({ handlers: { clock: () => {} }, started: () => Promise.reject(new Error()) }),
  };
  const node = createNode(lamportConfig('10.0.0.1', { onStart: ['started'] }), {
    env: world.env('10.0.0.1'),
    crypto,
    extraCommunities: { Lamport: failing },
  });
  await start(world, node);
  expect(node.overlays).toHaveLength(1);
  await stop(world, node);
});

function configProblems(
  initialize: Readonly<Record<string, unknown>>,
  options: NodeOptions,
): readonly string[] {
  const config = new ConfigBuilder()
    .addOverlay('Mine', 'anonymous id', { initialize })
    .addOverlay('DiscoverCommunity', 'anonymous id')
    .finalize();
  return problemsOf(config, options);
}

function problemsOf(config: Config, options: NodeOptions): readonly string[] {
  try {
    createNode(config, options);
  } catch (error) {
    if (error instanceof ConfigError) return error.message.split('\n').slice(1);
  }
  return [];
}

test('a configuration that no builder has seen is checked as well', () => {
  const walkers = [{ strategy: 'RandomWlk', peers: 20 }];
  const overlays = [{ class: 'DiscoveryCommunity', key: 'my peer', walkers, bootstrappers: [] }];
  const config = JSON.parse(JSON.stringify({ ...lamportConfig('127.0.0.1'), overlays }));
  expect(() => createNode(config)).toThrow(/overlays\[0\]\.walkers\[0\]\.strategy.*"RandomWalk"/);
});

test('bootstrappers and hooks are judged in an overlay whose community is not here, too', () => {
  const bootstrappers = [{ class: 'KnownHost', init: {} }];
  const rest = { key: 'my peer', walkers: [], bootstrappers, onStart: ['startd'] };
  const overlays = [{ class: 'DiscoverCommunity', ...rest }];
  const config = { ...lamportConfig('127.0.0.1'), overlays };
  expect(problemsOf(JSON.parse(JSON.stringify(config)), {})).toEqual([
    expect.stringContaining('overlays[0].class: '),
    expect.stringMatching(/overlays\[0\]\.bootstrappers\[0\]\.class: .*"KnownHosts"/),
    expect.stringMatching(/overlays\[0\]\.onStart\[0\]: .*"started"/),
  ]);
});

test('settings, walkers and communities that are wrong are all reported at once', () => {
  const walkers = [{ strategy: 'RandomWlk', peers: 20 }];
  const overlays = [
    { class: 'DiscoverCommunity', key: 'my peer', walkers: [], bootstrappers: [] },
    { class: 'DiscoveryCommunity', key: 'my peer', walkers, bootstrappers: [] },
    { class: 7, key: 'my peer', walkers: [], bootstrappers: [] },
  ];
  const config = { ...lamportConfig('127.0.0.1'), walkerInterval: -1, overlays };
  expect(problemsOf(JSON.parse(JSON.stringify(config)), {})).toEqual([
    expect.stringContaining('walkerInterval: '),
    expect.stringContaining('overlays[2].class: '),
    expect.stringMatching(/overlays\[0\]\.class: .*Did you mean "DiscoveryCommunity"\?/),
    expect.stringMatching(/overlays\[1\]\.walkers\[0\]\.strategy: .*"RandomWalk"/),
  ]);
});

test('an absolute key file is not looked for in the working directory', async () => {
  const world = createWorld({ seed: 19 });
  const env = world.env('10.0.0.1');
  const config = new ConfigBuilder()
    .setWorkingDirectory('keys')
    .addKey('anonymous id', 'curve25519', '/secrets/ec.pem')
    .finalize();
  const node = createNode(config, { env, crypto });
  await start(world, node);
  expect((await env.storage.read('/secrets/ec.pem')).ok).toBe(true);
  await stop(world, node);
});

test('hooks and walkers that are not there are problems, with their places', () => {
  const { keys } = new ConfigBuilder().finalize();
  const overlay = {
    class: 'DiscoveryCommunity',
    key: 'anonymous id',
    walkers: [{ strategy: 'PingChurn', peers: -1, init: {} }],
    bootstrappers: [],
    on_start: [['start', 1]],
  };
  const given = JSON.parse(JSON.stringify({ keys, walkerInterval: -1, overlays: [overlay] }));
  const problems = problemsOf(given, {});
  expect(problems).toHaveLength(3);
  expect(problems[0]).toContain('walkerInterval: ');
  expect(problems[1]).toContain('overlays[0].walkers[0].strategy: there is no strategy');
  expect(problems[2]).toContain('overlays[0].on_start[0]: there is no hook "start". Did you mean');
});

test('started is called with the values behind its name', async () => {
  const world = createWorld({ seed: 6 });
  const heard: unknown[] = [];
  const community: Community<typeof lamportProtocol> = {
    protocol: lamportProtocol,
    create: () => ({
      handlers: { clock: () => {} },
      started: (...values) => void heard.push(...values),
    }),
  };
  const node = createNode(lamportConfig('10.0.0.1', { onStart: [['started', 7, 'values']] }), {
    env: world.env('10.0.0.1'),
    crypto,
    extraCommunities: { Lamport: community },
  });
  await start(world, node);
  await stop(world, node);
  expect(heard).toEqual([7, 'values']);
});

test('unknown communities are named, all of them, with what there is', () => {
  const problems = configProblems({}, {});
  expect(problems).toHaveLength(2);
  expect(problems[0]).toContain('overlays[1].class: there is no community "Mine".');
  expect(problems[1]).toContain('Did you mean "DiscoveryCommunity"?');
  expect(problems[1]).toContain('extraCommunities');
});

const dynamic = { name: 'Mine', communityId: undefined, version: 2, messages: {} } as const;
const fixed = { ...dynamic, communityId: '11'.repeat(20) };
const sameAsDiscovery = { communityId: '7E313685c1912a141279f8248fc8db5899c5df5a' };

test.each([
  [dynamic, {}, 'overlays[1].initialize.communityId: the schema leaves the community id'],
  [fixed, { communityId: '22'.repeat(20) }, 'overlays[1].initialize.communityId: the schema says'],
  [dynamic, sameAsDiscovery, 'overlays[1]: overlays[0] has the same community id'],
])('a community id that cannot be is a problem', (protocol, initialize, says) => {
  const Mine = { protocol, create: silent };
  const problems = configProblems(initialize, { extraCommunities: { Mine } });
  expect(problems[0]).toContain(says);
});

test('two overlays of one class live together when their ids differ', async () => {
  const world = createWorld({ seed: 16 });
  const ids = ['11'.repeat(20), '22'.repeat(20)];
  const builder = new ConfigBuilder().clearOverlays();
  for (const communityId of ids) {
    builder.addOverlay('Mine', 'anonymous id', {
      initialize: { communityId },
      allowDuplicate: true,
    });
  }
  const extraCommunities = { Mine: { protocol: dynamic, create: silent } };
  const env = world.env('10.0.0.1');
  const node = createNode(builder.finalize(), { env, crypto, extraCommunities });
  await start(world, node);
  expect(node.overlays.map(({ communityId }) => communityId)).toEqual(ids);
  await stop(world, node);
});

test('the debug log tells of sockets and walks', async () => {
  const log = recordingLog();
  const world = createWorld({ seed: 17, log });
  const first = lamportNode(world.env('10.0.0.1'), '10.0.0.1');
  await start(world, first);
  const second = lamportNode(world.env('10.0.0.2'), '10.0.0.2', {
    hosts: [hostOf(first.address)],
  });
  const third = lamportNode(world.env('10.0.0.3'), '10.0.0.3', {
    hosts: [hostOf(first.address)],
  });
  await start(world, second);
  await start(world, third);
  await world.run({ forMs: 10_000 });
  await stop(world, first, second, third);
  const text = log.lines.join('\n');
  expect(text).toMatch(/DEBUG endpoint open/);
  expect(text).toMatch(/INFO node started/);
  expect(text).toMatch(/DEBUG walking to .*address=10\.0\.0\./);
  expect(text).toMatch(/DEBUG asking for an introduction/);
});
