/** A stop takes a second at most and leaves nothing, whatever is under way. */
import { expect, test } from 'vitest';
import { requestTemperature, weatherProtocol } from '../../../generated/weather.ts';
import { createAddress } from '../../../runtime/address/text.ts';
import { createCrypto } from '../../../runtime/crypto/create-crypto.ts';
import type { Community, Overlay } from '../../../runtime/community/overlay.ts';
import type { Config } from '../../../runtime/config/config.ts';
import { ConfigBuilder } from '../../../runtime/config/config-builder.ts';
import type { Endpoint } from '../../../runtime/endpoint/endpoint.ts';
import { openUdpEndpoint } from '../../../runtime/endpoint/udp-endpoint.ts';
import type { Env } from '../../../runtime/env/env.ts';
import { createNode, type Node, type NodeOptions } from '../../../runtime/node/node.ts';
import { createWorld, type World } from '../../../runtime/simulation/index.ts';
import { recordingLog } from './fixtures.ts';

const crypto = await createCrypto();
const never = new Promise<never>(() => {});

/** Surroundings whose timers and sockets that are left can be seen. */
function observed(env: Env) {
  const left = new Set<string>();
  const note = (what: string): (() => void) => {
    const entry = `${what} ${left.size} ${Math.random()}`;
    left.add(entry);
    return () => left.delete(entry);
  };
  const clock: Env['clock'] = {
    ...env.clock,
    after(delayMs, action) {
      const gone = note('timer');
      const timer = env.clock.after(delayMs, () => (gone(), action()));
      return { cancel: () => (gone(), timer.cancel()) };
    },
  };
  const datagrams: Env['datagrams'] = {
    async bind(at, callbacks) {
      const bound = await env.datagrams.bind(at, callbacks);
      if (!bound.ok) return bound;
      const gone = note('socket');
      const { address, send, close } = bound.value;
      return { ok: true, value: { address, send, close: () => (gone(), close()) } };
    },
  };
  return { left, log: recordingLog(), env: { ...env, clock, datagrams } };
}

type WeatherBehaviour = Partial<ReturnType<Community<typeof weatherProtocol>['create']>>;

function weather(
  behave: (overlay: Overlay) => WeatherBehaviour,
): Community<typeof weatherProtocol> {
  return {
    protocol: weatherProtocol,
    create: (overlay) => ({ handlers: { temperatureRequest: () => never }, ...behave(overlay) }),
  };
}

/** A node with one overlay, and what `more` adds. */
function configWith(
  more: (builder: ConfigBuilder) => ConfigBuilder = (builder) => builder,
): Config {
  const builder = new ConfigBuilder()
    .clearKeys()
    .clearOverlays()
    .setPort(8090)
    .addEphemeralKey('key')
    .addOverlay('Weather', 'key', {
      walkers: [{ strategy: 'RandomWalk', peers: 10, init: {} }],
      bootstrappers: [{ class: 'KnownHosts', init: { ipAddresses: [['2.0.0.1', 8090]] } }],
      onStart: ['started'],
    });
  return more(builder).finalize();
}

const config = configWith();

function create(
  behave: (overlay: Overlay) => WeatherBehaviour,
  change: (env: Env) => Partial<Env> = () => ({}),
  options: Partial<NodeOptions> = {},
) {
  const world = createWorld({ seed: 1 });
  const { left, log, env } = observed(world.env('1.0.0.1'));
  const node = createNode(config, {
    env: { ...env, log, ...change(env) },
    crypto,
    extraCommunities: { Weather: weather(behave) },
    ...options,
  });
  return { world, left, log, node };
}

/** What became of a promise so far. */
function track(promise: Promise<void>): { result: string } {
  const tracked = { result: 'nothing' };
  promise.then(
    () => (tracked.result = 'done'),
    (error: Error & { readonly code?: string }) => (tracked.result = error.code ?? error.message),
  );
  return tracked;
}

/** What became of the promise in the end, and after how many virtual milliseconds. */
async function outcome(world: World, promise: Promise<void>): Promise<[string, number]> {
  const before = world.now;
  const tracked = track(promise);
  await world.runUntil(() => tracked.result !== 'nothing', { withinMs: 60_000 });
  return [tracked.result, world.now - before];
}

