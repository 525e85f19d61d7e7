/**
 * The configuration of a node that was told nothing, as py-ipv8 3.2 has it (ipv8/configuration.py).
 */
import type { BootstrapperDefinition, Config } from './config.ts';

/**
 * The public trackers. Data: nothing is sent to them unless a node is started with a configuration
 * that names them.
 */
export const DISPERSY_BOOTSTRAPPER: BootstrapperDefinition = deepFreeze({
  class: 'DispersyBootstrapper',
  init: {
    ipAddresses: [
      ['130.161.119.206', 6421],
      ['130.161.119.206', 6422],
      ['131.180.27.155', 6423],
      ['131.180.27.156', 6424],
      ['131.180.27.161', 6427],
      ['131.180.27.161', 6521],
      ['131.180.27.161', 6522],
      ['131.180.27.162', 6523],
      ['131.180.27.162', 6524],
      ['130.161.119.215', 6525],
      ['130.161.119.215', 6526],
      ['130.161.119.201', 6527],
      ['130.161.119.201', 6528],
    ],
    dnsAddresses: [
      ['dispersy1.tribler.org', 6421],
      ['dispersy1.st.tudelft.nl', 6421],
      ['dispersy2.tribler.org', 6422],
      ['dispersy2.st.tudelft.nl', 6422],
      ['dispersy3.tribler.org', 6423],
      ['dispersy3.st.tudelft.nl', 6423],
      ['dispersy4.tribler.org', 6424],
    ],
    bootstrapTimeout: 30,
  },
});

/** The bootstrappers that most overlays start with. */
export const defaultBootstrapDefinitions: readonly BootstrapperDefinition[] = Object.freeze([
  DISPERSY_BOOTSTRAPPER,
]);

/**
 * Binds every IPv4 address, keeps its key in `ec_multichain.pem`, walks in the discovery overlay,
 * asks its peers which communities they are in, and forgets those that do not answer.
 *
 * The reference's default also holds the hidden tunnel and DHT overlays; this one holds what this
 * runtime has.
 */
export const defaultConfiguration: Config = deepFreeze({
  interfaces: [{ interface: 'UDPIPv4', ip: '0.0.0.0', port: 8090 }],
  keys: [{ alias: 'anonymous id', generation: 'curve25519', file: 'ec_multichain.pem' }],
  logger: { level: 'INFO' },
  workingDirectory: '.',
  walkerInterval: 0.5,
  overlays: [
    {
      class: 'DiscoveryCommunity',
      key: 'anonymous id',
      walkers: [
        { strategy: 'RandomWalk', peers: 20, init: { timeout: 3 } },
        {
          strategy: 'RandomChurn',
          peers: -1,
          init: { sampleSize: 8, pingInterval: 10, inactiveTime: 27.5, dropTime: 57.5 },
        },
        { strategy: 'PeriodicSimilarity', peers: -1, init: {} },
      ],
      bootstrappers: [DISPERSY_BOOTSTRAPPER],
      initialize: {},
      onStart: [],
    },
  ],
});

function deepFreeze<const T extends object>(value: T): T {
  for (const part of Object.values(value)) {
    if (typeof part === 'object' && part !== null) deepFreeze(part);
  }
  return Object.freeze(value);
}
