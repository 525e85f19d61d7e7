/** The overlay in which nodes of all communities meet. */
import { discoveryProtocol } from '../../../generated/discovery.ts';
import type { Behaviour, Community, Overlay } from '../../community/overlay.ts';
import type { Protocol } from '../../protocol/protocol.ts';
import { askForCommunities, tellCommunities } from './similarity.ts';
import { DISCOVERY_STRATEGIES } from './strategies.ts';

const { similarityRequest, ping } = discoveryProtocol.messages;

/** Dispersy's form of the introduction request is read as what it is a form of: nobody sends it. */
const protocol = {
  ...discoveryProtocol,
  messages: { similarityRequest, ping },
} as const satisfies Protocol;

/**
 * Walks the discovery overlay, tells peers which communities we are in and asks them the same, so
 * that overlays of this node learn of each other's peers; answers pings.
 * Source: py-ipv8 3.2 peerdiscovery/community.py.
 */
export const discoveryCommunity: Community<typeof protocol> = {
  protocol,
  strategies: DISCOVERY_STRATEGIES,
  create(overlay: Overlay): Behaviour<typeof protocol> {
    return {
      handlers: {
        similarityRequest: (request, context) => tellCommunities(overlay, request, context),
        ping: () => ({}),
      },
      onIntroductionResponse: (peer) => askForCommunities(overlay, peer),
    };
  },
};
