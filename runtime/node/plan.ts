/** Which overlays a node will join: a configuration together with the communities there are. */
import type { BootstrapperFactory } from '../bootstrap/bootstrapper.ts';
import type { AnyCommunity } from '../community/any-community.ts';
import type { StrategyFactory } from '../community/overlay.ts';
import type { Config, OverlayConfig } from '../config/config.ts';
import { ConfigError } from '../config/config-error.ts';
import type { ConfigProblem } from '../config/config-error.ts';
import { unknownName } from '../config/near-names.ts';
import { isBootstrapperName, isStrategyName } from '../config/overlay-shape.ts';
import { isRecord } from '../config/shape.ts';

/** An overlay to join. */
export type PlannedOverlay = {
  readonly config: OverlayConfig;
  readonly community: AnyCommunity;
  /** 40 lower-case hexadecimal digits. */
  readonly communityId: string;
  readonly peersMax: number;
  /** Undefined for the runtime's own rule. */
  readonly peersPerSubnetMax: number | undefined;
  readonly walkers: readonly PlannedWalker[];
  readonly bootstrappers: readonly PlannedBootstrapper[];
};

/** A bootstrapper to make, for the overlay. */
export type PlannedBootstrapper = {
  readonly create: BootstrapperFactory;
  readonly init: Readonly<Record<string, unknown>>;
};

/** A strategy to make, when the overlay is there. */
export type PlannedWalker = {
  readonly create: StrategyFactory;
  readonly init: Readonly<Record<string, unknown>>;
  readonly targetPeers: number;
};

/** What a configuration may name. */
export type KnownNames = {
  readonly communities: Readonly<Record<string, AnyCommunity>>;
  /** Strategies that every community may use, by their names. */
  readonly strategies: Readonly<Record<string, StrategyFactory>>;
  readonly bootstrappers: Readonly<Record<string, BootstrapperFactory>>;
};

/** Peers an overlay grows to unless told otherwise (py-ipv8 3.2 ipv8/community.py:53). */
const PEERS_MAX = 30;

/** What `onStart` may name. */
const HOOKS: readonly string[] = ['started'];

/**
 * The overlays of a configuration with their communities.
 * @throws ConfigError with every overlay that cannot be joined, and why.
 */
export function planOverlays(config: Config, known: KnownNames): readonly PlannedOverlay[] {
  const { communities, strategies } = known;
  const problems: ConfigProblem[] = [];
  const paths = new Map<string, string>();
  const planned = config.overlays.flatMap((overlay, at): PlannedOverlay[] => {
    const path = `overlays[${at}]`;
    const community = Object.hasOwn(communities, overlay.class)
      ? communities[overlay.class]
      : undefined;
    // `namesNotHere` says so.
    if (community === undefined) return [];
    const communityId = communityIdOf(community, overlay);
    if (communityId === undefined) {
      const declared = community.protocol.communityId;
      const message =
        declared === undefined
          ? 'the schema leaves the community id to the start: give 40 hexadecimal digits here.'
          : `the schema says that this community's id is ${declared}: leave this out.`;
      problems.push({ path: `${path}.initialize.communityId`, message });
      return [];
    }
    const twin = paths.get(communityId);
    if (twin !== undefined) {
      const message = `${twin} has the same community id ${communityId}: a node takes part in it once.`;
      problems.push({ path, message });
    }
    paths.set(communityId, path);
    const walkers = planWalkers(overlay, { ...strategies, ...community.strategies });
    const peersMax = numberIn(overlay, 'maxPeers') ?? PEERS_MAX;
    const peersPerSubnetMax = numberIn(overlay, 'maxPeersPerSubnet');
    const bootstrappers = planBootstrappers(overlay, known.bootstrappers);
    const limits = { peersMax, peersPerSubnetMax };
    return [{ config: overlay, community, communityId, ...limits, walkers, bootstrappers }];
  });
  problems.push(...namesNotHere(config, known));
  if (problems.length > 0) throw new ConfigError(problems);
  return planned;
}

/** Those that are there; of the others `namesNotHere` tells. */
function planWalkers(
  { walkers }: OverlayConfig,
  factories: KnownNames['strategies'],
): readonly PlannedWalker[] {
  return walkers.flatMap(({ strategy, init, peers }): PlannedWalker[] => {
    const create = Object.hasOwn(factories, strategy) ? factories[strategy] : undefined;
    return create === undefined ? [] : [{ create, init, targetPeers: peers }];
  });
}

function planBootstrappers(
  { bootstrappers }: OverlayConfig,
  factories: KnownNames['bootstrappers'],
): readonly PlannedBootstrapper[] {
  return bootstrappers.flatMap(({ class: name, init }): PlannedBootstrapper[] => {
    const create = Object.hasOwn(factories, name) ? factories[name] : undefined;
    // `namesNotHere` says so.
    return create === undefined ? [] : [{ create, init: { ...init } }];
  });
}

