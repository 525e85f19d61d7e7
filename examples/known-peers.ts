import { printPeer, type Community, type Overlay } from '../runtime/index.ts';
import { myCommunityProtocol } from '../generated/my-community.ts';

/** Says every five seconds who it is and whom it knows. */
export const knownPeers: Community<typeof myCommunityProtocol> = {
  protocol: myCommunityProtocol,
  create(overlay) {
    return {
      started() {
        overlay.tasks.repeat('print peers', { intervalMs: 5000, delayMs: 0 }, () => {
          const known = overlay.peers().map((peer) => printPeer(peer, overlay.addressOf(peer)));
          console.log(`I am: ${printMe(overlay)} I know: [${known.join(', ')}]`);
        });
      },
      handlers: {},
    };
  },
};

function printMe({ myPeer, myAddress }: Overlay): string {
  return printPeer(myPeer, myAddress);
}
