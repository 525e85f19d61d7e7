import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { BootstrapperInit } from '../../../runtime/config/config.ts';
import { defaultConfiguration } from '../../../runtime/config/defaults.ts';
import { parseConfig } from '../../../runtime/config/parse.ts';

/** The default configuration as JSON would bring it, with one setting at a path replaced. */
function changed(path: readonly (string | number)[], value: unknown): unknown {
  const copy: unknown = structuredClone(defaultConfiguration);
  let place: unknown = copy;
  for (const step of path.slice(0, -1)) {
    if (typeof place === 'object' && place !== null) place = Reflect.get(place, step);
  }
  const last = path.at(-1);
  if (typeof place === 'object' && place !== null && last !== undefined) {
    Reflect.set(place, last, value);
  }
  return copy;
}

function problems(value: unknown): readonly { readonly path: string; readonly message: string }[] {
  const parsed = parseConfig(value);
  return parsed.ok ? [] : parsed.error;
}

test('the default configuration is a configuration, also by way of JSON', () => {
  const parsed = parseConfig(JSON.parse(JSON.stringify(defaultConfiguration)));
  expect(parsed).toEqual({ ok: true, value: defaultConfiguration });
});

test('the default configuration cannot be changed', () => {
  expect(Object.isFrozen(defaultConfiguration)).toBe(true);
  expect(Object.isFrozen(defaultConfiguration.overlays[0]?.walkers[0]?.init)).toBe(true);
});

test('the default configuration knows 13 trackers by address and 7 by name', () => {
  const init: BootstrapperInit | undefined =
    defaultConfiguration.overlays[0]?.bootstrappers[0]?.init;
  expect(init?.ipAddresses).toHaveLength(13);
  expect(init?.dnsAddresses).toHaveLength(7);
});

const overlay = ['overlays', 0] as const;
const walker = [...overlay, 'walkers', 0] as const;
const bootstrapper = [...overlay, 'bootstrappers', 0] as const;

test.each([
  [['interfaces'], [], 'interfaces', 'needs an interface'],
  [['interfaces', 1], defaultConfiguration.interfaces[0], 'interfaces[1]', 'another UDPIPv4'],
  [['interfaces', 0, 'interface'], 'UDPIPv5', 'interfaces[0].interface', '"UDPIPv4"'],
  [['interfaces', 0, 'ip'], 'localhost', 'interfaces[0].ip', '127.0.0.1'],
  [['interfaces', 0, 'ip'], '::1', 'interfaces[0].ip', 'UDPIPv4 needs'],
  [['interfaces', 0, 'port'], 65_536, 'interfaces[0].port', 'from 0 to 65535'],
  [['interfaces', 0, 'port'], 80.5, 'interfaces[0].port', 'whole number'],
  [['keys'], 'pem', 'keys', 'list'],
  [['keys', 0, 'generation'], 'curve2519', 'keys[0].generation', '"curve25519"'],
  [['keys', 0, 'alias'], '', 'keys[0].alias', 'text'],
  [['keys', 0], { alias: 'anonymous id', bin: '!' }, 'keys[0].bin', 'base64'],
  [['keys', 0], { alias: 'anonymous id' }, 'keys[0].generation', 'missing'],
  [['logger', 'level'], 'WARN', 'logger.level', 'WARNING'],
  [['logger'], 'INFO', 'logger', 'object'],
  [['keys'], undefined, 'keys', 'missing'],
  [['walkerInterval'], -1, 'walkerInterval', 'above 0'],
  [['walkerInterval'], Number.NaN, 'walkerInterval', 'above 0'],
  [['walkerInterval'], '0.5', 'walkerInterval', '"0.5"'],
  [['walker_interval'], 0.5, 'walker_interval', '"walkerInterval" stands beside this'],
  [['walkInterval'], 0.5, 'walkInterval', 'Did you mean "walkerInterval"?'],
  [[...overlay, 'key'], 'someone', 'overlays[0].key', 'addKey'],
  [[...overlay, 'class'], undefined, 'overlays[0].class', 'missing'],
  [[...overlay, 'onstart'], [], 'overlays[0].onstart', 'Did you mean "onStart"?'],
  [[...overlay, 'onStart'], [[]], 'overlays[0].onStart[0]', 'name of a hook'],
  [[...overlay, 'onStart'], [[7]], 'overlays[0].onStart[0][0]', 'text'],
  [[...overlay, 'initialize'], 7, 'overlays[0].initialize', 'object'],
  [[...overlay, 'initialize'], { maxPeers: -2 }, 'overlays[0].initialize.maxPeers', 'from -1'],
  [[...overlay, 'initialize'], { communityId: 'ab' }, 'overlays[0].initialize.communityId', '40'],
  [[...walker, 'strategy'], 7, 'overlays[0].walkers[0].strategy', 'text'],
  [[...walker, 'peers'], 1.5, 'overlays[0].walkers[0].peers', 'whole number'],
  [[...walker, 'init', 'timeout'], 0, 'overlays[0].walkers[0].init.timeout', 'above 0'],
  [[...walker, 'init', 'window'], 5, 'overlays[0].walkers[0].init.window', 'windowSize'],
  [[...walker, 'init', 'resetChance'], 257, 'overlays[0].walkers[0].init.resetChance', '256'],
  [[...bootstrapper, 'class'], '', 'overlays[0].bootstrappers[0].class', 'text'],
  [
    [...bootstrapper, 'init', 'ipAddresses'],
    [['tracker.example', 1]],
    'overlays[0].bootstrappers[0].init.ipAddresses[0][0]',
    'dnsAddresses',
  ],
  [
    [...bootstrapper, 'init', 'ipAddresses'],
    [['127.0.0.1', 0]],
    'overlays[0].bootstrappers[0].init.ipAddresses[0][1]',
    'from 1 to 65535',
  ],
  [
    [...bootstrapper, 'init', 'ipAddresses'],
    [['127.0.0.1']],
    'overlays[0].bootstrappers[0].init.ipAddresses[0]',
    'pair',
  ],
  [
    [...bootstrapper, 'init', 'ipAddresses'],
    ['127.0.0.1:1'],
    'overlays[0].bootstrappers[0].init.ipAddresses[0]',
    'list',
  ],
] as const)('%j = %j is the one problem, at %s', (path, value, where, says) => {
  const found = problems(changed(path, value));
  expect(found.map((problem) => problem.path)).toEqual([where]);
  expect(found[0]?.message).toContain(says);
});

