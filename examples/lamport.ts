import { lamportProtocol, sendClock } from '../generated/lamport.ts';
import type { Community, Overlay, Peer } from '../runtime/index.ts';

/**
 * A Lamport clock that every peer of the overlay pushes forward; `onClock` hears of every change.
 */
export function createLamport(
  onClock: (overlay: Overlay, clock: number) => void,
): Community<typeof lamportProtocol> {
  return {
    protocol: lamportProtocol,
    create(overlay) {
      let clock = 0;
      const tell = (peer: Peer): void => {
        sendClock(overlay, peer, { clock });
      };
      return {
        started() {
          // Somebody has to begin: as soon as there are peers, until the first clock arrives.
          overlay.tasks.repeat('start communication', { intervalMs: 1000, delayMs: 0 }, () => {
            if (clock > 0) overlay.tasks.cancel('start communication');
            else for (const peer of overlay.peers()) tell(peer);
          });
        },
        handlers: {
          clock(message, { peer }) {
            // A clock at the end of its 32 bits stays there.
            clock = Math.min(Math.max(clock, message.clock) + 1, 0xffff_ffff);
            onClock(overlay, clock);
            tell(peer);
          },
        },
      };
    },
  };
}
