import type { Peer } from '../peer/peer.ts';
import type { AnyBehaviour } from './any-community.ts';
import { Ignored } from './counters.ts';
import type { Route } from './router.ts';

/** Of the old and the new style (py-ipv8 3.2 messaging/payload.py:76-232). */
const HOOKS: ReadonlyMap<number, 'onIntroductionRequest' | 'onIntroductionResponse'> = new Map([
  [246, 'onIntroductionRequest'],
  [245, 'onIntroductionResponse'],
  [234, 'onIntroductionRequest'],
  [233, 'onIntroductionResponse'],
]);

export type IntroductionHooksParts = {
  readonly behaviour: AnyBehaviour;
  /** False for those that introduce but are no peers: a community hears nothing of them. */
  readonly isPeer: (peer: Peer) => boolean;
  readonly onError: (error: unknown, hook: string) => void;
};

/** The routes of introductions, whose messages that were acted on the community hears of too. */
export function withIntroductionHooks(
  routes: readonly Route[],
  { behaviour, isPeer, onError }: IntroductionHooksParts,
): readonly Route[] {
  return routes.map((route) => {
    const { type, reply, endsAtOnce, isExpected } = route;
    const hook = HOOKS.get(type.id);
    if (hook === undefined || behaviour[hook] === undefined) return route;
    const handle: Route['handle'] = (message, context) => {
      const result = route.handle(message, context);
      const { peer, from } = context;
      if (result instanceof Ignored || peer === undefined || !isPeer(peer)) return result;
      try {
        behaviour[hook]?.(peer, from);
      } catch (error) {
        onError(error, hook);
      }
      return result;
    };
    return { type, handle, reply, endsAtOnce, isExpected };
  });
}
