/**
 * Datagram → message → handler, with one policy for what can go wrong and one outcome for each.
 */
import type { Address } from '../address/address.ts';
import { printAddress } from '../address/text.ts';
import { assert } from '../base/assert.ts';
import { isPromiseLike } from '../base/promise-like.ts';
import type { Log } from '../env/log.ts';
import type { Failures } from '../operations/failures.ts';
import type { PacketTrace, TracedPacket } from '../operations/packet-trace.ts';
import {
  type Admit,
  type Drop,
  identify,
  type Opened,
  openFirst,
  type OpenOptions,
} from '../packet/open.ts';
import type { Peer } from '../peer/peer.ts';
import type { MessageType } from '../protocol/protocol.ts';
import type { TaskScope } from '../tasks/task-scope.ts';
import type { AnyHandler } from './any-community.ts';
import { type Counters, createCounters, Ignored, type Outcome } from './counters.ts';
import { HandlerPlaces } from './handler-places.ts';

/**
 * A message type and what is done with its messages. Always made with all properties and in this
 * order, never by spreading another one: what has another form costs each node a description of its
 * own in V8, and whoever reads routes a search.
 */
export type Route = {
  readonly type: MessageType<unknown>;
  readonly handle: (message: unknown, context: RouteContext) => unknown;
  /** Sends what the handler of a question gave. */
  readonly reply:
    ((given: unknown, question: unknown, context: RouteContext) => Ignored | undefined) | undefined;
  /** True of a handler that is done when it returns: it is called also while others are `busy`. */
  readonly endsAtOnce: boolean;
  /** False when no message of this type can mean anything now: it is dropped unread. */
  readonly isExpected: ((from: Address) => boolean) | undefined;
};

/** All that is known beside the fields; a handler's type shows it the part its message has. */
export type RouteContext = {
  readonly from: Address;
  /** Its number in the packet trace; 0 while that is off. */
  readonly packet: number;
  /** Of the whole datagram. */
  readonly bytes: number;
  readonly peer: Peer | undefined;
  readonly globalTime: bigint | undefined;
};

/** Where a handler failed. */
export type HandlerFailure = { readonly overlay: string; readonly message: string };

/** Whether the signature of a datagram may be checked; `isExpected` of answers that we wait for. */
export type AdmitFrom = (from: Address, isExpected: boolean, ...key: Parameters<Admit>) => boolean;

export type RouterParts = {
  /** The overlay's name, for the log. */
  readonly name: string;
  /** In the order in which they are tried: a community's own before the inherited ones. */
  readonly routes: readonly Route[];
  readonly openOptions: OpenOptions;
  /** Asked before each signature is checked; without it, all are. */
  readonly admit?: AdmitFrom | undefined;
  readonly log: Log;
  readonly failures: Failures;
  readonly trace: PacketTrace;
  /** True when somebody at the address answered a question of ours: it was not forged. */
  readonly isProved: (address: Address) => boolean;
  /** Owns the promises of asynchronous handlers. */
  readonly tasks: TaskScope;
  /** Called with the sender of every signed message before its handler. */
  readonly onVerified: (type: MessageType<unknown>, context: RouteContext, peer: Peer) => void;
  /** Hears of every failure, as `failures` does. Must not throw. */
  readonly onHandlerError?: ((error: unknown, where: HandlerFailure) => void) | undefined;
};

export type Router = {
  /** Says what became of the datagram; for an asynchronous handler, so far. */
  receive(datagram: Uint8Array, from: Address): Outcome;
  readonly counters: Counters;
};

/** Pairs each message type with the handler of its name, and with what says when it is expected. */
export function createRoutes(
  messages: { readonly [name: string]: MessageType<unknown> },
  handlers: { readonly [name: string]: AnyHandler },
  isExpected: { readonly [name: string]: NonNullable<Route['isExpected']> } = {},
): readonly Route[] {
  return Object.entries(messages).map(([name, type]) => {
    const handler = handlers[name];
    if (handler === undefined) throw new Error(missingHandler(type.messageName, name));
    // The one cast: `type` decodes what `handler` takes, since `Handlers` pairs them by this name.
    const handle = handler.bind(handlers) as Route['handle'];
    const expected = isExpected[name];
    return { type, handle, reply: undefined, endsAtOnce: false, isExpected: expected };
  });
}

/** `tsc` finds this too; whoever runs TypeScript without it learns it here. */
function missingHandler(messageName: string, name: string): string {
  return `nothing handles ${messageName}: add "${name}" to the handlers, or let \`ipv8c stub\` do it`;
}

/** A router without state but its counters and what is running. */
export function createRouter(parts: RouterParts): Router {
  return new OverlayRouter(parts);
}

/** Routes of one message id; what is asked of them for each datagram is put together once. */
type Group = {
  readonly routes: readonly [Route, ...Route[]];
  readonly types: readonly [MessageType<unknown>, ...MessageType<unknown>[]];
};

class OverlayRouter implements Router {
  readonly counters: { -readonly [Name in keyof Counters]: number } = createCounters();
  readonly #parts: RouterParts;
  readonly #byId: ReadonlyMap<number, Group>;
  readonly #places: HandlerPlaces;

  constructor(parts: RouterParts) {
    this.#parts = parts;
    this.#places = new HandlerPlaces(parts.isProved);
    this.#byId = groupById(parts.routes);
  }

