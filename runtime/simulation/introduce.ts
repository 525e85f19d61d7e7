import { createAddress } from '../address/text.ts';
import type { Node } from '../node/node.ts';
import { demand } from './demand.ts';

/** A node that runs, and the host whose surroundings it was given. */
export type PlacedNode = { readonly host: string; readonly node: Node };

/**
 * Makes nodes know each other in every overlay they share, as if they had walked: each is a peer of
 * the others, at an address that was proved. Nothing is sent.
 */
export function introduce(placed: readonly PlacedNode[]): void {
  for (const one of placed) {
    for (const other of placed) {
      if (one.node !== other.node) introduceTo(one.node, other);
    }
  }
}

function introduceTo({ network, overlays }: Node, { host, node }: PlacedNode): void {
  const { kind } = createAddress(host, 0);
  const port = node.addresses.find((bound) => bound.kind === kind)?.port;
  demand(
    port !== undefined,
    `introducing the node on ${host}, where it does not run: start it first`,
  );
  const address = createAddress(host, port);
  const services = new Set(overlays.map(({ communityId }) => communityId));
  for (const { communityId, myPeer } of node.overlays) {
    if (!services.has(communityId)) continue;
    network.addVerifiedPeer(myPeer, address, communityId);
    network.confirmAddress(myPeer, address);
  }
}
