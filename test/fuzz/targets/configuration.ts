/** Configurations, as JSON gives them. */
import { isDeepStrictEqual } from 'node:util';
import { fail, ok } from '../../../runtime/base/result.ts';
import type { BootstrapperInit, Config } from '../../../runtime/config/config.ts';
import { ConfigError } from '../../../runtime/config/config-error.ts';
import { readConfigFile } from '../../../runtime/config/config-file.ts';
import { ConfigBuilder } from '../../../runtime/config/config-builder.ts';
import { defaultConfiguration } from '../../../runtime/config/defaults.ts';
import { parseConfig } from '../../../runtime/config/parse.ts';
import type { Storage } from '../../../runtime/env/storage.ts';
import type { Chance } from '../../../compiler/values/chance.ts';
import { mutate, type Sample } from '../../../compiler/values/mutate.ts';
import { claim, type Family, type Target } from '../target.ts';

export const configuration: Family = {
  name: 'config',
  share: 7_000,
  targets() {
    const samples = CONFIGS.map((config) => sampleOf(JSON.stringify(config)));
    return Promise.resolve<readonly Target[]>([
      {
        name: 'config/values',
        form: 'text',
        generate: (chance) => new TextEncoder().encode(JSON.stringify(changed(chance))),
        check: checkConfig,
      },
      {
        name: 'config/text',
        form: 'text',
        generate: (chance) => mutate({ samples, words: WORDS }, chance),
        check: checkFile,
      },
    ]);
  },
};

const CONFIGS: readonly Config[] = [
  defaultConfiguration,
  new ConfigBuilder()
    .clearKeys()
    .clearOverlays()
    .setAddress('127.0.0.1')
    .setPort(8090)
    .addKey('kept', 'medium', 'ec1.pem')
    .addEphemeralKey('other')
    .addKeyFromBin('given', 'TGliTmFDTFNLOg==')
    .addOverlay('MyCommunity', 'kept', {
      walkers: [
        {
          strategy: 'RandomWalk',
          peers: 10,
          init: { timeout: 3, resetChance: 50, windowSize: 5, targetInterval: 0 },
        },
      ],
      bootstrappers: [
        {
          class: 'KnownHosts',
          init: {
            ipAddresses: [['127.0.0.1', 8091]],
            dnsAddresses: [['localhost', 8092]],
            bootstrapTimeout: 5,
          },
        },
      ],
      initialize: { maxPeers: -1, communityId: '00'.repeat(20), own: { setting: true } },
      onStart: ['started'],
    })
    .finalize(),
];

const WORDS = [
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '"',
  '""',
  'null',
  'true',
  '-1',
  '1e999',
  '0.5',
  '"__proto__":',
  '"toString":',
].map((word) => new TextEncoder().encode(word));

/** JSON tokens. */
function sampleOf(text: string): Sample {
  const spans = [...text.matchAll(/"[^"]*"|[\d.]+|[{}[\],:]/g)].map(({ 0: token, index }) => ({
    offset: index,
    length: token.length,
    lead: 0 as const,
  }));
  return { bytes: new TextEncoder().encode(text), spans };
}

/** What may stand anywhere in a configuration. */
const VALUES: readonly unknown[] = [
  null,
  true,
  '',
  ' ',
  '\0',
  '\ud800',
  'x'.repeat(300),
  '__proto__',
  'constructor',
  '::1',
  '1.2.3.4',
  '999.1.1.1',
  '*'.repeat(40),
  'ab'.repeat(20),
  0,
  -1,
  -0.5,
  65_535,
  65_536,
  2 ** 53,
  1e308,
  [],
  {},
  [[]],
  [null],
  [['127.0.0.1', 8090]],
  [['127.0.0.1', 8090, 1]],
  { length: 1 },
];

/** A configuration that is changed in a few places. */
function changed(chance: Chance): unknown {
  let value: unknown = chance.pick(CONFIGS);
  for (let left = 1 + chance.below(3); left > 0; left--) value = changedOnce(value, chance);
  return value;
}

