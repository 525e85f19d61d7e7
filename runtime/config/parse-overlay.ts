/** The part of a configuration that is one overlay. */
import { createAddress } from '../address/text.ts';
import { choice, elements, fields, isRecord, note, number, text } from './checks.ts';
import type { Found } from './checks.ts';
import { BOOTSTRAPPERS, ON_START, STRATEGIES } from './config.ts';
import type {
  BootstrapperDefinition,
  BootstrapperInit,
  HostConfig,
  OverlayConfig,
  RandomWalkInit,
  WalkerDefinition,
} from './config.ts';

export function parseOverlay(found: Found): OverlayConfig | undefined {
  const parts = fields(found, [
    'class',
    'key',
    'walkers',
    'bootstrappers',
    'initialize?',
    'onStart?',
  ]);
  if (parts === undefined) return undefined;
  return {
    class: text(parts.class) ?? '',
    key: text(parts.key) ?? '',
    walkers: elements(parts.walkers).flatMap((walker) => parseWalker(walker) ?? []),
    bootstrappers: elements(parts.bootstrappers).flatMap((one) => parseBootstrapper(one) ?? []),
    initialize: parseInitialize(parts.initialize),
    onStart: elements(parts.onStart).flatMap((hook) => choice(hook, 'hook', ON_START) ?? []),
  };
}

function parseWalker(found: Found): WalkerDefinition | undefined {
  const parts = fields(found, ['strategy', 'peers', 'init?']);
  if (parts === undefined) return undefined;
  const strategy = choice(parts.strategy, 'walker', STRATEGIES);
  const peers = number(parts.peers, { min: -1, isWhole: true });
  // The settings of an unknown walker are nobody's to judge.
  const init = strategy === undefined ? undefined : parseRandomWalk(parts.init);
  if (strategy === undefined || peers === undefined || init === undefined) return undefined;
  return { strategy, peers, init };
}

function parseRandomWalk(found: Found): RandomWalkInit | undefined {
  const parts = fields(orEmpty(found), [
    'timeout?',
    'windowSize?',
    'resetChance?',
    'targetInterval?',
  ]);
  if (parts === undefined) return undefined;
  return withoutUndefined({
    timeout: number(parts.timeout, { min: 0, isAbove: true }),
    windowSize: number(parts.windowSize, { min: 0, isWhole: true }),
    resetChance: number(parts.resetChance, { min: 0, max: 256, isWhole: true }),
    targetInterval: number(parts.targetInterval, { min: 0 }),
  });
}

function parseBootstrapper(found: Found): BootstrapperDefinition | undefined {
  const parts = fields(found, ['class', 'init?']);
  if (parts === undefined) return undefined;
  const name = choice(parts.class, 'bootstrapper', BOOTSTRAPPERS);
  const init = name === undefined ? undefined : parseBootstrapperInit(parts.init);
  return name === undefined || init === undefined ? undefined : { class: name, init };
}

function parseBootstrapperInit(found: Found): BootstrapperInit | undefined {
  const parts = fields(orEmpty(found), ['ipAddresses?', 'dnsAddresses?', 'bootstrapTimeout?']);
  if (parts === undefined) return undefined;
  return withoutUndefined({
    ipAddresses: parseHosts(parts.ipAddresses, (host) =>
      createAddress(host, 0).kind === 'domain'
        ? `"${host}" is no IP address; host names belong in dnsAddresses.`
        : undefined,
    ),
    dnsAddresses: parseHosts(parts.dnsAddresses, () => undefined),
    bootstrapTimeout: number(parts.bootstrapTimeout, { min: 0 }),
  });
}

/** Pairs of host and port. `complain` says what is wrong with a host, if anything. */
function parseHosts(
  found: Found,
  complain: (host: string) => string | undefined,
): readonly HostConfig[] | undefined {
  if (found.value === undefined) return undefined;
  return elements(found).flatMap((pair): readonly HostConfig[] => {
    const [hostFound, portFound, ...more] = elements(pair);
    if (hostFound === undefined || portFound === undefined || more.length > 0) {
      if (Array.isArray(pair.value)) note(pair, 'this must be a pair of host and port.');
      return [];
    }
    const host = text(hostFound);
    const port = number(portFound, { min: 1, max: 65535, isWhole: true });
    const complaint = host === undefined ? undefined : complain(host);
    if (complaint !== undefined) note(hostFound, complaint);
    return host === undefined || port === undefined ? [] : [[host, port]];
  });
}

/** A community's own settings are its own to judge; the two the runtime reads are judged here. */
function parseInitialize(found: Found): Readonly<Record<string, unknown>> {
  const { value, path, problems } = orEmpty(found);
  if (!isRecord(value)) {
    note(found, 'this must be an object.');
    return {};
  }
  number(
    { value: value['maxPeers'], path: `${path}.maxPeers`, problems },
    { min: -1, isWhole: true },
  );
  const idFound = { value: value['communityId'], path: `${path}.communityId`, problems };
  const id = text(idFound);
  if (id !== undefined && !/^[0-9a-fA-F]{40}$/.test(id)) {
    note(idFound, 'this must be 40 hexadecimal digits.');
  }
  return { ...value };
}

function orEmpty(found: Found): Found {
  return found.value === undefined ? { ...found, value: {} } : found;
}

type WithoutUndefined<T> = { [Name in keyof T]?: Exclude<T[Name], undefined> };

/**
 * The object without its undefined fields, which `exactOptionalPropertyTypes` tells from missing
 * ones.
 */
function withoutUndefined<T extends object>(value: T): WithoutUndefined<T> {
  const kept = Object.entries(value).filter(([, field]) => field !== undefined);
  // Only undefined fields were left out.
  return Object.fromEntries(kept) as WithoutUndefined<T>;
}
