/** Finds out which peers still live, and forgets the others. */
import { BoundedMap } from '../base/bounded-map.ts';
import type { Clock } from '../env/clock.ts';
import { sample } from '../env/random.ts';
import type { Random } from '../env/random.ts';
import type { Network } from '../network/network.ts';
import { ROUND_TRIPS_PER_PEER_MAX } from '../network/limits.ts';
import type { Peer } from '../peer/peer.ts';
import { PINGED_PEERS_MAX } from './limits.ts';
import type { WalkStrategy } from './strategy.ts';

/** Settings of a churn; the defaults are the reference's (py-ipv8 3.2 peerdiscovery/churn.py:20). */
export type RandomChurnOptions = {
  /** Peers looked at in one step. */
  readonly sampleSize: number;
  /** The least time between two pings of one peer. */
  readonly pingIntervalMs: number;
  /** A peer that was silent for longer is pinged. */
  readonly inactiveMs: number;
  /** A peer that was silent for longer although it was pinged is forgotten. */
  readonly dropMs: number;
};

export const RANDOM_CHURN_DEFAULTS: RandomChurnOptions = {
  sampleSize: 8,
  pingIntervalMs: 10_000,
  inactiveMs: 27_500,
  dropMs: 57_500,
};

/** What a churn is made of. */
export type RandomChurnParts = {
  readonly network: Pick<
    Network,
    'peers' | 'lastHeard' | 'roundTripsOf' | 'removePeer' | 'addressOf'
  >;
  /** Asks the peer whether it lives; whoever does so tells the network of the answer. */
  readonly ping: (peer: Peer) => void;
  readonly clock: Clock;
  readonly random: Random;
  readonly options?: Partial<RandomChurnOptions>;
};

/**
 * Each step looks at a few random peers of all overlays. Silent ones are pinged, and so are those
 * whose answers were not timed five times yet; who stays silent is forgotten.
 */
export function createRandomChurn(parts: RandomChurnParts): WalkStrategy {
  const { network, ping, clock, random } = parts;
  const options = { ...RANDOM_CHURN_DEFAULTS, ...parts.options };
  /** When each peer was pinged last, by its id. */
  const pinged = new BoundedMap<string, number>({
    countMax: PINGED_PEERS_MAX,
    onFull: 'drop-oldest',
  });

  function pingAgain(peer: Peer, now: number): void {
    const before = pinged.get(peer.id);
    if (before !== undefined && now - before <= options.pingIntervalMs) return;
    // Deleted first, so that the peer pinged longest ago is the first to leave a full map.
    pinged.delete(peer.id);
    pinged.set(peer.id, now);
    ping(peer);
  }

  return {
    step() {
      const now = clock.now();
      for (const peer of sample(random, network.peers(), options.sampleSize)) {
        const silentMs = now - (network.lastHeard(peer) ?? now);
        if (silentMs > options.dropMs && pinged.has(peer.id)) {
          pinged.delete(peer.id);
          network.removePeer(peer);
          continue;
        }
        const isTimed = network.roundTripsOf(peer).length >= ROUND_TRIPS_PER_PEER_MAX;
        if (silentMs > options.inactiveMs || !isTimed) pingAgain(peer, now);
      }
    },
  };
}
