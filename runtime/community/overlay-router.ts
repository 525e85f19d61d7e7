/** Which messages an overlay takes, who may send them, and what each proves of its sender. */
import { createRouter, createRoutes, type Route, type Router } from './router.ts';
import { answeringRoutes, answerRoutes, type HandlerAnswer } from './request-routes.ts';
import { type IntroductionHooksParts, withIntroductionHooks } from './introduction-hooks.ts';
import type { Failures } from '../operations/failures.ts';
import type { GlobalTime } from './global-time.ts';
import type { Ignored } from './counters.ts';
import type { Introduction } from './introduction/introduction.ts';
import type { JoinParts } from './join-parts.ts';
import type { OpenRequests } from './open-requests.ts';
import type { PacketTrace } from '../operations/packet-trace.ts';
import type { MessageType } from '../protocol/protocol.ts';
import type { Peer } from '../peer/peer.ts';

/** What an overlay has when its community is made. */
export type OverlayRouterParts = Pick<IntroductionHooksParts, 'behaviour'> & {
  readonly join: JoinParts;
  readonly myPeer: Peer;
  readonly introduction: Introduction;
  readonly requests: OpenRequests;
  readonly globalTime: GlobalTime;
  readonly failures: Failures;
  readonly trace: PacketTrace;
  /** Sends what a question's handler gave. */
  readonly reply: (answer: HandlerAnswer) => Ignored | undefined;
  readonly onHookError: (error: unknown, hook: string) => void;
};

export type OverlayRouter = {
  readonly router: Router;
  /** The name of a message that may come or go. */
  readonly nameOf: (messageId: number) => string | undefined;
};

export function createOverlayRouter(parts: OverlayRouterParts): OverlayRouter {
  const { behaviour, globalTime, introduction, join, myPeer, requests: open } = parts;
  const { community, crypto, network, onHandlerError, tasks, verifyBudget } = join;
  const requests = Object.values(community.protocol.requests ?? {});
  const handled = createRoutes(community.protocol.messages, behaviour.handlers);
  const own = [...answeringRoutes(handled, requests, parts.reply), ...answerRoutes(requests, open)];
  const ownTypes = typesBeside(introduction.routes, own);
  const handledTypes = typesBeside([], handled);
  const router = createRouter({
    name: join.name,
    log: join.env.log,
    failures: parts.failures,
    trace: parts.trace,
    tasks,
    onHandlerError,
    isProved: (address) => network.isProved(address),
    routes: [...own, ...introductionRoutes(parts, own)],
    openOptions: { crypto, ownKey: myPeer.publicKey },
    admit:
      verifyBudget &&
      ((from, isExpected, key, curve) => {
        const session = (): string | undefined => network.provedPeer(from, key)?.id;
        return verifyBudget.admit({ from, curve, isExpected, session });
      }),
    onVerified: (type, { from, globalTime: time }, peer) => {
      // A recorded packet from elsewhere proves nothing about today.
      if (network.peerAt(from)?.id === peer.id) network.heardFrom(peer);
      // Nor does it move the peer; but its NAT may have given it another port.
      const isMoved = network.addressOf(peer) !== undefined && !network.isAt(peer, from);
      if (isMoved && handledTypes.includes(type)) introduction.prove(from, peer);
      // Introductions carry 16 bits of the time, and the reference never takes it over from them.
      if (time !== undefined && ownTypes.includes(type)) globalTime.observe(time);
    },
  });
  const nameOf = (messageId: number): string | undefined =>
    [...own, ...introduction.routes].find(({ type }) => type.id === messageId)?.type.messageName;
  return { router, nameOf };
}

/** The types of routes whose message ids are not among those of `others`. BOUNDED by the schema. */
function typesBeside(
  others: readonly Route[],
  routes: readonly Route[],
): readonly MessageType<unknown>[] {
  const ids = new Set(others.map(({ type }) => type.id));
  return routes
    .map(({ type }) => type)
    .filter(({ id }) => !ids.has(id))
    .slice();
}

/**
 * A community's own message may override an inherited one, so it is tried first; or it has a
 * handler of its own for it. Introductions go on while the community's handlers are busy: peers
 * would be lost otherwise.
 */
function introductionRoutes(
  { behaviour, introduction, join, onHookError: onError }: OverlayRouterParts,
  own: readonly Route[],
): readonly Route[] {
  const isPeer = (peer: Peer): boolean => join.network.addressOf(peer) !== undefined;
  return withIntroductionHooks(introduction.routes, { behaviour, isPeer, onError })
    .filter(({ type }) => own.every((route) => route.type !== type))
    .map(({ type, handle, reply, isExpected }) => {
      return { type, handle, reply, endsAtOnce: true, isExpected };
    });
}
