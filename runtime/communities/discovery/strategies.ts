/** The strategies of the discovery overlay, by the names for a configuration. */
import type { Address } from '../../address/address.ts';
import { requestPing } from '../../../generated/discovery.ts';
import type { Overlay, StrategyFactory } from '../../community/overlay.ts';
import type { RandomChurnInit } from '../../config/config.ts';
import { pick } from '../../env/random.ts';
import type { Peer } from '../../peer/peer.ts';
import { createRandomChurn } from '../../walker/random-churn.ts';
import type { WalkStrategy } from '../../walker/strategy.ts';
import { askForCommunities } from './similarity.ts';

/** The least time between two questions (py-ipv8 3.2 peerdiscovery/community.py:49). */
const SIMILARITY_INTERVAL_MS = 1_000;

export const DISCOVERY_STRATEGIES: Readonly<Record<string, StrategyFactory>> = Object.freeze({
  PeriodicSimilarity: (overlay) => createPeriodicSimilarity(overlay),
  RandomChurn: (overlay, init) => {
    // `parseConfig` judged the settings by this name.
    const settings = init as RandomChurnInit;
    const { network, clock, random } = overlay;
    const options = {
      ...(settings.sampleSize !== undefined && { sampleSize: settings.sampleSize }),
      ...(settings.pingInterval !== undefined && {
        pingIntervalMs: settings.pingInterval * 1_000,
      }),
      ...(settings.inactiveTime !== undefined && { inactiveMs: settings.inactiveTime * 1_000 }),
      ...(settings.dropTime !== undefined && { dropMs: settings.dropTime * 1_000 }),
    };
    return createRandomChurn({
      network,
      clock,
      random,
      options,
      ping: (peer) => ping(overlay, peer),
    });
  },
});

/** Asks a random peer of any of our overlays which communities it is in, at most once a second. */
function createPeriodicSimilarity(overlay: Overlay): WalkStrategy {
  const { network, clock, random } = overlay;
  let askedAt: number | undefined;
  return {
    step() {
      const now = clock.now();
      if (askedAt !== undefined && now - askedAt < SIMILARITY_INTERVAL_MS) return;
      const peer = pick(random, network.peers());
      if (peer === undefined) return;
      askedAt = now;
      askForCommunities(overlay, peer);
    },
  };
}

/**
 * Asks whether a peer lives. The answer is not signed: what says that it is the peer's is the
 * question's number, which only who reads what is sent to the peer's address knows. When another
 * peer of one of its overlays was proved to be there since, the answer is that one's: a node has one
 * key in each overlay.
 */
function ping(overlay: Overlay, peer: Peer): void {
  const { clock, network, tasks } = overlay;
  tasks.runAnonymous('ping', async () => {
    const sentAt = clock.now();
    const answer = await requestPing(overlay, peer, {});
    if (!answer.ok || isReplaced(overlay, peer, answer.context.from)) return;
    network.heardFrom(peer);
    network.measured(peer, clock.now() - sentAt);
  });
}

/** True when who is at the address has the peer's place in an overlay: it was started anew, with another key. */
function isReplaced({ network }: Overlay, peer: Peer, at: Address): boolean {
  const other = network.peerAt(at);
  if (other === undefined || other.id === peer.id) return false;
  const services = network.servicesOf(peer);
  return network.servicesOf(other).some((service) => services.includes(service));
}
