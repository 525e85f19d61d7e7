/** A node in a flood, on the clock of a world: what the budget is for. */
import { expect, test } from 'vitest';
import type { Address } from '../../../runtime/address/address.ts';
import { IntroductionRequest } from '../../../generated/introduction.ts';
import { createCrypto } from '../../../runtime/crypto/create-crypto.ts';
import type { Crypto } from '../../../runtime/crypto/crypto.ts';
import type { PrivateKey } from '../../../runtime/crypto/keys.ts';
import { lamportProtocol } from '../../../generated/lamport.ts';
import { createNode, type Node, type NodeOptions } from '../../../runtime/node/node.ts';
import { createPrefix } from '../../../runtime/packet/header.ts';
import { seal } from '../../../runtime/packet/seal.ts';
import { createStandInCrypto, createWorld } from '../../../runtime/simulation/index.ts';
import { lamportConfig, lamportSession } from './fixtures.ts';

const real = await createCrypto();
const standIn = createStandInCrypto(real);
const at = (host: string): Address => ({ kind: 'ipv4', host, port: 8090 });

function newKey(): PrivateKey {
  const key = real.generateKey('curve25519');
  if (!key.ok) throw new Error(key.error.message);
  return key.value;
}

/** A request with a signature that is wrong, of whoever. */
function forgedRequest(to: string, key: PrivateKey): Uint8Array {
  const request = new IntroductionRequest({
    destinationAddress: at(to),
    sourceLanAddress: at('0.0.0.0'),
    sourceWanAddress: at('0.0.0.0'),
    flags: { connection: 0, supportsNewStyle: false, advice: true },
    identifier: 1,
    extraBytes: new Uint8Array(0),
  });
  const prefix = createPrefix(2, lamportProtocol.communityId);
  const datagram = seal(IntroductionRequest, request, {
    prefix,
    identity: key,
    crypto: standIn,
    globalTime: 1n,
  });
  datagram[datagram.length - 1] = (datagram.at(-1) ?? 0) ^ 1;
  return datagram;
}

/** Two nodes that know each other, and what the first one checks. */
async function createPair(options: Pick<NodeOptions, 'verifyPaces'> = {}) {
  const world = createWorld({ seed: 34 });
  let checks = 0;
  const counting: Crypto = {
    ...standIn,
    verify(...given) {
      checks += 1;
      return standIn.verify(...given);
    },
  };
  const start = async (host: string, crypto: Crypto): Promise<Node> => {
    const hosts = [['10.0.0.1', 8090] as const];
    const node = createNode(lamportConfig(host, { hosts: host === '10.0.0.1' ? [] : hosts }), {
      env: world.env(host),
      crypto,
      extraCommunities: { Lamport: lamportSession().community },
      ...options,
    });
    await node.start();
    return node;
  };
  const victim = await start('10.0.0.1', counting);
  const peer = await start('10.0.0.2', standIn);
  await world.run({ forMs: 30_000 });
  const overlay = peer.overlay('Lamport');
  if (overlay === undefined) throw new Error('no overlay');
  expect(victim.network.isProved(at('10.0.0.2'))).toBe(true);

  /** Forged datagrams, so many a virtual second, from wherever and with whatever key. */
  const flood = async (
    pps: number,
    seconds: number,
    source: (at: number) => [string, Uint8Array],
  ) => {
    const before = checks;
    for (let count = 0; count < pps * seconds; count++) {
      const [from, bytes] = source(count);
      inject(from, bytes);
      if (count % (pps / 1_000) === 0) await world.run({ forMs: 1 });
    }
    return checks - before;
  };
  const sockets = new Map<string, Promise<(bytes: Uint8Array) => void>>();
  const inject = (from: string, bytes: Uint8Array): void => {
    const opened =
      sockets.get(from) ??
      world
        .env(from)
        .datagrams.bind({ ...at(from), port: 666 }, { onDatagram: () => {}, onError: () => {} })
        .then((bound) => (sent: Uint8Array) => {
          if (bound.ok) bound.value.send(sent, at('10.0.0.1'));
        });
    sockets.set(from, opened);
    void opened.then((send) => send(bytes));
  };
  return { world, victim, peer, overlay, flood };
}

test('a flood of forged signatures costs its share, and a peer that is known does not notice', async () => {
  const { flood, victim, overlay, world } = await createPair();
  const bytes = forgedRequest('10.0.0.1', newKey());
  const heardBefore = victim.network.lastHeard(overlay.myPeer) ?? 0;
  const checks = await flood(20_000, 3, (count) => [`66.${count % 40}.1.1`, bytes]);
  // A fifth of a core, at 0.165 ms each, and the burst.
  expect(checks).toBeLessThan((3 * 200 + 200) / 0.165 + 100);
  expect(victim.counters['rate-limited']).toBeGreaterThan(50_000);
  await world.run({ forMs: 5_000 });
  expect(victim.network.lastHeard(overlay.myPeer)).toBeGreaterThan(heardBefore);
  expect(victim.network.peerAt(at('10.0.0.2'))?.id).toBe(overlay.myPeer.id);
});

test('it can be switched off', async () => {
  const { flood, victim } = await createPair({ verifyPaces: 'off' });
  const bytes = forgedRequest('10.0.0.1', newKey());
  expect(await flood(20_000, 0.5, () => ['66.1.1.1', bytes])).toBeGreaterThan(9_000);
  expect(victim.counters['rate-limited']).toBeUndefined();
});
