/**
 * What a node is told to be, in the words of py-ipv8's configuration. Plain data: it may come from
 * JSON. `config-shape.ts` has the rules, and the words that the published JSON Schema shows.
 */
import type { KeyLevel } from '../crypto/keys.ts';
import type { LogLevel } from '../env/log.ts';

/** A node's configuration. Made by `ConfigBuilder`, or by `parseConfig` from anything. */
export type Config = {
  /** One or two, of different families: a node has a socket for each. */
  readonly interfaces: readonly InterfaceConfig[];
  readonly keys: readonly KeyConfig[];
  readonly logger: { readonly level: LogLevel };
  /** Where relative key files are; `.` is where the program was started. */
  readonly workingDirectory: string;
  /** Seconds, above 0: in this time each walker steps once. */
  readonly walkerInterval: number;
  readonly overlays: readonly OverlayConfig[];
  /**
   * Where the addresses of known peers are kept from one run to the next, beside the keys; nowhere
   * when left out.
   */
  readonly peersFile?: string;
};

export type InterfaceName = 'UDPIPv4' | 'UDPIPv6';

/** Where to listen. */
export type InterfaceConfig = {
  readonly interface: InterfaceName;
  /** `127.0.0.1` for this machine only, `0.0.0.0` for the Internet; `::1` and `::` for IPv6. */
  readonly ip: string;
  /** The port to try first, then upward; 0 lets the system choose. */
  readonly port: number;
};

/**
 * A key by its alias. With `file` it is read from there, or written there when there is no such
 * file; without, it is forgotten when the node stops.
 */
export type KeyConfig =
  | { readonly alias: string; readonly generation: KeyLevel; readonly file?: string }
  /** `bin` is a private key in base64: whoever reads the configuration can be this peer. */
  | { readonly alias: string; readonly bin: string; readonly file?: string };

/** One overlay to join. */
export type OverlayConfig = {
  /** A community known to the node, or one of its `extraCommunities`. */
  readonly class: string;
  /** The alias of the key to take part with. */
  readonly key: string;
  readonly walkers: readonly WalkerDefinition[];
  readonly bootstrappers: readonly BootstrapperDefinition[];
  /**
   * Settings for the community. Three the runtime reads itself: `maxPeers` (30; −1 for no limit),
   * `maxPeersPerSubnet` (of one /24 of IPv4 or /64 of IPv6; a tenth, once there are more than twenty,
   * unless given; −1 for no limit) and `communityId` (40 hexadecimal digits) for a community whose
   * schema leaves it to the start.
   */
  readonly initialize: Readonly<Record<string, unknown>>;
  readonly onStart: readonly OnStart[];
};

/**
 * Step a strategy while there are fewer than `peers` peers; −1 for always. Every community may use
 * `RandomWalk` and `EdgeWalk`, and what the node's `strategies` name; the discovery community also
 * `RandomChurn` and `PeriodicSimilarity`, and a community of one's own what it brings itself.
 */
export type WalkerDefinition =
  | {
      readonly [Name in Strategy]: {
        readonly strategy: Name;
        readonly peers: number;
        readonly init: WalkerInits[Name];
      };
    }[Strategy]
  | {
      readonly strategy: string;
      readonly peers: number;
      /** Handed to the strategy as it is. */
      readonly init: Readonly<Record<string, unknown>>;
    };

/** The ways to look for peers, and to let go of them, that py-ipv8 has, and their settings. */
export type WalkerInits = {
  readonly RandomWalk: RandomWalkInit;
  readonly EdgeWalk: EdgeWalkInit;
  readonly RandomChurn: RandomChurnInit;
  readonly PeriodicSimilarity: NoInit;
  readonly PingChurn: PingChurnInit;
};
export type Strategy = keyof WalkerInits;

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

/** Settings of an EdgeWalk, those of py-ipv8 3.2 peerdiscovery/discovery.py:110. */
export type EdgeWalkInit = {
  /** Peers in a row, each introduced by the one before; 4. */
  readonly edgeLength?: number;
  /** Peers that edges begin at; 6. */
  readonly neighborhoodSize?: number;
  /** Seconds an edge waits for its next peer; 3. */
  readonly edgeTimeout?: number;
};

/** Settings of a RandomChurn, those of py-ipv8 3.2 peerdiscovery/churn.py:20. */
export type RandomChurnInit = {
  /** Peers looked at in one step; 8. */
  readonly sampleSize?: number;
  /** Seconds between two pings of one peer; 10. */
  readonly pingInterval?: number;
  /** Seconds of silence before a peer is pinged; 27.5. */
  readonly inactiveTime?: number;
  /** Seconds of silence before a peer is forgotten; 57.5. */
  readonly dropTime?: number;
};

/** Settings of a PingChurn, those of py-ipv8 3.2 dht/churn.py. */
export type PingChurnInit = {
  /** Seconds between two pings of one node; 25. */
  readonly pingInterval?: number;
};

/** No settings. */
export type NoInit = { readonly [setting: string]: never };

/**
 * How an overlay without peers begins. `KnownHosts` are nodes like any other; the hosts of a
 * `DispersyBootstrapper` are trackers, which introduce and are never peers.
 */
export type BootstrapperDefinition =
  | {
      readonly [Name in BootstrapperName]: {
        readonly class: Name;
        readonly init: BootstrapperInits[Name];
      };
    }[BootstrapperName]
  /** One that `createNode` was given. */
  | {
      readonly class: string;
      /** Handed to the bootstrapper as it is. */
      readonly init: Readonly<Record<string, unknown>>;
    };

/** The bootstrappers there are, and their settings. */
export type BootstrapperInits = {
  readonly KnownHosts: BootstrapperInit;
  readonly DispersyBootstrapper: BootstrapperInit;
  readonly UDPBroadcastBootstrapper: BroadcastInit;
};

export type BootstrapperName = keyof BootstrapperInits;

/** A host and its port. */
export type HostConfig = readonly [host: string, port: number];

export type BootstrapperInit = {
  readonly ipAddresses?: readonly HostConfig[];
  /** Hosts by their names, which are looked up when they are needed. */
  readonly dnsAddresses?: readonly HostConfig[];
  /** Seconds until the hosts are asked again; 30. */
  readonly bootstrapTimeout?: number;
};

/** Settings of a UDPBroadcastBootstrapper (py-ipv8 3.2 bootstrapping/udpbroadcast/bootstrapper.py:94). */
export type BroadcastInit = {
  /** Seconds until the local network is called again; 30. */
  readonly bootstrapTimeout?: number;
};

/**
 * What is called when the node has started, alone or with the values it is called with. There is
 * `started`, the community's own.
 */
export type OnStart = string | readonly [name: string, ...values: readonly unknown[]];
