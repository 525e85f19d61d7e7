/** Community + parts → a running overlay. */
import type { Address } from '../address/address.ts';
import { assert } from '../base/assert.ts';
import { NetworkError } from '../base/network-error.ts';
import { fail, ok, type Result } from '../base/result.ts';
import type { VerifyBudget } from '../budget/verify-budget.ts';
import type { Crypto } from '../crypto/crypto.ts';
import type { PrivateKey } from '../crypto/keys.ts';
import type { Demultiplexer } from '../endpoint/demultiplexer.ts';
import type { Endpoint } from '../endpoint/endpoint.ts';
import type { Env } from '../env/env.ts';
import type { Network } from '../network/network.ts';
import { Failures } from '../operations/failures.ts';
import { PacketTrace } from '../operations/packet-trace.ts';
import { createPrefix } from '../packet/header.ts';
import { DATAGRAM_BYTES_MAX } from '../packet/limits.ts';
import { seal } from '../packet/seal.ts';
import { createPeer, type Peer } from '../peer/peer.ts';
import type { ContextOf, Destination, TimedSendOptions } from '../protocol/handlers.ts';
import type { MessageOf, MessageType } from '../protocol/protocol.ts';
import type {
  QuestionOf,
  RequestOptions,
  RequestResult,
  RequestType,
} from '../protocol/requests.ts';
import type { TaskScope } from '../tasks/task-scope.ts';
import type { Walkable } from '../walker/strategy.ts';
import type { AnyBehaviour, AnyCommunity } from './any-community.ts';
import { type Counters, Ignored } from './counters.ts';
import { GlobalTime } from './global-time.ts';
import { Introduction } from './introduction/introduction.ts';
import { AMPLIFICATION_MAX } from './limits.ts';
import { OpenRequests } from './open-requests.ts';
import { answeringRoutes, answerRoutes, type HandlerAnswer } from './request-routes.ts';
import type { Overlay } from './overlay.ts';
import { OwnAddress } from './own-address.ts';
import { OwnPlaces } from './own-places.ts';
import { TargetBudget } from './target-budget.ts';
import { createRouter, createRoutes, type HandlerFailure, type Router } from './router.ts';

/** What an overlay is put together from. */
export type JoinParts = {
  readonly community: AnyCommunity;
  /** For the log, and for people. */
  readonly name: string;
  /** 40 hexadecimal digits; for protocols whose id is `= dynamic`, and refused for others. */
  readonly communityId?: string | undefined;
  readonly identity: PrivateKey;
  readonly crypto: Crypto;
  readonly env: Pick<Env, 'clock' | 'random' | 'log'>;
  readonly endpoint: Endpoint;
  readonly demultiplexer: Pick<Demultiplexer, 'add'>;
  readonly network: Network;
  /** The overlay's own scope: it is stopped when the overlay is left. */
  readonly tasks: TaskScope;
  /**
   * Requests of newcomers are dropped while there are more peers than this; −1 means never. The
   * reference has 30.
   */
  readonly peersMax: number;
  /** Handed to the community as they are. */
  readonly settings?: Readonly<Record<string, unknown>> | undefined;
  /** Addresses to begin with; none while those given last still have time to answer. */
  readonly bootstrapAddresses?: (() => readonly Address[]) | undefined;
  /** All of them, whenever they were given: one is asked now and then while there are peers. */
  readonly bootstrapHosts?: (() => readonly Address[]) | undefined;
  /** Addresses that introduce but take part in nothing: never peers, never introduced. */
  readonly trackerAddresses?: (() => readonly Address[]) | undefined;
  /**
   * Shared by the overlays of a node, so that its limit holds for the node; the overlay's own when
   * left out.
   */
  readonly punctureBudget?: TargetBudget | undefined;
  /**
   * What others say our address is; shared by the overlays of a node, the overlay's own when left
   * out.
   */
  readonly ownAddress?: OwnAddress | undefined;
  /** Shared by the overlays of a node; the overlay's own when left out. */
  readonly failures?: Failures | undefined;
  /** Hears what becomes of each datagram; shared by the overlays of a node. */
  readonly trace?: PacketTrace | undefined;
  /** Shared by the overlays of a node, as the core is; every signature is checked when left out. */
  readonly verifyBudget?: VerifyBudget | undefined;
  /** Hears of every handler, and every `started` or `stopped`, that failed. Must not throw. */
  readonly onHandlerError?: ((error: unknown, where: HandlerFailure) => void) | undefined;
};