  receive(datagram: Uint8Array, from: Address): Outcome {
    const outcome = this.#route(datagram, from);
    this.counters[outcome] += 1;
    return outcome;
  }

  #route(datagram: Uint8Array, from: Address): Outcome {
    const { admit, openOptions, onVerified, trace } = this.#parts;
    const group = identify(datagram, this.#byId);
    if (!group.ok) return this.#drop(group.error, from);
    const { routes, types } = group.value;
    const [first] = routes;
    if (!first.endsAtOnce && !this.#places.hasRoom(from)) return 'busy';
    if (routes.every(({ isExpected }) => isExpected?.(from) === false)) return 'unsolicited';
    if (trace.isOn) this.#trace('filtered', first.type, { packet: trace.current, from });
    // Up to here a datagram costs next to nothing; what follows may cost a signature check.
    const opened = openFirst(
      datagram,
      types,
      openOptions,
      admit && ((key, curve) => admit(from, isAwaited(routes, from), key, curve)),
    );
    if (!opened.ok) return this.#drop(opened.error, from);
    const { type, peer, globalTime } = opened.value;
    const context = { from, packet: trace.current, peer, globalTime, bytes: datagram.length };
    if (trace.isOn) this.#traceVerified(type, context);
    if (peer !== undefined) onVerified(type, context, peer);
    return this.#handle(routes, opened.value, context);
  }

  #handle(
    routes: readonly Route[],
    { type, message }: Opened<MessageType<unknown>>,
    context: RouteContext,
  ): Outcome {
    const route = routes.find((one) => one.type === type);
    assert(route !== undefined, 'a message of a type that has no route');
    try {
      const given = route.handle(message, context);
      // Looking at what a handler gave back may throw too: `then` can be a getter.
      if (!isPromiseLike(given)) return this.#finish(route, given, message, context);
      this.#await(route, given, message, context);
      return 'handling';
    } catch (error) {
      this.#reportFailure(error, type.messageName);
      return 'handler-failed';
    }
  }

  /** The handler came to its end. @throws what keeps its answer from being sent. */
  #finish(route: Route, given: unknown, message: unknown, context: RouteContext): Outcome {
    if (given instanceof Ignored) return given.reason;
    if (this.#parts.trace.isOn) this.#trace('handled', route.type, context);
    return route.reply?.(given, message, context)?.reason ?? 'handled';
  }

  /** BOUNDED by `HANDLERS_RUNNING_MAX`. */
  #await(
    route: Route,
    result: PromiseLike<unknown>,
    message: unknown,
    context: RouteContext,
  ): void {
    const { messageName } = route.type;
    const leave = this.#places.take(context.from);
    const settled = Promise.resolve(result)
      .finally(leave)
      .then((given) => this.#end(this.#finish(route, given, message, context), context))
      .catch((error: unknown) => {
        this.#end('handler-failed', context);
        this.#reportFailure(error, messageName);
      });
    this.#parts.tasks.runAnonymous(`handler of ${messageName}`, () => settled);
  }

  /** Of an asynchronous handler; whoever delivers datagrams knows of the others. */
  #end(outcome: Outcome, context: RouteContext): void {
    this.counters.handling -= 1;
    this.counters[outcome] += 1;
    const { trace } = this.#parts;
    if (!trace.isOn || outcome === 'handled') return;
    trace.tell(context, { stage: 'dropped', reason: outcome });
  }

  #trace(stage: 'filtered' | 'handled', type: MessageType<unknown>, packet: TracedPacket): void {
    const { name: overlay, trace } = this.#parts;
    trace.tell(packet, { stage, overlay, message: type.messageName });
  }

  #traceVerified(type: MessageType<unknown>, context: RouteContext): void {
    const { name: overlay, trace } = this.#parts;
    const { messageName: message } = type;
    trace.tell(context, { stage: 'verified', overlay, message, peer: context.peer });
  }

  /** Whoever delivers datagrams logs the reason; where decoding failed is known only here. */
  #drop(drop: Drop, from: Address): Outcome {
    const { log, name } = this.#parts;
    if (drop.reason === 'decode' && log.isOn('DEBUG')) {
      const fields = { overlay: name, from: printAddress(from), reason: drop.error.message };
      log.write('DEBUG', 'message does not fit its schema', fields);
    }
    return drop.reason;
  }

  #reportFailure(error: unknown, message: string): void {
    const { failures, name: overlay, onHandlerError } = this.#parts;
    failures.report('handler', error, { overlay, message });
    onHandlerError?.(error, { overlay, message });
  }
}

/** True when a question waits for one of these, so that not just anybody sends it. */
function isAwaited(routes: readonly Route[], from: Address): boolean {
  return routes.some((route) => route.isExpected?.(from) === true);
}

function groupById(routes: readonly Route[]): ReadonlyMap<number, Group> {
  const byId = new Map<number, Group>();
  for (const route of routes) {
    const { type } = route;
    const { id, auth, messageName } = type;
    const earlier = byId.get(id);
    assert(
      earlier === undefined || earlier.types[0].auth === auth,
      `${messageName} overrides a message of another authentication`,
    );
    byId.set(id, {
      routes: earlier === undefined ? [route] : [...earlier.routes, route],
      types: earlier === undefined ? [type] : [...earlier.types, type],
    });
  }
  return byId;
}