async function expectStop({ world, left, node }: ReturnType<typeof create>): Promise<number> {
  const [result, tookMs] = await outcome(world, node.stop());
  expect(result).toBe('done');
  expect(tookMs).toBeLessThanOrEqual(1_000);
  expect([...left]).toEqual([]);
  expect(node.address).toBeUndefined();
  // A second stop, and one after it, are harmless.
  expect(await outcome(world, node.stop())).toEqual(['done', 0]);
  const { steps } = world;
  await world.run({ forMs: 60_000 });
  // At most the datagrams that were under way, and timers that were cancelled before, come after it.
  expect([...left], `${world.steps - steps} steps after the stop`).toEqual([]);
  return tookMs;
}

async function started(made: ReturnType<typeof create>): Promise<void> {
  expect(await outcome(made.world, made.node.start())).toEqual(['done', 0]);
}

function overlayOf(node: Node): Overlay {
  const overlay = node.overlay('Weather');
  if (overlay === undefined) throw new Error('there is no such overlay');
  return overlay;
}

test('requests that wait are told that the overlay was left', async () => {
  const made = create(() => ({}));
  await started(made);
  const codes: string[] = [];
  const to = createAddress('9.0.0.1', 1);
  for (let count = 0; count < 10; count++) {
    void requestTemperature(overlayOf(made.node), to, { place: '' }).then((answer) => {
      codes.push(answer.ok ? 'ok' : answer.error.code);
    });
  }
  await made.world.run({ forMs: 100 });
  expect(await expectStop(made)).toBe(0);
  expect(codes).toEqual(Array<string>(10).fill('closed'));
});

test('handlers that never settle are left alone after their time', async () => {
  const made = create(() => ({}));
  await started(made);
  const asker = create(() => ({}));
  await asker.node.stop();
  const env = made.world.env('2.0.0.1');
  const other = createNode(config, {
    env,
    crypto,
    extraCommunities: { Weather: weather(() => ({})) },
  });
  await outcome(made.world, other.start());
  for (let count = 0; count < 5; count++) {
    void requestTemperature(overlayOf(other), createAddress('1.0.0.1', 8090), { place: '' });
  }
  await made.world.run({ forMs: 500 });
  expect(made.node.counters['handling']).toBe(5);
  expect(await expectStop(made)).toBe(600);
  expect(made.node.counters['handling']).toBe(5);
  expect(made.log.lines.filter((line) => line.includes('still running 600 ms')).length).toBe(1);
  await outcome(made.world, other.stop());
});

test.each(['started', 'stopped'] as const)(
  'a %s that never settles holds nothing up',
  async (hook) => {
    const made = create(() => ({ [hook]: () => never }));
    const starting = track(made.node.start());
    await made.world.run({ forMs: 100 });
    if (hook === 'stopped') expect(starting.result).toBe('done');
    expect(await expectStop(made)).toBe(hook === 'stopped' ? 700 : 0);
    if (hook === 'started') expect(starting.result).toBe('stopped');
  },
);

test('a name server that never answers holds nothing up', async () => {
  const asked: AbortSignal[] = [];
  const lookUp: Env['names']['lookUp'] = (_, signal) => {
    asked.push(signal);
    return never;
  };
  const made = create(
    () => ({}),
    () => ({ names: { lookUp } }),
  );
  const named = configWith((one) => {
    return one.clearOverlays().addOverlay('Weather', 'key', {
      walkers: [{ strategy: 'RandomWalk', peers: 10, init: {} }],
      bootstrappers: [{ class: 'KnownHosts', init: { dnsAddresses: [['a.example', 1]] } }],
    });
  });
  const { left, env } = observed(made.world.env('5.0.0.1'));
  const extraCommunities = { Weather: weather(() => ({})) };
  const node = createNode(named, { env: { ...env, names: { lookUp } }, crypto, extraCommunities });
  expect(await outcome(made.world, node.start())).toEqual(['done', 0]);
  await made.world.run({ forMs: 1_000 });
  expect(asked.map(({ aborted }) => aborted)).toEqual([false]);
  await expectStop({ ...made, left, node });
  expect(asked.map(({ aborted }) => aborted)).toEqual([true]);
});

