/** The overlay in which nodes of all communities meet. */
import type { Community } from '../../community/overlay.ts';
import type { Protocol } from '../../protocol/protocol.ts';

/**
 * No messages of its own: only introductions travel here.
 * Source of the id: py-ipv8 3.2 ipv8/peerdiscovery/community.py.
 */
export const discoveryProtocol = {
  name: 'Discovery',
  communityId: '7e313685c1912a141279f8248fc8db5899c5df5a',
  version: 2,
  messages: {},
} as const satisfies Protocol;

/** Walks the discovery overlay: introduces and is introduced. */
export const discoveryCommunity: Community<typeof discoveryProtocol> = {
  protocol: discoveryProtocol,
  create: () => ({ handlers: {} }),
};
