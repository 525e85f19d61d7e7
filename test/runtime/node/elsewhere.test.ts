/** Sockets of bootstrappers: what they hear and send is in the node's numbers too. */
import { expect, test } from 'vitest';
import { createAddress } from '../../../runtime/address/text.ts';
import { ConfigBuilder } from '../../../runtime/config/config-builder.ts';
import { createNode } from '../../../runtime/node/node.ts';
import { printMetrics } from '../../../runtime/node/print-metrics.ts';
import { createWorld } from '../../../runtime/simulation/index.ts';
import { lamportSession } from './fixtures.ts';

test('what comes to the socket that calls the local network is counted once, as what it sends', async () => {
  const world = createWorld({ seed: 1 });
  const config = new ConfigBuilder()
    .clearKeys()
    .clearOverlays()
    .setAddress('10.0.0.1')
    .addEphemeralKey('my peer')
    .addOverlay('Lamport', 'my peer', {
      walkers: [{ strategy: 'RandomWalk', peers: 20, init: {} }],
      bootstrappers: [{ class: 'UDPBroadcastBootstrapper', init: {} }],
    })
    .finalize();
  const extraCommunities = { Lamport: lamportSession().community };
  const node = createNode(config, { env: world.env('10.0.0.1'), extraCommunities });
  let beacons = 0;
  const bound = await world.env('10.0.0.2').datagrams.bind(createAddress('0.0.0.0', 5), {
    onDatagram(_, from) {
      beacons += 1;
      if (!bound.ok) return;
      for (let count = 0; count < 3; count++) bound.value.send(new Uint8Array(9), from);
    },
    onError: () => {},
  });
  await node.start();
  await world.run({ forMs: 11_000 });
  expect(beacons).toBe(1);
  expect(node.traffic).toMatchObject({ received: 3, receivedBytes: 27, elsewhere: 3 });
  expect(node.traffic.sent).toBeGreaterThanOrEqual(65_534);
  expect(node.counters).toEqual({ elsewhere: 3 });
  const lines = printMetrics(node.metrics()).split('\n');
  expect(lines).toContain('ipv8_datagrams_total{outcome="elsewhere"} 3');
  await node.stop();
  expect(node.traffic.received).toBe(3);
});
