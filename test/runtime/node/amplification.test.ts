/** A node whose community answers far too much, to whoever never answered it. */
import { expect, test } from 'vitest';
import { lamportProtocol, sendClock } from '../../../generated/lamport.ts';
import { createAddress, printAddress } from '../../../runtime/address/text.ts';
import { STARTED_BYTES_PER_TARGET_MAX } from '../../../runtime/endpoint/limits.ts';
import { Clock } from '../../../generated/lamport.ts';
import type { Community } from '../../../runtime/community/overlay.ts';
import { createCrypto } from '../../../runtime/crypto/create-crypto.ts';
import { createNode } from '../../../runtime/node/node.ts';
import { createPrefix } from '../../../runtime/packet/header.ts';
import { seal } from '../../../runtime/packet/seal.ts';
import { createWorld } from '../../../runtime/simulation/index.ts';
import { lamportConfig } from './fixtures.ts';

const crypto = await createCrypto();

/** Sends a thousand clocks for each. */
const shouting: Community<typeof lamportProtocol> = {
  protocol: lamportProtocol,
  create: (overlay) => ({
    handlers: {
      clock(_message, { from }) {
        for (let clock = 0; clock < 1_000; clock++) sendClock(overlay, from, { clock });
      },
    },
  }),
};

test('who is forged as a source gets three times the bytes and what one node starts, from any handler', async () => {
  const world = createWorld({ seed: 35 });
  const node = createNode(lamportConfig('10.0.0.1'), {
    env: world.env('10.0.0.1'),
    crypto,
    extraCommunities: { Lamport: shouting },
  });
  await node.start();
  const victim = createAddress('9.9.9.9', 9);
  const socket = await world
    .env(victim.host)
    .datagrams.bind(victim, { onDatagram: () => {}, onError: () => {} });
  if (!socket.ok) throw socket.error;
  const key = crypto.generateKey('curve25519');
  if (!key.ok) throw new Error(key.error.message);
  const prefix = createPrefix(2, lamportProtocol.communityId);
  const envelope = { prefix, identity: key.value, crypto, globalTime: 1n };
  const forged = seal(Clock, new Clock({ clock: 1 }), envelope);
  for (let count = 0; count < 10; count++)
    socket.value.send(forged, createAddress('10.0.0.1', 8090));
  await world.run({ forMs: 1_000 });
  const sent = world.entries
    .filter(({ event, to }) => event === 'send' && printAddress(to) === '9.9.9.9:9')
    .reduce((sum, { bytes }) => sum + bytes.length, 0);
  expect(sent).toBeGreaterThan(STARTED_BYTES_PER_TARGET_MAX);
  expect(sent).toBeLessThanOrEqual(STARTED_BYTES_PER_TARGET_MAX + 3 * 10 * forged.length);
  expect(node.traffic.unsent['over-budget']).toBeGreaterThan(9_000);
  await node.stop();
});