test('tasks of every kind end with the node', async () => {
  const ran: string[] = [];
  const made = create(({ tasks }) => {
    tasks.repeat('interval', { intervalMs: 10 }, () => void ran.push('interval'));
    tasks.after('later', 5_000, () => void ran.push('later'));
    tasks.run('endless', () => never);
    tasks.run('polite', (signal) => {
      return new Promise((resolve) => signal.addEventListener('abort', () => resolve()));
    });
    return {};
  });
  await started(made);
  await made.world.run({ forMs: 100 });
  expect(await expectStop(made)).toBe(600);
  expect(new Set(ran)).toEqual(new Set(['interval']));
});

test('a socket that is not bound yet is closed when it comes', async () => {
  let bind: () => void = () => {};
  const bound = new Promise<void>((resolve) => (bind = resolve));
  const made = create(
    () => ({}),
    ({ datagrams }) => ({
      datagrams: { bind: (at, callbacks) => bound.then(() => datagrams.bind(at, callbacks)) },
    }),
  );
  const starting = track(made.node.start());
  await expectStop(made);
  expect(starting.result).toBe('stopped');
  bind();
  await made.world.run({ forMs: 100 });
  expect([...made.left]).toEqual([]);
});

test('a disk that does not answer holds nothing up', async () => {
  const storage: Env['storage'] = {
    read: () => never,
    createPrivate: () => never,
    replace: () => never,
  };
  const made = create(
    () => ({}),
    () => ({ storage }),
  );
  const keyed = configWith((one) => one.clearKeys().addKey('key', 'curve25519', 'key.pem'));
  const { env } = observed(made.world.env('3.0.0.1'));
  const extraCommunities = { Weather: weather(() => ({})) };
  const node = createNode(keyed, { env: { ...env, storage }, crypto, extraCommunities });
  const starting = track(node.start());
  await made.world.run({ forMs: 100 });
  await expectStop({ ...made, node });
  expect(starting.result).toBe('stopped');
});

test('a given endpoint that does not close, or fails to, holds nothing up', async () => {
  for (const close of [() => never, () => Promise.reject(new Error('stuck'))]) {
    const made = create(() => ({}));
    const opened = await openUdpEndpoint(made.world.env('1.0.0.1'), { host: '1.0.0.1', port: 1 });
    if (!opened.ok) throw opened.error;
    const { value } = opened;
    const endpoint: Endpoint = {
      address: value.address,
      addresses: value.addresses,
      counters: value.counters,
      send: (bytes, to) => value.send(bytes, to),
      onDatagram: (receive) => value.onDatagram(receive),
      close,
    };
    const node = createNode(config, {
      env: made.world.env('1.0.0.1'),
      crypto,
      endpoint,
      extraCommunities: { Weather: weather(() => ({})) },
    });
    expect(await outcome(made.world, node.start())).toEqual(['done', 0]);
    const [result, tookMs] = await outcome(made.world, node.stop());
    expect(result).toBe('done');
    expect(tookMs).toBeLessThanOrEqual(100);
  }
});

test('what a community began before its create threw is ended', async () => {
  const codes: string[] = [];
  const made = create((overlay) => {
    overlay.tasks.repeat('interval', { intervalMs: 10 }, () => {});
    void requestTemperature(overlay, createAddress('9.0.0.1', 1), { place: '' }).then((answer) => {
      codes.push(answer.ok ? 'ok' : answer.error.code);
    });
    throw new Error('half way');
  });
  expect((await outcome(made.world, made.node.start()))[0]).toBe('overlay');
  expect([...made.left]).toEqual([]);
  expect(codes).toEqual(['closed']);
  await expectStop(made);
});

test('a second overlay that fails takes the first one with it', async () => {
  const made = create(() => ({}));
  const both = configWith((one) => {
    return one.addOverlay('Broken', 'key', { initialize: { communityId: 'ab'.repeat(20) } });
  });
  const protocol = { ...weatherProtocol, communityId: undefined };
  const broken = weather(() => expect.fail('half way'));
  const extraCommunities = {
    Weather: weather(({ tasks }) => (tasks.repeat('beat', { intervalMs: 10 }, () => {}), {})),
    Broken: { protocol, create: broken.create },
  };
  const { left, env } = observed(made.world.env('4.0.0.1'));
  const node = createNode(both, { env, crypto, extraCommunities });
  expect((await outcome(made.world, node.start()))[0]).toBe('overlay');
  expect([...left]).toEqual([]);
  expect(node.overlays).toEqual([]);
  expect(node.address).toBeUndefined();
});
