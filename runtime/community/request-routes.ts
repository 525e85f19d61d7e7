/** What a protocol's requests make of its routes: questions are answered, answers are awaited. */
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

/** The routes, those of questions with `send` for what their handlers give. */
export function answeringRoutes(
  routes: readonly Route[],
  requests: readonly RequestType[],
  send: (answer: HandlerAnswer) => Ignored | undefined,
): readonly Route[] {
  return routes.map((route) => {
    const request = requests.find(({ question }) => question === route.type);
    if (request === undefined) return route;
    const { type, handle, endsAtOnce, isExpected } = route;
    const reply: Route['reply'] = (answer, question, context) =>
      send({ type: request, question, answer, context });
    return { type, handle, reply, endsAtOnce, isExpected };
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
    handle: (answer, context) => open.settle(types, answer, context),
    reply: undefined,
    endsAtOnce: true,
    isExpected: (from) => open.isExpected(type, from),
  }));
}
