/** Configurations as py-ipv8 makes them (`test/fixtures/python-configurations/record.py`). */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ConfigBuilder } from '../../../runtime/config/config-builder.ts';
import type { Config } from '../../../runtime/config/config.ts';
import { ConfigError } from '../../../runtime/config/config-error.ts';
import { DISPERSY_BOOTSTRAPPER } from '../../../runtime/config/defaults.ts';
import { parseConfig } from '../../../runtime/config/parse.ts';
import { createNode } from '../../../runtime/node/node.ts';

function recorded(name: string): unknown {
  const url = new URL(`../../fixtures/python-configurations/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(url, 'utf8'));
}

function parse(name: string): Config {
  const parsed = parseConfig(recorded(name));
  if (!parsed.ok) throw new ConfigError(parsed.error);
  return parsed.value;
}

test('the default configuration is read whole', () => {
  const { overlays, ...rest } = parse('default');
  const { overlays: _, ...own } = new ConfigBuilder().finalize();
  expect(rest).toEqual(own);
  expect(overlays.map((overlay) => overlay.class)).toEqual([
    'DiscoveryCommunity',
    'HiddenTunnelCommunity',
    'DHTDiscoveryCommunity',
  ]);
  expect(overlays[0]?.walkers).toEqual([
    { strategy: 'RandomWalk', peers: 20, init: { timeout: 3 } },
    {
      strategy: 'RandomChurn',
      peers: -1,
      init: { sampleSize: 8, pingInterval: 10, inactiveTime: 27.5, dropTime: 57.5 },
    },
    { strategy: 'PeriodicSimilarity', peers: -1, init: {} },
  ]);
  for (const overlay of overlays) expect(overlay.bootstrappers).toEqual([DISPERSY_BOOTSTRAPPER]);
  expect(overlays[1]?.onStart).toEqual([['build_tunnels', 1]]);
  expect(overlays[1]?.initialize).toMatchObject({ min_circuits: 1, dht_lookup_interval: 30 });
});

test('a node says which overlays of the default configuration it has not', () => {
  const start = (): unknown => createNode(parse('default'));
  expect(start).toThrow(/overlays\[1\]\.class: there is no community "HiddenTunnelCommunity"/);
  expect(start).toThrow(/overlays\[2\]\.class: there is no community "DHTDiscoveryCommunity"/);
});

test("the overlay tutorial's configuration is that of our builder", () => {
  const built = new ConfigBuilder()
    .clearKeys()
    .clearOverlays()
    .addKey('my peer', 'medium', 'ec1.pem')
    .addOverlay('MyCommunity', 'my peer', {
      walkers: [{ strategy: 'RandomWalk', peers: 10, init: { timeout: 3 } }],
      bootstrappers: [DISPERSY_BOOTSTRAPPER],
      initialize: { maxPeers: 50 },
      onStart: ['started'],
    });
  expect(parse('own-overlay')).toEqual(built.finalize());
});

test('every method of the builder has its twin', () => {
  const bin = 'TGliTmFDTFNLOgAAAAA=';
  const built = new ConfigBuilder({ clean: true })
    .setAddress('127.0.0.1')
    .setPort(9_000)
    .setLogLevel('NOTSET')
    .setWorkingDirectory('state')
    .setWalkerInterval(0.1)
    .addKeyFromBin('from secrets', bin, 'kept.pem')
    .addKeyFromBin('kept nowhere', bin, '')
    .addOverlay('MyCommunity', 'from secrets', {
      walkers: [
        {
          strategy: 'EdgeWalk',
          peers: 20,
          init: { edgeLength: 4, neighborhoodSize: 6, edgeTimeout: 3 },
        },
        { strategy: 'RandomChurn', peers: -1, init: { sampleSize: 8 } },
      ],
      onStart: [['started', 7, 'values']],
    })
    .addOverlay('MyCommunity', 'kept nowhere', { allowDuplicate: true });
  expect(parse('every-setting')).toEqual(built.finalize());
});