/** An overlay that receives. */
export type RunningOverlay = {
  readonly overlay: Overlay;
  /** For walk strategies. */
  readonly walkable: Walkable;
  /** One count for each datagram that carried the overlay's prefix. */
  readonly counters: Counters;
  /** Calls the behaviour's `started`; what it throws is reported, and the overlay runs on. */
  started(...values: readonly unknown[]): Promise<void>;
  /**
   * Calls `stopped`, stops receiving and ends all tasks. Calling it again gives the same promise.
   */
  leave(): Promise<void>;
};

/**
 * Makes the overlay and begins to receive for it. Sends nothing by itself: walking is the
 * strategies' part. Two overlays with one prefix, or a wrong community id, are the caller's
 * mistake.
 */
export function join(parts: JoinParts): RunningOverlay {
  return new JoinedOverlay(parts);
}

class JoinedOverlay implements RunningOverlay, Overlay {
  readonly name: string;
  readonly communityId: string;
  readonly myPeer: Peer;
  readonly clock: Env['clock'];
  readonly random: Env['random'];
  readonly log: Env['log'];
  readonly tasks: TaskScope;
  readonly counters: Counters;
  readonly walkable: Walkable;
  readonly #parts: JoinParts;
  readonly #failures: Failures;
  readonly #trace: PacketTrace;
  readonly #prefix: Uint8Array;
  readonly #globalTime = new GlobalTime();
  readonly #own: OwnPlaces;
  readonly #behaviour: AnyBehaviour;
  readonly #requests: OpenRequests;
  readonly #introduction: Introduction;
  readonly #stopReceiving: () => void;
  #left: Promise<void> | undefined;
  #isClosed = false;

