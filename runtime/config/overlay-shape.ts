/** What a configuration may hold of one overlay. */
import type {
  BootstrapperDefinition,
  BootstrapperInit,
  BootstrapperInits,
  BootstrapperName,
  HostConfig,
  OnStart,
  OverlayConfig,
  Strategy,
  WalkerDefinition,
  WalkerInits,
} from './config.ts';
import { IP_PATTERN } from './ip-pattern.ts';
import { knownVariant, object, optional, otherwise } from './object-shape.ts';
import { choice, described, elements, list, matching, note, number, pair, text } from './shape.ts';
import type { Shape } from './shape.ts';

const count = number({ min: 0, isWhole: true });
const duration = number({ min: 0, isAbove: true });

/** The settings of every strategy; those that are left out are the strategy's own. */
const WALKER_INITS: { readonly [Name in Strategy]: Shape<WalkerInits[Name]> } = {
  RandomWalk: object({
    timeout: optional(described('Seconds an address has to answer; 3.', duration)),
    windowSize: optional(
      described('Addresses walked to within the timeout at most; 5. 0 for no limit.', count),
    ),
    resetChance: optional(
      described(
        'Chance of 256 to ask a known peer or bootstrapper instead of walking on; 50.',
        number({ min: 0, max: 256, isWhole: true }),
      ),
    ),
    targetInterval: optional(
      described(
        'Least seconds between two steps; 0 for every walker interval.',
        number({ min: 0 }),
      ),
    ),
  }),
  EdgeWalk: object({
    edgeLength: optional(
      described(
        'Peers in a row, each introduced by the one before; 4.',
        number({ min: 2, isWhole: true }),
      ),
    ),
    neighborhoodSize: optional(
      described('Peers that edges begin at; 6.', number({ min: 1, isWhole: true })),
    ),
    edgeTimeout: optional(described('Seconds an edge waits for its next peer; 3.', duration)),
  }),
  RandomChurn: object({
    sampleSize: optional(
      described('Peers looked at in one step; 8.', number({ min: 1, isWhole: true })),
    ),
    pingInterval: optional(described('Seconds between two pings of one peer; 10.', duration)),
    inactiveTime: optional(
      described('Seconds of silence before a peer is pinged; 27.5.', duration),
    ),
    dropTime: optional(described('Seconds of silence before a peer is forgotten; 57.5.', duration)),
  }),
  PeriodicSimilarity: object({}),
  PingChurn: object({
    pingInterval: optional(described('Seconds between two pings of one node; 25.', duration)),
  }),
};

const targetPeers = described(
  'Steps while there are fewer peers than this; -1 for always.',
  number({ min: -1, isWhole: true }),
);

function walker<const Name extends Strategy>(strategy: Name) {
  return object({
    strategy: choice('walker', [strategy]),
    peers: targetPeers,
    init: otherwise<WalkerInits[Name]>({}, WALKER_INITS[strategy]),
  });
}

export function isStrategyName(name: unknown): name is Strategy {
  return typeof name === 'string' && Object.hasOwn(WALKER_INITS, name);
}

/** A strategy that the program brings: its settings are its own to judge. */
const ownWalker = object({
  strategy: text,
  peers: targetPeers,
  init: otherwise<Readonly<Record<string, unknown>>>({}, object({}, { isOpen: true })),
});

const walkerShape: Shape<WalkerDefinition> = knownVariant(
  'strategy',
  {
    RandomWalk: walker('RandomWalk'),
    EdgeWalk: walker('EdgeWalk'),
    RandomChurn: walker('RandomChurn'),
    PeriodicSimilarity: walker('PeriodicSimilarity'),
    PingChurn: walker('PingChurn'),
  },
  ownWalker,
);

function hosts(of: Shape<string>): Shape<readonly HostConfig[]> {
  return list(pair('a pair of host and port', of, number({ min: 1, max: 65_535, isWhole: true })));
}

