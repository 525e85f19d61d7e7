/** What a protocol's requests make of its routes: questions are answered, answers are awaited. */
import { isPromiseLike } from '../base/promise-like.ts';
import type { MessageType } from '../protocol/protocol.ts';
import type { RequestType } from '../protocol/requests.ts';
import type { Ignored } from './counters.ts';
import type { OpenRequests } from './open-requests.ts';
import type { Route, RouteContext } from './router.ts';

/** What a handler gave, and to which question. */
export type HandlerAnswer = {
  readonly type: RequestType;
  readonly question: unknown;
  readonly answer: unknown;
  readonly context: RouteContext;
};

/** The routes, with those of questions giving what their handlers return to `reply`. */
export function answeringRoutes(
  routes: readonly Route[],
  requests: readonly RequestType[],
  reply: (answer: HandlerAnswer) => Ignored | undefined,
): readonly Route[] {
  return routes.map((route) => {
    const type = requests.find(({ question }) => question === route.type);
    if (type === undefined) return route;
    const handle: Route['handle'] = (question, context) => {
      const given = route.handle(question, context);
      if (!isPromiseLike(given)) return reply({ type, question, answer: given, context });
      return given.then((answer) => reply({ type, question, answer, context }));
    };
    return { ...route, handle };
  });
}

/** One route for each type of answer. */
export function answerRoutes(
  requests: readonly RequestType[],
  open: OpenRequests,
): readonly Route[] {
  const byAnswer = new Map<MessageType<unknown>, readonly RequestType[]>();
  for (const type of requests) {
    byAnswer.set(type.answer, [...(byAnswer.get(type.answer) ?? []), type]);
  }
  return [...byAnswer].map(([type, types]) => ({
    type,
    endsAtOnce: true,
    isExpected: (from) => open.isExpected(type, from),
    handle: (answer, context) => open.settle(types, answer, context),
  }));
}