  constructor(parts: JoinParts) {
    const { community, env, identity, network } = parts;
    this.#parts = parts;
    this.#own = new OwnPlaces({
      boundAddresses: () => parts.endpoint.addresses,
      ownAddress: parts.ownAddress ?? new OwnAddress(),
    });
    const failures = parts.failures ?? new Failures(env);
    this.#failures = failures;
    this.#trace =
      parts.trace ?? new PacketTrace(env.clock, (error) => failures.report('packet trace', error));
    this.name = parts.name;
    this.communityId = communityIdOf(parts);
    this.clock = env.clock;
    this.random = env.random;
    this.log = env.log;
    this.tasks = parts.tasks;
    this.myPeer = createPeer(identity.publicKey);
    this.#prefix = createPrefix(community.protocol.version, this.communityId);
    network.blockPeer(this.myPeer.id);
    this.#requests = new OpenRequests({
      clock: env.clock,
      random: env.random,
      transmit: (datagram, to) => parts.endpoint.send(datagram, to),
      onAnswer({ peer, from }) {
        if (peer !== undefined) network.confirmAddress(peer, from);
      },
    });
    this.#introduction = this.#createIntroduction();
    try {
      this.#behaviour = community.create(this.overlay, parts.settings ?? {});
      this.walkable = this.#introduction;
      const router = this.#createRouter();
      this.counters = router.counters;
      this.#stopReceiving = parts.demultiplexer.add(this.#prefix, (datagram, from) =>
        router.receive(datagram, from),
      );
    } catch (error) {
      // What the community began before it failed ends here: nobody has this overlay.
      this.#isClosed = true;
      this.#requests.close();
      void this.tasks.stop();
      throw error;
    }
  }

  /** What the community sees of this: the same thing under a narrower type. */
  get overlay(): Overlay {
    return this;
  }

  get myAddress(): Address | undefined {
    return this.#own.any;
  }

  peers(): readonly Peer[] {
    return this.#parts.network.peers(this.communityId);
  }

  addressOf(peer: Peer): Address | undefined {
    return this.#parts.network.addressOf(peer);
  }

  send<T>(
    to: Destination,
    type: MessageType<T>,
    message: T,
    options: TimedSendOptions = {},
  ): Result<undefined, NetworkError> {
    const address = this.#placeOf(to);
    if (!address.ok) return address;
    const datagram = this.#seal(type, message, options);
    return datagram.ok ? this.#parts.endpoint.send(datagram.value, address.value) : datagram;
  }

  async request<R extends RequestType>(
    to: Destination,
    type: R,
    question: QuestionOf<R>,
    options: RequestOptions = {},
  ): Promise<RequestResult<MessageOf<R['answer']>, ContextOf<R['answer']>>> {
    const address = this.#placeOf(to);
    if (!address.ok) return address;
    const { retries = type.retries, timeoutMs = type.timeoutMs } = options;
    const answered = await this.#requests.ask({
      type,
      address: address.value,
      peer: 'publicKey' in to ? to : undefined,
      timeoutMs,
      retries,
      seal: (id) => this.#seal(type.question, { ...question, [type.askedBy]: id }),
    });
    // What `type.answer` decoded; the type checker cannot follow it through the table.
    return answered as RequestResult<MessageOf<R['answer']>, ContextOf<R['answer']>>;
  }

  #placeOf(to: Destination): Result<Address, NetworkError> {
    if (this.#isClosed) {
      return fail(new NetworkError('closed', `overlay ${this.name} was left`));
    }
    const address = 'publicKey' in to ? this.addressOf(to) : to;
    if (address !== undefined) return ok(address);
    return fail(new NetworkError('no-address', 'the peer has no known address'));
  }

  #seal<T>(
    type: MessageType<T>,
    message: T,
    options: TimedSendOptions = {},
  ): Result<Uint8Array, NetworkError> {
    const { crypto, identity } = this.#parts;
    const globalTime = type.isTimed ? (options.globalTime ?? this.#globalTime.claim()) : 0n;
    const envelope = { prefix: this.#prefix, identity, crypto, globalTime };
    const datagram = seal(type, message, envelope);
    if (datagram.length <= DATAGRAM_BYTES_MAX) return ok(datagram);
    const text = `${type.messageName} takes ${datagram.length} bytes, UDP ${DATAGRAM_BYTES_MAX}`;
    return fail(new NetworkError('too-large', text));
  }

  /** Sends what a handler answered. @throws EncodeError, NetworkError when it cannot be sent so. */
  #reply({ type, question, answer, context }: HandlerAnswer): Ignored | undefined {
    // The handler may have taken until the overlay was left.
    if (answer === undefined || this.#isClosed) return undefined;
    const { endpoint, network } = this.#parts;
    // A generated class has the property that its schema's request names.
    const id = (question as Readonly<Record<string, unknown>>)[type.askedBy];
    const datagram = this.#seal<unknown>(type.answer, { ...answer, [type.answeredBy]: id });
    if (!datagram.ok) throw datagram.error;
    const { bytes, from, peer } = context;
    if (datagram.value.length > AMPLIFICATION_MAX * bytes && !network.isProved(from)) {
      this.#introduction.prove(from, peer);
      return new Ignored('amplifying');
    }
    const sent = endpoint.send(datagram.value, from);
    if (!sent.ok && sent.error.code === 'too-large') throw sent.error;
    if (sent.ok && this.#trace.isOn) {
      const { messageName: message } = type.answer;
      const reply = { overlay: this.name, message, bytes: datagram.value.length };
      this.#trace.tell(context, { stage: 'replied', ...reply });
    }
    return undefined;
  }

  async started(...values: readonly unknown[]): Promise<void> {
    await this.#callHook('started', values);
  }

  leave(): Promise<void> {
    this.#left ??= this.#leave();
    return this.#left;
  }

  /** `stopped` may still say goodbye: sending ends after it, receiving before. */
  async #leave(): Promise<void> {
    this.#stopReceiving();
    // Nothing that comes from now on could answer them.
    this.#requests.close();
    await this.#callHook('stopped');
    this.#isClosed = true;
    await this.tasks.stop();
  }

  #createIntroduction(): Introduction {
    const { network, peersMax } = this.#parts;
    const { clock, random, log, name } = this;
    return new Introduction({
      name,
      service: this.communityId,
      peersMax,
      clock,
      random,
      log,
      network,
      globalTime: this.#globalTime,
      punctureBudget: this.#parts.punctureBudget ?? new TargetBudget(clock),
      own: this.#own,
      bootstrapAddresses: this.#parts.bootstrapAddresses ?? (() => []),
      bootstrapHosts: this.#parts.bootstrapHosts ?? (() => []),
      trackerAddresses: this.#parts.trackerAddresses ?? (() => []),
      send: (to, { type, message }, globalTime) => {
        this.send(to, type, message, { globalTime });
      },
    });
  }

  #createRouter(): Router {
    const { community, crypto, network, onHandlerError, verifyBudget } = this.#parts;
    const { log, name, tasks } = this;
    const requests = Object.values(community.protocol.requests ?? {});
    const handled = createRoutes(community.protocol.messages, this.#behaviour.handlers);
    const own = [
      ...answeringRoutes(handled, requests, (answer) => this.#reply(answer)),
      ...answerRoutes(requests, this.#requests),
    ];
    const ownTypes = new Set(own.map(({ type }) => type));
    return createRouter({
      name,
      log,
      failures: this.#failures,
      trace: this.#trace,
      tasks,
      onHandlerError,
      // A community's own message may override an inherited one, so it is tried first.
      // Introductions go on while the community's handlers are busy: peers would be lost otherwise.
      routes: [
        ...own,
        ...this.#introduction.routes.map((route) => ({ ...route, endsAtOnce: true })),
      ],
      openOptions: { crypto, ownKey: this.myPeer.publicKey },
      admit:
        verifyBudget &&
        ((from, isExpected, key, curve) => {
          const session = (): string | undefined => network.provedPeer(from, key)?.id;
          return verifyBudget.admit({ from, curve, isExpected, session });
        }),
      onVerified: (type, { peer, from, globalTime }) => {
        // A recorded packet from elsewhere proves nothing about today.
        if (network.peerAt(from)?.id === peer.id) network.heardFrom(peer);
        // Introductions carry 16 bits of the time, and the reference never takes it over from them.
        const isOwn = globalTime !== undefined && ownTypes.has(type);
        if (isOwn) this.#globalTime.observe(globalTime);
      },
    });
  }

  async #callHook(hook: 'started' | 'stopped', values: readonly unknown[] = []): Promise<void> {
    const { name } = this;
    try {
      await this.#behaviour[hook]?.(...values);
    } catch (error) {
      this.#failures.report('overlay hook', error, { overlay: name, message: hook });
      this.#parts.onHandlerError?.(error, { overlay: name, message: hook });
    }
  }
}

function communityIdOf({ community, communityId, name }: JoinParts): string {
  const { communityId: declared } = community.protocol;
  const id = declared ?? communityId;
  assert(id !== undefined, `overlay ${name} needs a community id: its protocol has none`);
  const isSame = communityId === undefined || communityId.toLowerCase() === id.toLowerCase();
  assert(isSame, `overlay ${name} cannot have another community id than its protocol's`);
  return id.toLowerCase();
}
