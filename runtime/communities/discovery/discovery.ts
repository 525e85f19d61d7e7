/** The overlay in which nodes of all communities meet. */
import { discoveryProtocol } from '../../../generated/discovery.ts';
import type { Behaviour, Community, OwnFormRequest, Overlay } from '../../community/overlay.ts';
import type { Protocol } from '../../protocol/protocol.ts';
import { IntroductionRequest } from '../../../generated/introduction.ts';
import { toHex } from '../../base/bytes.ts';
import { askForCommunities, tellCommunities } from './similarity.ts';
import { DISCOVERY_STRATEGIES } from './strategies.ts';

const protocol = {
  ...discoveryProtocol,
  messages: { ...discoveryProtocol.messages, introductionRequest: IntroductionRequest },
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
        // In this overlay the reference answers the old style in the old style, whatever the request
        // says of the new one (peerdiscovery/community.py:135).
        introductionRequest: (request, context) =>
          overlay.answerIntroduction(inOldStyle(request), context),
        // Dispersy's form, which names whom to meet.
        discoveryIntroductionRequest(request, context) {
          const wanted = toHex(request.introduceTo);
          const introduced = overlay.network.peers().find(({ id }) => id === wanted);
          return overlay.answerIntroduction(inOldStyle(request), context, introduced);
        },
      },
      onIntroductionResponse: (peer) => askForCommunities(overlay, peer),
    };
  },
};

function inOldStyle(request: OwnFormRequest): OwnFormRequest {
  const { destinationAddress, sourceLanAddress, sourceWanAddress, identifier } = request;
  const flags = { supportsNewStyle: false, advice: request.flags.advice };
  return { destinationAddress, sourceLanAddress, sourceWanAddress, identifier, flags };
}
