import { printAddress } from '../address/text.ts';
import type { Log } from '../env/log.ts';
import { printMid } from '../peer/peer.ts';
import type { Walkable } from '../walker/strategy.ts';

/** The same, whose walks show in the log at level DEBUG. */
export function logWalks(walkable: Walkable, name: string, log: Log): Walkable {
  return {
    peers: () => walkable.peers(),
    walkableAddresses: () => walkable.walkableAddresses(),
    bootstrap: () => walkable.bootstrap(),
    walkTo(address) {
      if (log.isOn('DEBUG')) {
        log.write('DEBUG', 'walking to', { overlay: name, address: printAddress(address) });
      }
      walkable.walkTo(address);
    },
    requestIntroduction(peer) {
      if (log.isOn('DEBUG')) {
        const from = peer === undefined ? undefined : printMid(peer.mid);
        log.write('DEBUG', 'asking for an introduction', { overlay: name, from });
      }
      walkable.requestIntroduction(peer);
    },
    forgetAddress(address) {
      if (log.isOn('DEBUG')) {
        log.write('DEBUG', 'no answer', { overlay: name, address: printAddress(address) });
      }
      walkable.forgetAddress(address);
    },
  };
}
