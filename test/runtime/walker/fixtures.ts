import type { Address } from '../../../runtime/address/address.ts';
import { createAddress, printAddress } from '../../../runtime/address/text.ts';
import type { Peer } from '../../../runtime/peer/peer.ts';
import type { Walkable } from '../../../runtime/walker/strategy.ts';

export function address(number: number): Address {
  return createAddress(`10.0.0.${number}`, 8090);
}

/** An overlay that writes down what a walker asks of it. */
export type RecordingOverlay = Walkable & {
  walkable: Address[];
  verified: Peer[];
  readonly walks: string[];
  readonly forgotten: string[];
  introductions: number;
  bootstraps: number;
};

export function recordingOverlay(walkable: readonly Address[]): RecordingOverlay {
  const overlay: RecordingOverlay = {
    walkable: [...walkable],
    verified: [],
    walks: [],
    forgotten: [],
    introductions: 0,
    bootstraps: 0,
    peers: () => overlay.verified,
    walkableAddresses: () => overlay.walkable,
    walkTo: (target) => void overlay.walks.push(printAddress(target)),
    requestIntroduction: () => void overlay.introductions++,
    bootstrap: () => void overlay.bootstraps++,
    forgetAddress(target) {
      overlay.forgotten.push(printAddress(target));
      overlay.walkable = overlay.walkable.filter((one) => one !== target);
    },
  };
  return overlay;
}
