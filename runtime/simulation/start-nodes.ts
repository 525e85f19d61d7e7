import { concatBytes, toBase64 } from '../base/bytes.ts';
import type { AnyCommunity } from '../community/any-community.ts';
import { ConfigBuilder } from '../config/config-builder.ts';
import type { HostConfig } from '../config/config.ts';
import { createCrypto } from '../crypto/create-crypto.ts';
import type { Crypto } from '../crypto/crypto.ts';
import type { Random } from '../env/random.ts';
import { createNode } from '../node/node.ts';
import type { PlacedNode } from './introduce.ts';
import { createStandInCrypto } from './stand-in-crypto.ts';
import type { World } from './world.ts';

/** What nodes of a test are. */
export type StartNodesOptions = {
  readonly count: number;
  /** What each takes part in; the overlays are named as the protocols. */
  readonly communities: readonly AnyCommunity[];
  /** True: each looks for the others, beginning at the first. Otherwise they stay strangers. */
  readonly walks?: boolean;
  /** Stand-ins for signatures unless given. */
  readonly crypto?: Crypto;
};

const PORT = 8090;
const MY_KEY = 'my peer';
const COUNT_MAX = 200;

/**
 * Starts nodes in a world, each on a host of its own: 1.0.0.1, 2.0.0.1 and so on. Their keys come
 * from the world's chance, so that the same seed makes the same nodes. What `started` of a community
 * does is done.
 */
export async function startNodes(
  world: World,
  options: StartNodesOptions,
): Promise<readonly PlacedNode[]> {
  const { count, communities, walks = false } = options;
  if (!(Number.isSafeInteger(count) && count >= 1 && count <= COUNT_MAX)) {
    throw new RangeError(`startNodes: a count of ${count}; give 1 to ${COUNT_MAX}`);
  }
  const crypto = options.crypto ?? createStandInCrypto(await createCrypto());
  const extraCommunities = Object.fromEntries(communities.map((one) => [one.protocol.name, one]));
  const placed = Array.from({ length: count }, (_, at): PlacedNode => {
    const host = `${at + 1}.0.0.1`;
    const env = world.env(host);
    const first: HostConfig[] = walks && at > 0 ? [['1.0.0.1', PORT]] : [];
    const builder = new ConfigBuilder()
      .clearKeys()
      .clearOverlays()
      .setAddress(host)
      .setPort(PORT)
      .addKeyFromBin(MY_KEY, seededKey(env.random));
    for (const name of Object.keys(extraCommunities)) {
      builder.addOverlay(name, MY_KEY, {
        walkers: walks ? [{ strategy: 'RandomWalk', peers: 20, init: {} }] : [],
        bootstrappers: [{ class: 'KnownHosts', init: { ipAddresses: first, bootstrapTimeout: 5 } }],
        onStart: ['started'],
      });
    }
    return { host, node: createNode(builder.finalize(), { env, crypto, extraCommunities }) };
  });
  for (const { node } of placed) await node.start();
  return placed;
}

/** A private key in base64: one that a node generates comes from the machine's secure source. */
function seededKey(random: Random): string {
  return toBase64(concatBytes(new TextEncoder().encode('LibNaCLSK:'), random.bytes(64)));
}
