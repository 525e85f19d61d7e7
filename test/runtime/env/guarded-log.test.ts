import { expect, test } from 'vitest';
import { createAddress } from '../../../runtime/address/text.ts';
import { ConfigBuilder } from '../../../runtime/config/config-builder.ts';
import type { Log } from '../../../runtime/env/log.ts';
import { createNode } from '../../../runtime/node/node.ts';
import { createWorld } from '../../../runtime/simulation/index.ts';
import { createTracker } from '../../../runtime/tracker/tracker.ts';

const broken: Log = {
  write: () => {
    throw new Error('no room on the disk');
  },
  isOn: () => true,
};

test('a log that throws ends neither a node nor a tracker, nor what they are given', async () => {
  const world = createWorld({ seed: 1 });
  const config = new ConfigBuilder().clearKeys().clearOverlays().finalize();
  const node = createNode(config, { env: { ...world.env('1.0.0.1'), log: broken } });
  const tracker = createTracker({ env: { ...world.env('2.0.0.1'), log: broken } });
  await Promise.all([node.start(), tracker.start()]);
  const socket = await world
    .env('3.0.0.1')
    .datagrams.bind(createAddress('3.0.0.1', 1), { onDatagram: () => {}, onError: () => {} });
  if (!socket.ok) throw socket.error;
  for (const host of ['1.0.0.1', '2.0.0.1']) {
    socket.value.send(Uint8Array.of(1, 2, 3), createAddress(host, 8090));
  }
  await world.run({ forMs: 1_000 });
  expect([node.counters, tracker.counters]).toEqual([{ 'too-short': 1 }, { 'too-short': 1 }]);
  await Promise.all([node.stop(), tracker.stop()]);
});
