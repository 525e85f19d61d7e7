/** The overlay in which nodes of all communities meet. */
import { discoveryProtocol } from '../../../generated/discovery.ts';
import type { Community } from '../../community/overlay.ts';
import type { Protocol } from '../../protocol/protocol.ts';

/** Of its own messages none is spoken: only introductions travel here, the others count as unknown. */
const protocol = { ...discoveryProtocol, messages: {}, requests: {} } as const satisfies Protocol;

/** Walks the discovery overlay: introduces and is introduced. */
export const discoveryCommunity: Community<typeof protocol> = {
  protocol,
  create: () => ({ handlers: {} }),
};