/** Bootstrappers given under a name that has its meaning already. */
export function takenBootstrappers(
  bootstrappers: KnownNames['bootstrappers'] = {},
): readonly ConfigProblem[] {
  return Object.keys(bootstrappers)
    .filter(isBootstrapperName)
    .map((name) => ({
      path: `bootstrappers.${name}`,
      message: 'this is the name of a bootstrapper that is here: give yours another one.',
    }));
}

/** Strategies given under a name that has its meaning already. */
export function takenStrategies(
  strategies: KnownNames['strategies'] = {},
): readonly ConfigProblem[] {
  return Object.keys(strategies)
    .filter(isStrategyName)
    .map((name) => ({
      path: `strategies.${name}`,
      message: 'this is the name of a strategy of py-ipv8: give yours another one.',
    }));
}

/**
 * Names in the overlays that nothing here answers to. Asked of a configuration that may be wrong in
 * other ways too, so that all that is wrong is said at once.
 */
export function namesNotHere(
  config: unknown,
  { bootstrappers, communities, strategies }: KnownNames,
): readonly ConfigProblem[] {
  return listOf(config, ['overlays']).flatMap((overlay, at) => {
    const path = `overlays[${at}]`;
    const name = isRecord(overlay) ? overlay['class'] : undefined;
    // What is no name at all was complained of already.
    if (typeof name !== 'string' || name === '') return [];
    const community = Object.hasOwn(communities, name) ? communities[name] : undefined;
    // A community that is not here may have brought its strategies; the rest is nobody's.
    const own =
      community === undefined
        ? [unknownCommunity(name, path, communities)]
        : walkersNotHere(overlay, path, { ...strategies, ...community.strategies });
    return [
      ...own,
      ...bootstrappersNotHere(overlay, path, bootstrappers),
      ...hooksNotHere(overlay, path),
    ];
  });
}

function walkersNotHere(
  overlay: unknown,
  path: string,
  factories: KnownNames['strategies'],
): readonly ConfigProblem[] {
  return listOf(overlay, ['walkers']).flatMap((walker, at) => {
    const name = isRecord(walker) ? walker['strategy'] : undefined;
    if (typeof name !== 'string' || name === '' || Object.hasOwn(factories, name)) return [];
    const message = unknownName('strategy', name, Object.keys(factories));
    const hint = 'Bring your own in the strategies of createNode.';
    return [{ path: `${path}.walkers[${at}].strategy`, message: `${message} ${hint}` }];
  });
}

function bootstrappersNotHere(
  overlay: unknown,
  path: string,
  factories: KnownNames['bootstrappers'],
): readonly ConfigProblem[] {
  return listOf(overlay, ['bootstrappers']).flatMap((bootstrapper, at) => {
    const name = isRecord(bootstrapper) ? bootstrapper['class'] : undefined;
    if (typeof name !== 'string' || name === '' || Object.hasOwn(factories, name)) return [];
    const message = unknownName('bootstrapper', name, Object.keys(factories));
    const hint = 'Bring your own in the bootstrappers of createNode.';
    return [{ path: `${path}.bootstrappers[${at}].class`, message: `${message} ${hint}` }];
  });
}

function hooksNotHere(overlay: unknown, path: string): readonly ConfigProblem[] {
  return ['onStart', 'on_start'].flatMap((field) =>
    listOf(overlay, [field]).flatMap((hook, at) => {
      const name: unknown = Array.isArray(hook) ? hook[0] : hook;
      if (typeof name !== 'string' || name === '' || HOOKS.includes(name)) return [];
      return [{ path: `${path}.${field}[${at}]`, message: unknownName('hook', name, HOOKS) }];
    }),
  );
}

/** The list that a field of this or that name holds; none when there is no such thing. */
function listOf(value: unknown, names: readonly string[]): readonly unknown[] {
  if (!isRecord(value)) return [];
  const lists = names.map((name) => value[name]).filter((one) => Array.isArray(one));
  return lists.flat(1);
}

function unknownCommunity(
  name: string,
  path: string,
  communities: Readonly<Record<string, AnyCommunity>>,
): ConfigProblem {
  const message = unknownName('community', name, Object.keys(communities));
  const hint = 'Bring your own in the extraCommunities of createNode.';
  return { path: `${path}.class`, message: `${message} ${hint}` };
}

/** Undefined when there is none, or when configuration and schema contradict each other. */
function communityIdOf(community: AnyCommunity, overlay: OverlayConfig): string | undefined {
  const declared = community.protocol.communityId?.toLowerCase();
  const configured = overlay.initialize['communityId'];
  const given = typeof configured === 'string' ? configured.toLowerCase() : undefined;
  const isContradiction = declared !== undefined && given !== undefined && declared !== given;
  return isContradiction ? undefined : (declared ?? given);
}

function numberIn({ initialize }: OverlayConfig, setting: string): number | undefined {
  const given = initialize[setting];
  return typeof given === 'number' ? given : undefined;
}