test('a node may have an interface of each family', () => {
  const six = { interface: 'UDPIPv6', ip: '::', port: 8090 };
  const parsed = parseConfig(changed(['interfaces', 1], six));
  expect(parsed.ok && parsed.value.interfaces).toEqual([...defaultConfiguration.interfaces, six]);
});

test('two keys with one alias are a problem of the second', () => {
  const key = { alias: 'anonymous id', generation: 'low' };
  expect(problems(changed(['keys', 1], key)).map(({ path }) => path)).toEqual(['keys[1]']);
});

test('what is left out is as in the default configuration', () => {
  const { keys, overlays } = defaultConfiguration;
  expect(parseConfig({ $schema: './node.schema.json', keys, overlays })).toEqual({
    ok: true,
    value: defaultConfiguration,
  });
});

test.each([
  ['started', 'started'],
  [['started'], 'started'],
  [
    ['started', 1, 'two'],
    ['started', 1, 'two'],
  ],
])('the hook %j is read as %j', (given, read) => {
  const parsed = parseConfig(changed([...overlay, 'onStart'], [given]));
  expect(parsed.ok && parsed.value.overlays[0]?.onStart).toEqual([read]);
});

test.each([
  { alias: 'anonymous id', generation: 'low', file: '' },
  { alias: 'anonymous id', bin: 'AAAA', file: '' },
  { alias: 'anonymous id', bin: 'AAAA', file: 'kept.pem' },
])('%j is a key', (key) => {
  const parsed = parseConfig(changed(['keys'], [key]));
  expect(parsed.ok && parsed.value.keys).toEqual([key]);
});

test('an overlay needs no settings and no hooks', () => {
  const plain = { class: 'Mine', key: 'anonymous id', walkers: [], bootstrappers: [] };
  const parsed = parseConfig(changed(['overlays'], [plain]));
  expect(parsed.ok && parsed.value.overlays).toEqual([{ ...plain, initialize: {}, onStart: [] }]);
});

test.each([undefined, null, 7, 'text', []])('%j is no configuration', (value) => {
  expect(problems(value).map(({ path }) => path)).toEqual(['']);
});

test('an object named like something every object has is no surprise', () => {
  const found = problems(JSON.parse('{"__proto__": {}, "constructor": 1}'));
  expect(found.length).toBeGreaterThan(0);
});

test('whatever comes in, the answer is a configuration or problems, never an exception', () => {
  fc.assert(
    fc.property(fc.anything(), fc.nat(5), (value, at) => {
      const names = Object.keys(defaultConfiguration);
      for (const candidate of [value, changed([names[at] ?? 'keys'], value)]) {
        const parsed = parseConfig(candidate);
        if (!parsed.ok) expect(parsed.error.length).toBeGreaterThan(0);
      }
    }),
  );
});
