/**
 * What a node is told to be, in the words of py-ipv8's configuration. Plain data: it may come from
 * JSON.
 */
import type { KeyLevel } from '../crypto/keys.ts';
import type { LogLevel } from '../env/log.ts';

/** A node's configuration. Made by `ConfigBuilder`, or by `parseConfig` from anything. */
export type Config = {
  /** Exactly one: a node opens one socket. */
  readonly interfaces: readonly InterfaceConfig[];
  readonly keys: readonly KeyConfig[];
  readonly logger: { readonly level: LogLevel };
  /** Where relative key files are; `.` is where the program was started. */
  readonly workingDirectory: string;
  /** Seconds, above 0: in this time each walker steps once. */
  readonly walkerInterval: number;
  readonly overlays: readonly OverlayConfig[];
};

export const INTERFACES = ['UDPIPv4', 'UDPIPv6'] as const;
export type InterfaceName = (typeof INTERFACES)[number];

/** Where to listen. */
export type InterfaceConfig = {
  readonly interface: InterfaceName;
  /** `127.0.0.1` for this machine only, `0.0.0.0` for the Internet; `::1` and `::` for IPv6. */
  readonly ip: string;
  /** The port to try first, then upward; 0 lets the system choose. */
  readonly port: number;
};

/**
 * A key by its alias. With `file` it is kept there; without, it is forgotten when the node stops.
 */
export type KeyConfig =
  | { readonly alias: string; readonly generation: KeyLevel; readonly file?: string }
  /** `bin` is a private key in base64: whoever reads the configuration can be this peer. */
  | { readonly alias: string; readonly bin: string };

/** One overlay to join. */
export type OverlayConfig = {
  /** A community known to the node, or one of its `extraCommunities`. */
  readonly class: string;
  /** The alias of the key to take part with. */
  readonly key: string;
  readonly walkers: readonly WalkerDefinition[];
  readonly bootstrappers: readonly BootstrapperDefinition[];
  /**
   * Settings for the community. Two the runtime reads itself: `maxPeers` (30; −1 for no limit) and
   * `communityId` (40 hexadecimal digits) for a community whose schema leaves it to the start.
   */
  readonly initialize: Readonly<Record<string, unknown>>;
  readonly onStart: readonly OnStart[];
};

/** The ways to look for peers that this runtime has. */
export const STRATEGIES = ['RandomWalk'] as const;
export type Strategy = (typeof STRATEGIES)[number];

/** Walk by a strategy while there are fewer than `peers` peers; −1 for always. */
export type WalkerDefinition = {
  readonly strategy: Strategy;
  readonly peers: number;
  readonly init: RandomWalkInit;
};

/** Settings of a RandomWalk, those of py-ipv8 3.2 peerdiscovery/discovery.py:50. */
export type RandomWalkInit = {
  /** Seconds an address has to answer; 3. */
  readonly timeout?: number;
  /** Addresses walked to within the timeout at most; 5. 0 for no limit. */
  readonly windowSize?: number;
  /** Chance of 256 to ask a known peer or bootstrapper instead of walking on; 50. */
  readonly resetChance?: number;
  /** Least seconds between two steps; 0 for every walker interval. */
  readonly targetInterval?: number;
};

export const BOOTSTRAPPERS = ['KnownHosts', 'DispersyBootstrapper'] as const;
export type BootstrapperName = (typeof BOOTSTRAPPERS)[number];

/**
 * How an overlay without peers begins. `KnownHosts` are nodes like any other; the hosts of a
 * `DispersyBootstrapper` are trackers, which introduce and are never peers.
 */
export type BootstrapperDefinition = {
  readonly class: BootstrapperName;
  readonly init: BootstrapperInit;
};

/** A host and its port. */
export type HostConfig = readonly [host: string, port: number];

export type BootstrapperInit = {
  readonly ipAddresses?: readonly HostConfig[];
  /** Kept, but this runtime looks no names up: a node says at its start that it leaves them out. */
  readonly dnsAddresses?: readonly HostConfig[];
  /** Seconds until the hosts are asked again; 30. */
  readonly bootstrapTimeout?: number;
};

/** What can be called when the node has started: the community's `started`. */
export const ON_START = ['started'] as const;
export type OnStart = (typeof ON_START)[number];
