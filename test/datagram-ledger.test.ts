/** What `setup.ts` checks after every test would find a datagram that nobody counted. */
import { expect, test } from 'vitest';
import { openUdpEndpoint } from '../runtime/endpoint/udp-endpoint.ts';
import { createWorld } from '../runtime/simulation/index.ts';
import { findMiscounts } from './datagram-ledger.ts';
import { createBench } from './runtime/community/bench.ts';
import { createNode, ConfigBuilder } from '../runtime/index.ts';

type Counts = { -readonly [Name in string]: number };

test('an endpoint that forgets a datagram is found', async () => {
  const env = createWorld({ seed: 1 }).env('1.0.0.1');
  const opened = await openUdpEndpoint(env, { host: '1.0.0.1', port: 1 });
  if (!opened.ok) throw opened.error;
  const counters = opened.value.counters as unknown as Counts;
  counters['received'] = 1;
  expect(findMiscounts()).toEqual([
    'an endpoint counts 1 datagrams of 0 bytes, and its socket gave it 0 of 0',
  ]);
  counters['received'] = 0;
});

test('an overlay that counts one twice is found, also after it was left', async () => {
  const node = createBench().node('1.1.1.1:1');
  await node.running.leave();
  (node.counters as Counts)['handled'] = 2;
  expect(findMiscounts()).toEqual(['0 datagrams were delivered to overlays, which count 2']);
  (node.counters as Counts)['handled'] = 0;
});

test('a node whose outcomes are not what it received is found', () => {
  const world = createWorld({ seed: 1 });
  const config = new ConfigBuilder().clearOverlays().finalize();
  const node = createNode(config, { env: world.env('1.0.0.1') });
  const traffic = node.traffic as unknown as Counts;
  traffic['received'] = 3;
  expect(findMiscounts()).toEqual(['a node counts 0 datagrams by outcome and received 3']);
  traffic['received'] = 0;
});
