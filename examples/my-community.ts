import type { Community } from '../runtime/index.ts';
import { myCommunityProtocol } from '../generated/my-community.ts';

/** A community of one's own. It has no messages: what it does is be there and find its peers. */
export const myCommunity: Community<typeof myCommunityProtocol> = {
  protocol: myCommunityProtocol,
  create() {
    return { handlers: {} };
  },
};
