import { expect, test } from 'vitest';
import { ConfigBuilder } from '../../../runtime/config/config-builder.ts';
import { ConfigError } from '../../../runtime/config/config-error.ts';
import { defaultBootstrapDefinitions } from '../../../runtime/config/defaults.ts';

function problemsOf(builder: ConfigBuilder): readonly { path: string; message: string }[] {
  try {
    builder.finalize();
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

test('a new builder gives the default configuration', () => {
  const config = new ConfigBuilder().finalize();
  expect(config.interfaces).toEqual([{ interface: 'UDPIPv4', ip: '0.0.0.0', port: 8090 }]);
  expect(config.keys).toEqual([
    { alias: 'anonymous id', generation: 'curve25519', file: 'ec_multichain.pem' },
  ]);
  expect(config.walkerInterval).toBe(0.5);
  expect(config.logger).toEqual({ level: 'INFO' });
  expect(config.overlays.map((overlay) => overlay.class)).toEqual(['DiscoveryCommunity']);
});

test('the tutorial: own key, own overlay, a walker', () => {
  const config = new ConfigBuilder()
    .clearKeys()
    .clearOverlays()
    .addKey('my peer', 'medium', 'ec1.pem')
    .addOverlay('MyCommunity', 'my peer', {
      walkers: [{ strategy: 'RandomWalk', peers: 10, init: { timeout: 3.0 } }],
      bootstrappers: defaultBootstrapDefinitions,
      onStart: ['started'],
    })
    .finalize();
  expect(config.keys).toEqual([{ alias: 'my peer', generation: 'medium', file: 'ec1.pem' }]);
  expect(config.overlays).toEqual([
    {
      class: 'MyCommunity',
      key: 'my peer',
      walkers: [{ strategy: 'RandomWalk', peers: 10, init: { timeout: 3 } }],
      bootstrappers: defaultBootstrapDefinitions,
      initialize: {},
      onStart: ['started'],
    },
  ]);
});

test('every setter changes its setting', () => {
  const config = new ConfigBuilder()
    .setAddress('127.0.0.1')
    .setPort(0)
    .setLogLevel('DEBUG')
    .setWalkerInterval(0.1)
    .setWorkingDirectory('keys')
    .finalize();
  expect(config.interfaces).toEqual([{ interface: 'UDPIPv4', ip: '127.0.0.1', port: 0 }]);
  expect(config.logger.level).toBe('DEBUG');
  expect(config.walkerInterval).toBe(0.1);
  expect(config.workingDirectory).toBe('keys');
});

test('an IPv6 address needs no other setting', () => {
  const config = new ConfigBuilder().setAddress('::1').finalize();
  expect(config.interfaces).toEqual([{ interface: 'UDPIPv6', ip: '::1', port: 8090 }]);
});

test('an interface that is named is added, or changed when it is there', () => {
  const builder = new ConfigBuilder().setAddress('::1', 'UDPIPv6').setPort(9_000, 'UDPIPv6');
  expect(builder.setPort(9_001, 'UDPIPv4').finalize().interfaces).toEqual([
    { interface: 'UDPIPv4', ip: '0.0.0.0', port: 9_001 },
    { interface: 'UDPIPv6', ip: '::1', port: 9_000 },
  ]);
});

test('a key with the same alias replaces the one before', () => {
  const config = new ConfigBuilder().addEphemeralKey('anonymous id').finalize();
  expect(config.keys).toEqual([{ alias: 'anonymous id', generation: 'curve25519' }]);
});

test('an overlay of the same class replaces the one before, unless duplicates are allowed', () => {
  const builder = new ConfigBuilder();
  builder.addOverlay('DiscoveryCommunity', 'anonymous id', { initialize: { maxPeers: 5 } });
  expect(builder.finalize().overlays).toHaveLength(1);
  expect(builder.finalize().overlays[0]?.initialize).toEqual({ maxPeers: 5 });
  builder.addOverlay('DiscoveryCommunity', 'anonymous id', { allowDuplicate: true });
  expect(builder.finalize().overlays).toHaveLength(2);
});

test('a builder does not change what it gave away, nor other builders', () => {
  const builder = new ConfigBuilder();
  const before = builder.finalize();
  builder.clearOverlays();
  expect(before.overlays).toHaveLength(1);
  expect(new ConfigBuilder().finalize().overlays).toHaveLength(1);
});

test('finalize says everything that is wrong, not just the first thing', () => {
  const problems = problemsOf(
    new ConfigBuilder()
      .clearKeys()
      .addEphemeralKey('my peer')
      .setPort(70_000)
      .setWalkerInterval(0)
      .addOverlay('Mine', 'my per', {
        walkers: [{ strategy: 'RandomWalk', peers: -2, init: {} }],
      }),
  );
  expect(problems.map(({ path }) => path)).toEqual([
    'interfaces[0].port',
    'walkerInterval',
    'overlays[1].walkers[0].peers',
    'overlays[0].key',
    'overlays[1].key',
  ]);
  expect(problems.at(-1)?.message).toContain('Did you mean "my peer"?');
});
