/** Community + parts → a running overlay. */
import { type Address, NO_ADDRESS } from '../address/address.ts';
import { assert } from '../base/assert.ts';
import { NetworkError } from '../base/network-error.ts';
import { fail, ok, type Result } from '../base/result.ts';
import type { PrivateKey } from '../crypto/keys.ts';
import type { Env } from '../env/env.ts';
import type { Network } from '../network/network.ts';
import { Failures } from '../operations/failures.ts';
import { PacketTrace } from '../operations/packet-trace.ts';
import { createPrefix } from '../packet/header.ts';
import { DATAGRAM_BYTES_MAX } from '../packet/limits.ts';
import { seal } from '../packet/seal.ts';
import { createPeer, type Peer } from '../peer/peer.ts';
import type {
  ContextOf,
  Destination,
  SignedContext,
  TimedSendOptions,
} from '../protocol/handlers.ts';
import type { MessageOf, MessageType } from '../protocol/protocol.ts';
import type {
  QuestionOf,
  RequestOptions,
  RequestResult,
  RequestType,
} from '../protocol/requests.ts';
import type { TaskScope } from '../tasks/task-scope.ts';
import type { Walkable } from '../walker/strategy.ts';
import type { AnyBehaviour } from './any-community.ts';
import { type Counters, Ignored } from './counters.ts';
import { GlobalTime } from './global-time.ts';
import { Introduction } from './introduction/introduction.ts';
import { REPLY_BYTES_PER_BYTE_MAX } from '../endpoint/limits.ts';
import { LAN_ADDRESSES_MAX } from './limits.ts';
import { logWalks } from './log-walks.ts';
import { OpenRequests } from './open-requests.ts';
import type { HandlerAnswer } from './request-routes.ts';
import type { Overlay, OwnFormRequest } from './overlay.ts';
import { communityIdOf, type JoinParts, type RunningOverlay, type Sibling } from './join-parts.ts';
import { OwnAddress } from './own-address.ts';
import { OwnPlaces } from './own-places.ts';
import { type OverlayStatistics, Statistics } from './statistics.ts';
import { TargetBudget } from './target-budget.ts';
import { createOverlayRouter, type OverlayRouter } from './overlay-router.ts';

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
  readonly network: Network;
  readonly counters: Counters;
  readonly walkable: Walkable;
  readonly #parts: JoinParts;
  readonly #failures: Failures;
  readonly #trace: PacketTrace;
  readonly #prefix: Uint8Array;
  readonly #statistics: Statistics;
  readonly #nameOf: (messageId: number) => string | undefined;
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
      interfaces: parts.env.interfaces,
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
    this.network = network;
    this.#statistics = new Statistics(env.clock);
    this.myPeer = createPeer(identity.publicKey);
    this.#prefix = createPrefix(community.protocol.version, this.communityId);
    network.blockPeer(this.myPeer.id);
    const { peersPerSubnetMax } = parts;
    if (peersPerSubnetMax !== undefined) network.limitSubnets(this.communityId, peersPerSubnetMax);
    this.#requests = new OpenRequests({
      clock: env.clock,
      random: env.random,
      transmit: (datagram, to) => this.#transmit(datagram, to),
      placesOf: (address) => network.placesOf(address),
      onAnswer({ peer, from }) {
        if (peer !== undefined) network.confirmAddress(peer, from);
        network.answeredAt(from);
      },
    });
    this.#introduction = this.#createIntroduction();
    try {
      this.walkable = logWalks(this.#introduction, this.name, this.log);
      this.#behaviour = community.create(this.overlay, parts.settings ?? {});
      const { router, nameOf } = this.#createRouter();
      this.counters = router.counters;
      this.#nameOf = nameOf;
      this.#stopReceiving = parts.demultiplexer.add(this.#prefix, (datagram, from) => {
        this.#statistics.countReceived(datagram);
        const outcome = router.receive(datagram, from);
        parts.verifyBudget?.settle();
        return outcome;
      });
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

  get ownAddresses(): Overlay['ownAddresses'] {
    return {
      lan: this.#own.lan('ipv4') ?? NO_ADDRESS,
      wan: this.#own.wan('ipv4') ?? NO_ADDRESS,
    };
  }

  /** Gives what became of it, so that a handler which returns that is counted rightly. */
  answerIntroduction(
    request: OwnFormRequest,
    context: SignedContext,
    introduced?: Peer,
  ): Ignored | undefined {
    return this.#introduction.answer(request, context, introduced);
  }

  siblings(): readonly Sibling[] {
    const { identity, siblings } = this.#parts;
    return siblings?.() ?? [{ communityId: this.communityId, myPeer: this.myPeer, identity }];
  }

  get openRequests(): number {
    return this.#requests.size;
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
    return datagram.ok ? this.#transmit(datagram.value, address.value) : datagram;
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
      seal: (id) => this.#seal<unknown>(type.question, numbered(question, type.askedBy, id)),
    });
    // What `type.answer` decoded; the type checker cannot follow it through the table.
    return answered as RequestResult<MessageOf<R['answer']>, ContextOf<R['answer']>>;
  }

  #transmit(datagram: Uint8Array, to: Address): Result<undefined, NetworkError> {
    const sent = this.#parts.endpoint.send(datagram, to);
    if (sent.ok) this.#statistics.countSent(datagram);
    return sent;
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
    const { crypto } = this.#parts;
    const identity = this.#identityOf(options.as ?? this.myPeer);
    const globalTime = type.isTimed ? (options.globalTime ?? this.#globalTime.claim()) : 0n;
    const envelope = { prefix: this.#prefix, identity, crypto, globalTime };
    const datagram = seal(type, message, envelope);
    if (datagram.length <= DATAGRAM_BYTES_MAX) return ok(datagram);
    const text = `${type.messageName} takes ${datagram.length} bytes, UDP ${DATAGRAM_BYTES_MAX}`;
    return fail(new NetworkError('too-large', text));
  }

  #identityOf(peer: Peer): PrivateKey {
    if (peer.id === this.myPeer.id) return this.#parts.identity;
    const sibling = this.siblings().find(({ myPeer }) => myPeer.id === peer.id);
    assert(sibling !== undefined, `overlay ${this.name} has no sibling with the key to sign with`);
    return sibling.identity;
  }

  /** Sends what a handler answered. @throws EncodeError, NetworkError when it cannot be sent so. */
  #reply({ type, question, answer, context }: HandlerAnswer): Ignored | undefined {
    // The handler may have taken until the overlay was left.
    if (answer === undefined || this.#isClosed) return undefined;
    const { network } = this.#parts;
    // A generated class has the property that its schema's request names.
    const id = (question as Readonly<Record<string, unknown>>)[type.askedBy];
    const datagram = this.#seal<unknown>(type.answer, numbered(answer, type.answeredBy, id));
    if (!datagram.ok) throw datagram.error;
    const { bytes, from, peer } = context;
    if (datagram.value.length > REPLY_BYTES_PER_BYTE_MAX * bytes && !network.isProved(from)) {
      this.#introduction.prove(from, peer);
      return new Ignored('amplifying');
    }
    const sent = this.#transmit(datagram.value, from);
    if (!sent.ok && sent.error.code === 'too-large') throw sent.error;
    if (sent.ok && this.#trace.isOn) {
      const { messageName: message } = type.answer;
      const reply = { overlay: this.name, message, bytes: datagram.value.length };
      this.#trace.tell(context, { stage: 'replied', ...reply });
    }
    return undefined;
  }

  statistics(): OverlayStatistics {
    const { communityId, name: overlay } = this;
    const read = this.#statistics.read(this.#nameOf);
    return { overlay, communityId, ...read };
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
      questionBudget: this.#parts.questionBudget ?? new TargetBudget(clock),
      lanAddressesMax: this.#parts.lanAddressesMax ?? LAN_ADDRESSES_MAX,
      onFullPeer: this.#parts.onFullPeer ?? (() => {}),
      own: this.#own,
      bootstrapAddresses: this.#parts.bootstrapAddresses ?? (() => []),
      bootstrapHosts: this.#parts.bootstrapHosts ?? (() => []),
      trackerAddresses: this.#parts.trackerAddresses ?? (() => []),
      send: (to, { type, message }, globalTime) => {
        this.send(to, type, message, { globalTime });
      },
    });
  }

  #createRouter(): OverlayRouter {
    return createOverlayRouter({
      join: this.#parts,
      myPeer: this.myPeer,
      behaviour: this.#behaviour,
      introduction: this.#introduction,
      requests: this.#requests,
      globalTime: this.#globalTime,
      failures: this.#failures,
      trace: this.#trace,
      reply: (answer) => this.#reply(answer),
      onHookError: (error, hook) => this.#reportHook(error, hook),
    });
  }

  async #callHook(hook: 'started' | 'stopped', values: readonly unknown[] = []): Promise<void> {
    try {
      await this.#behaviour[hook]?.(...values);
    } catch (error) {
      this.#reportHook(error, hook);
    }
  }

  #reportHook(error: unknown, hook: string): void {
    const { name } = this;
    this.#failures.report('overlay hook', error, { overlay: name, message: hook });
    this.#parts.onHandlerError?.(error, { overlay: name, message: hook });
  }
}

/**
 * The message and, in the property that its schema's request names, the number. Assigned, not spread,
 * so that all messages of a type have one form in V8.
 */
function numbered(message: unknown, name: string, id: unknown): unknown {
  return Object.assign({}, message, { [name]: id });
}
