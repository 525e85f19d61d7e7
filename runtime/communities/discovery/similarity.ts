/** Which communities a peer is in, and which ones we are in. */
import {
  requestSimilarity,
  SimilarityRequest,
  SimilarityResponse,
} from '../../../generated/discovery.ts';
import { ConnectionType } from '../../../generated/introduction.ts';
import { fromHex, toHex } from '../../base/bytes.ts';
import type { Overlay } from '../../community/overlay.ts';
import type { Peer } from '../../peer/peer.ts';
import type { SignedContext } from '../../protocol/handlers.ts';
import type { AnswerOf } from '../../protocol/requests.ts';
import type { discoveryProtocol } from '../../../generated/discovery.ts';
import { SIMILARITY_COMMUNITIES_MAX } from './limits.ts';

type Answer = AnswerOf<(typeof discoveryProtocol)['requests']['similarityRequest']>;

/**
 * Asks a peer which communities it is in, and tells it ours, one message for each key that we take
 * part with. What it answers becomes what the network knows of its services.
 */
export function askForCommunities(overlay: Overlay, peer: Peer): void {
  overlay.tasks.runAnonymous('ask for communities', async () => {
    for (const key of otherKeys(overlay)) {
      // Said for the sake of our other keys; the answer to the last question has all there is.
      const identifier = overlay.random.below(65_536);
      const question = new SimilarityRequest({ ...questionOf(overlay, key), identifier });
      overlay.send(peer, SimilarityRequest, question, { as: key });
    }
    const answer = await requestSimilarity(overlay, peer, questionOf(overlay, overlay.myPeer));
    if (answer.ok) learn(overlay, peer, answer.value.preferenceList);
  });
}

/** Answers, one message for each key that we take part with, and keeps what the question says. */
export function tellCommunities(
  overlay: Overlay,
  { identifier, preferenceList }: SimilarityRequest,
  { peer, from }: SignedContext,
): Answer {
  learn(overlay, peer, preferenceList);
  // One answer is in proportion to its question, or is withheld; more are for those who proved
  // where they are.
  const keys = overlay.network.isProved(from) ? otherKeys(overlay) : [];
  for (const key of keys) {
    const answer = new SimilarityResponse({ identifier, ...answerOf(overlay, key) });
    overlay.send(from, SimilarityResponse, answer, { as: key });
  }
  return answerOf(overlay, overlay.myPeer);
}

function learn(overlay: Overlay, peer: Peer, communityIds: readonly Uint8Array[]): void {
  const services = communityIds.slice(0, SIMILARITY_COMMUNITIES_MAX).map(toHex);
  overlay.network.discoverServices(peer, services);
}

function questionOf(overlay: Overlay, key: Peer): Omit<SimilarityRequest, 'identifier'> {
  const { lan, wan } = overlay.ownAddresses;
  return {
    lanAddress: lan,
    wanAddress: wan,
    flags: { connection: ConnectionType.unknown },
    preferenceList: communitiesOf(overlay, key),
  };
}

function answerOf(overlay: Overlay, key: Peer): Answer {
  return { preferenceList: communitiesOf(overlay, key), overlap: [] };
}

/** Those we take part in with this key. */
function communitiesOf(overlay: Overlay, key: Peer): readonly Uint8Array[] {
  const own = overlay.siblings().filter(({ myPeer }) => myPeer.id === key.id);
  return own.slice(0, SIMILARITY_COMMUNITIES_MAX).map(({ communityId }) => fromHex(communityId));
}

/** Our keys but the one of this overlay. */
function otherKeys(overlay: Overlay): readonly Peer[] {
  const keys = new Map(overlay.siblings().map(({ myPeer }) => [myPeer.id, myPeer]));
  keys.delete(overlay.myPeer.id);
  return [...keys.values()];
}