const knownHostsInit: Shape<BootstrapperInit> = object({
  ipAddresses: optional(
    described(
      'Hosts by their addresses.',
      hosts(
        matching(
          IP_PATTERN,
          (host) => `"${host}" is no IP address; host names belong in dnsAddresses.`,
        ),
      ),
    ),
  ),
  dnsAddresses: optional(described('Hosts by their names.', hosts(text))),
  bootstrapTimeout: optional(
    described('Seconds until the hosts are asked again; 30.', number({ min: 0 })),
  ),
});

/** The settings of every bootstrapper. */
const BOOTSTRAPPER_INITS: {
  readonly [Name in BootstrapperName]: Shape<BootstrapperInits[Name]>;
} = {
  KnownHosts: knownHostsInit,
  DispersyBootstrapper: knownHostsInit,
  UDPBroadcastBootstrapper: object({
    bootstrapTimeout: optional(
      described('Seconds until the local network is called again; 30.', number({ min: 0 })),
    ),
  }),
};

/** True of a name that has its meaning already. */
export function isBootstrapperName(name: string): boolean {
  return Object.hasOwn(BOOTSTRAPPER_INITS, name);
}

function bootstrapper<const Name extends BootstrapperName>(name: Name) {
  return object({
    class: choice('bootstrapper', [name]),
    init: otherwise<BootstrapperInits[Name]>({}, BOOTSTRAPPER_INITS[name]),
  });
}

/** One that the program brings: its settings are its own to judge. */
const ownBootstrapper = object({
  class: text,
  init: otherwise<Readonly<Record<string, unknown>>>({}, object({}, { isOpen: true })),
});

const bootstrapperShape: Shape<BootstrapperDefinition> = knownVariant(
  'class',
  {
    KnownHosts: bootstrapper('KnownHosts'),
    DispersyBootstrapper: bootstrapper('DispersyBootstrapper'),
    UDPBroadcastBootstrapper: bootstrapper('UDPBroadcastBootstrapper'),
  },
  ownBootstrapper,
);

/** A community's own settings are its own to judge; those the runtime reads are judged here. */
const initializeShape: Shape<Readonly<Record<string, unknown>>> = object(
  {
    maxPeers: optional(
      described(
        'Peers the overlay grows to; 30. -1 for no limit.',
        number({ min: -1, isWhole: true }),
      ),
    ),
    maxPeersPerSubnet: optional(
      described(
        'Peers of one /24 of IPv4 or /64 of IPv6; a tenth once there are more than 20. -1 for no limit.',
        number({ min: -1, isWhole: true }),
      ),
    ),
    communityId: optional(
      described(
        'For a community whose schema leaves its id to the start.',
        matching('^[0-9a-fA-F]{40}$', () => 'this must be 40 hexadecimal digits.'),
      ),
    ),
  },
  { isOpen: true },
);

/** A name, or a list of a name and what to call it with; a list of the name alone is the name. */
const onStartShape: Shape<OnStart> = {
  read(found) {
    if (!Array.isArray(found.value)) return text.read(found);
    const [first, ...values] = elements(found) ?? [];
    if (first === undefined) return note(found, 'this must begin with the name of a hook.');
    const name = text.read(first);
    if (name === undefined || values.length === 0) return name;
    return [name, ...values.map(({ value }) => value)];
  },
  schema: {
    anyOf: [text.schema, { type: 'array', prefixItems: [text.schema], minItems: 1 }],
  },
};

export const overlayShape: Shape<OverlayConfig> = object({
  class: described('A community known to the node, or one it is given.', text),
  key: described('The alias of the key to take part with.', text),
  walkers: described('How to look for peers.', list(walkerShape)),
  bootstrappers: described('Where to begin.', list(bootstrapperShape)),
  initialize: otherwise({}, described('Settings for the community.', initializeShape)),
  onStart: otherwise<readonly OnStart[]>(
    [],
    described('What is called when the node has started.', list(onStartShape)),
  ),
});