function changedOnce(value: unknown, chance: Chance): unknown {
  // Down to something, more often than not.
  if (Array.isArray(value) && value.length > 0 && !chance.oneIn(4)) {
    const at = chance.below(value.length);
    const inner: unknown = value[at];
    return chance.pick([
      () => value.with(at, changedOnce(inner, chance)),
      () => value.with(at, changedOnce(inner, chance)),
      () => value.toSpliced(at, 1),
      () => [...value, inner],
    ])();
  }
  if (isRecord(value) && !chance.oneIn(6)) {
    const names = Object.keys(value);
    const name = names.length === 0 ? 'x' : chance.pick(names);
    const others = Object.entries(value).filter(([other]) => other !== name);
    return chance.pick([
      () => withEntries([...others, [name, changedOnce(value[name], chance)]]),
      () => withEntries([...others, [name, changedOnce(value[name], chance)]]),
      () => withEntries([...others, [name, changedOnce(value[name], chance)]]),
      () => withEntries(others),
      () => withEntries([...others, [String(chance.pick(VALUES)), value[name]]]),
    ])();
  }
  return chance.pick(VALUES);
}

/** Also for `__proto__`, which JSON can say. */
function withEntries(entries: readonly (readonly [string, unknown])[]): unknown {
  return Object.fromEntries(entries);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function checkConfig(input: Uint8Array): void {
  const value = parsed(new TextDecoder().decode(input));
  if (value === undefined) return;
  const config = parseConfig(value.json);
  if (!config.ok) {
    claim(config.error.length > 0, () => 'refused without a problem');
    for (const { path, message } of config.error) {
      const isText = typeof path === 'string' && message.length > 5 && message.length < 1_000;
      claim(isText, () => `the problem "${message.slice(0, 80)}" at ${path}`);
    }
    return;
  }
  claimUsable(config.value);
  const again = parseConfig(config.value);
  claim(
    again.ok && isDeepStrictEqual(again.value, config.value),
    () => 'is another when read again',
  );
}

/** The same from a file, which may hold anything. */
async function checkFile(input: Uint8Array): Promise<void> {
  const storage: Storage = {
    read: () => Promise.resolve(ok(input)),
    createPrivate: () => Promise.resolve(fail({ code: 'denied', message: 'not here' })),
    replace: () => Promise.resolve(fail({ code: 'denied', message: 'not here' })),
  };
  try {
    claimUsable(await readConfigFile('node.json', storage));
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    claim(error.message.includes('node.json'), () => `the file has no name: ${error.message}`);
  }
  checkConfig(input);
}

/** Undefined for what is no JSON. */
function parsed(text: string): { readonly json: unknown } | undefined {
  try {
    return { json: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}

/** What the types of a configuration cannot say. */
function claimUsable({ interfaces, keys, overlays, walkerInterval }: Config): void {
  const families = new Set(interfaces.map((one) => one.interface));
  const isOfEach = interfaces.length > 0 && families.size === interfaces.length;
  claim(isOfEach, () => `${interfaces.length} interfaces of ${families.size} families`);
  for (const { ip, port } of interfaces) {
    claim(typeof ip === 'string' && isPort(port, 0), () => `listens at ${ip}, port ${port}`);
  }
  claim(
    Number.isFinite(walkerInterval) && walkerInterval > 0,
    () => `walks every ${walkerInterval} s`,
  );
  const aliases = keys.map(({ alias }) => alias);
  claim(new Set(aliases).size === aliases.length, () => 'two keys of one name');
  for (const overlay of overlays) {
    claim(aliases.includes(overlay.key), () => `the key "${overlay.key}" is not there`);
    claim(
      typeof overlay.class === 'string' && overlay.class !== '',
      () => 'an overlay of no class',
    );
    for (const { peers } of overlay.walkers) {
      claim(Number.isInteger(peers) && peers >= -1, () => `walks for ${peers} peers`);
    }
    for (const { class: name, init } of overlay.bootstrappers) {
      if (name !== 'KnownHosts' && name !== 'DispersyBootstrapper') continue;
      const { ipAddresses = [], dnsAddresses = [] } = init as BootstrapperInit;
      const hosts = [...ipAddresses, ...dnsAddresses];
      for (const [host, port] of hosts) {
        claim(typeof host === 'string' && isPort(port, 1), () => `begins at ${host}, port ${port}`);
      }
    }
  }
}

function isPort(port: unknown, least: number): boolean {
  return Number.isInteger(port) && Number(port) >= least && Number(port) <= 65_535;
}
