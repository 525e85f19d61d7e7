/** Many nodes in one world that look for each other, and how far they have come. */
import { concatBytes, toBase64 } from '../../runtime/base/bytes.ts';
import { ConfigBuilder } from '../../runtime/config/config-builder.ts';
import type { Config, HostConfig, OverlayConfig } from '../../runtime/config/config.ts';
import { createCrypto } from '../../runtime/crypto/create-crypto.ts';
import type { Random } from '../../runtime/env/random.ts';
import { createNode, type Node } from '../../runtime/node/node.ts';
import { createStandInCrypto, createWorld, type World } from '../../runtime/simulation/index.ts';
import { createTracker, type Tracker } from '../../runtime/tracker/tracker.ts';

export type CrowdOptions = {
  readonly peers: number;
  readonly trackers: number;
  readonly seed: number;
  /** The share of datagrams that is lost. */
  readonly loss: number;
  /** Settings of their overlay. */
  readonly initialize?: OverlayConfig['initialize'];
};

/** How many neighbours the nodes had at one time. */
export type Sample = {
  readonly second: number;
  readonly mean: number;
  readonly min: number;
  /** The share of nodes with as many as a walk wants. */
  readonly complete: number;
};

export type Crowd = {
  readonly world: World;
  readonly nodes: readonly Node[];
  readonly trackers: readonly Tracker[];
  sample(): Sample;
};

/** Neighbours that a walk looks for (py-ipv8 3.2 ipv8/configuration.py). */
export const NEIGHBOURS = 20;

const PORT = 8090;
export const OVERLAY = 'DiscoveryCommunity';
const MY_KEY = 'my peer';

/** Nodes start evenly over this time, so that they do not all step at the same moments. */
const START_MS = 1_000;

/**
 * Real nodes, with stand-ins for signatures, whose starts are planned: none runs before the world
 * does. Each has a network (/24) of its own.
 */
export async function createCrowd(options: CrowdOptions): Promise<Crowd> {
  const { peers, trackers, seed, loss, initialize = {} } = options;
  const world = createWorld({ seed, link: { delayMs: { min: 20, max: 100 }, loss } });
  const crypto = createStandInCrypto(await createCrypto());
  const hosts: HostConfig[] = Array.from({ length: trackers }, (_, at) => [`50.0.${at}.1`, PORT]);
  const trackerNodes = hosts.map(([host, port]) => {
    const env = world.env(host);
    const interfaces = [{ interface: 'UDPIPv4', ip: host, port }] as const;
    return createTracker({ env, crypto, interfaces, key: { bin: seededKey(env.random) } });
  });
  await Promise.all(trackerNodes.map((tracker) => tracker.start()));
  const nodes = Array.from({ length: peers }, (_, at) => {
    const host = `${20 + (at >> 16)}.${(at >> 8) & 255}.${at & 255}.1`;
    const env = world.env(host);
    const peer = createNode(peerConfig(seededKey(env.random), hosts, initialize), { env, crypto });
    env.clock.after((at * START_MS) / peers, () => void peer.start());
    return peer;
  });
  return { world, nodes, trackers: trackerNodes, sample: () => sampleOf(world, nodes) };
}

/** A private key in base64: a node that generates one would ask the secure source. */
function seededKey(random: Random): string {
  return toBase64(concatBytes(new TextEncoder().encode('LibNaCLSK:'), random.bytes(64)));
}

function peerConfig(
  key: string,
  trackers: readonly HostConfig[],
  initialize: OverlayConfig['initialize'],
): Config {
  return new ConfigBuilder()
    .clearKeys()
    .clearOverlays()
    .setPort(PORT)
    .addKeyFromBin(MY_KEY, key)
    .addOverlay(OVERLAY, MY_KEY, {
      walkers: [{ strategy: 'RandomWalk', peers: NEIGHBOURS, init: { timeout: 3 } }],
      bootstrappers: [{ class: 'DispersyBootstrapper', init: { ipAddresses: trackers } }],
      initialize,
    })
    .finalize();
}

function sampleOf(world: World, nodes: readonly Node[]): Sample {
  const counts = nodes.map((node) => node.overlay(OVERLAY)?.peers().length ?? 0);
  const sum = counts.reduce((total, count) => total + count, 0);
  return {
    second: world.now / 1_000,
    mean: sum / counts.length,
    min: Math.min(...counts),
    complete: counts.filter((count) => count >= NEIGHBOURS).length / counts.length,
  };
}
