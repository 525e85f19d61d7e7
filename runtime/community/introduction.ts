/**
 * How peers of an overlay find each other: ask one peer for another, and have the way to it opened.
 * The IPv4 form (messages 246, 245, 250, 249).
 *
 * Bytes and pace are the reference's (py-ipv8 3.2 ipv8/community.py:276-655); what it believes
 * unseen is not: a response must answer a request of ours, from where that was sent, or it moves
 * nothing.
 */
import { type Address, equalAddress, NO_ADDRESS } from '../address/address.ts';
import { isLoopback, isPrivate, isUnspecified } from '../address/ranges.ts';
import { printAddress } from '../address/text.ts';
import { BoundedMap } from '../base/bounded-map.ts';
import type { Clock } from '../env/clock.ts';
import type { Log } from '../env/log.ts';
import { pick, type Random } from '../env/random.ts';
import type { Network } from '../network/network.ts';
import type { Peer } from '../peer/peer.ts';
import type { ContextOf } from '../protocol/handlers.ts';
import type { MessageType } from '../protocol/protocol.ts';
import type { Walkable } from '../walker/strategy.ts';
import { Ignored } from './counters.ts';
import type { GlobalTime } from './global-time.ts';
import {
  ConnectionType,
  IntroductionRequest,
  IntroductionResponse,
  Puncture,
  PunctureRequest,
} from '../../generated/introduction.ts';
import { KEEP_ALIVE_ONE_IN, LAN_ADDRESSES_MAX } from './limits.ts';
import { OutstandingRequests, shortTime } from './outstanding-requests.ts';
import type { OwnAddress } from './own-address.ts';
import { createRoutes, type Route } from './router.ts';
import { isSendable } from './sendable.ts';
import { TargetBudget } from './target-budget.ts';

export type IntroductionParts = {
  /** The overlay's name, for the log. */
  readonly name: string;
  /** The community id: 40 hexadecimal digits. */
  readonly service: string;
  /** Requests are dropped while we have more peers than this; −1 means never. */
  readonly peersMax: number;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly network: Network;
  readonly globalTime: GlobalTime;
  readonly ownAddress: OwnAddress;
  readonly punctureBudget: TargetBudget;
  /** Where our socket is bound; undefined while it is closed. */
  readonly boundAddress: () => Address | undefined;
  /** Addresses to begin with; none while those given last still have time to answer. */
  readonly bootstrapAddresses: () => readonly Address[];
  /** All of them, whenever they were given. */
  readonly bootstrapHosts: () => readonly Address[];
  /** Addresses that introduce but take part in nothing: never peers, never introduced. */
  readonly trackerAddresses: () => readonly Address[];
  /** Seals and sends; whether it left does not matter here. */
  readonly send: <T>(to: Address, type: MessageType<T>, message: T, globalTime: bigint) => void;
};

/** Where a message came from and whose it is. */
type From<Type> = ContextOf<Type>;

const NO_BYTES = new Uint8Array(0);

/** What we speak; the new style's messages (231–234) have no route and count as unknown. */
const OLD_STYLE = {
  introductionRequest: IntroductionRequest,
  introductionResponse: IntroductionResponse,
  punctureRequest: PunctureRequest,
  puncture: Puncture,
};

export class Introduction implements Walkable {
  /** What the router needs to hand the protocol's messages to this. */
  readonly routes: readonly Route[];
  readonly #parts: IntroductionParts;
  readonly #outstanding: OutstandingRequests;
  /** Questions to addresses where a peer that we know elsewhere claims to be. */
  readonly #questionBudget: TargetBudget;
  /** What peers said of their address in their own network, by peer id. */
  readonly #lanAddresses = new BoundedMap<string, Address>({
    countMax: LAN_ADDRESSES_MAX,
    onFull: 'drop-least-recently-used',
  });

  constructor(parts: IntroductionParts) {
    this.#parts = parts;
    this.#outstanding = new OutstandingRequests(parts.clock, parts.globalTime);
    this.#questionBudget = new TargetBudget(parts.clock);
    const isExpected = {
      puncture: (from: Address) => this.#outstanding.isPunctureExpected(from),
      introductionResponse: (from: Address) => this.#outstanding.isAnswerExpected(from),
    };
    const handlers = {
      introductionRequest: this.#onRequest.bind(this),
      introductionResponse: this.#onResponse.bind(this),
      punctureRequest: this.#onPunctureRequest.bind(this),
      puncture: this.#onPuncture.bind(this),
    };
    this.routes = createRoutes(OLD_STYLE, handlers, isExpected);
  }

  peers(): readonly Peer[] {
    return this.#parts.network.peers(this.#parts.service);
  }

  walkableAddresses(): readonly Address[] {
    return this.#parts.network.walkableAddresses(this.#parts.service);
  }

  walkTo(address: Address): void {
    if (this.#isReachable(address)) this.#request(address, undefined);
  }

  /**
   * Without a peer: a random one, now and then a bootstrap address so that a network which fell
   * apart grows together again, and all bootstrap addresses while we know nobody.
   */
  requestIntroduction(peer?: Peer): void {
    const { random, bootstrapHosts } = this.#parts;
    if (peer !== undefined) return this.#requestFrom(peer);
    const known = pick(random, this.peers());
    if (known === undefined) return this.bootstrap();
    const keepAlive =
      random.below(KEEP_ALIVE_ONE_IN) === 0 ? pick(random, bootstrapHosts()) : undefined;
    if (keepAlive === undefined) this.#requestFrom(known);
    else this.walkTo(keepAlive);
  }

  bootstrap(): void {
    for (const address of this.#parts.bootstrapAddresses()) this.walkTo(address);
  }

  forgetAddress(address: Address): void {
    this.#parts.network.forgetAddress(address);
  }

  #requestFrom(peer: Peer): void {
    const address = this.#parts.network.addressOf(peer);
    if (address !== undefined && this.#isReachable(address)) this.#request(address, peer);
  }

  /** `peer` is who must answer, when we know who is there. */
  #request(address: Address, peer: Peer | undefined): void {
    const identifier = this.#outstanding.add(address, peer);
    const request = new IntroductionRequest({
      destinationAddress: address,
      sourceLanAddress: this.#lan(),
      sourceWanAddress: this.#wan(),
      // We speak the old style only: who announces the new one is sent messages 231–234.
      flags: { connection: ConnectionType.unknown, supportsNewStyle: false, advice: true },
      identifier,
      extraBytes: NO_BYTES,
    });
    this.#parts.send(address, IntroductionRequest, request, BigInt(identifier));
  }

  #onRequest(
    request: IntroductionRequest,
    { peer, from }: From<typeof IntroductionRequest>,
  ): Ignored | undefined {
    const { network, service, peersMax } = this.#parts;
    const isFull = peersMax >= 0 && this.peers().length > peersMax;
    // Keys are free: a crowd of them that never answers must not hold the places for good.
    if (isFull && !network.makeRoom(service)) return new Ignored('full');
    if (!isSendable(from)) return new Ignored('bad-address');
    if (this.#isTracker(from)) {
      this.#respond(request, peer, from);
      return undefined;
    }
    const known = network.addressOf(peer);
    const isElsewhere = known !== undefined && !equalAddress(known, from);
    if (isElsewhere) network.discoverAddress(from, peer, service);
    else network.addVerifiedPeer(peer, from, service);
    this.#lanAddresses.set(peer.id, request.sourceLanAddress);
    this.#respond(request, peer, from);
    // It moved, or somebody replays it from elsewhere: only an answer from there tells.
    if (isElsewhere) this.prove(from, peer);
    return undefined;
  }

  /**
   * Asks at the address for an introduction, so that an answer proves that somebody, of whom we know
   * the key or not, is there. Not always: with a longer key than theirs, this is more than others
   * sent who made us ask, hence the budget.
   */
  prove(address: Address, peer: Peer | undefined): void {
    if (this.#isReachable(address) && this.#questionBudget.take(address)) {
      this.#request(address, peer);
    }
  }

  #respond(request: IntroductionRequest, requester: Peer, to: Address): void {
    const { globalTime, network, peersMax, send } = this.#parts;
    const time = BigInt(shortTime(globalTime.claim()));
    const introduced = request.flags.advice ? this.#pickIntroduced(requester, to) : undefined;
    if (introduced !== undefined) this.#requestPuncture(introduced.address, request, to);
    const addresses = this.#introductionOf(introduced);
    const response = new IntroductionResponse({
      destinationAddress: to,
      sourceLanAddress: this.#lan(),
      sourceWanAddress: this.#wan(),
      lanIntroductionAddress: addresses.lan,
      wanIntroductionAddress: addresses.wan,
      flags: {
        connection: ConnectionType.unknown,
        supportsNewStyle: false,
        // True would have the other walk to it in the new style; every peer understands the old
        // one.
        introducedSupportsNewStyle: false,
        peerLimitReached: peersMax >= 0 && network.peers(this.#parts.service).length >= peersMax,
      },
      identifier: request.identifier,
      extraBytes: NO_BYTES,
    });
    send(to, IntroductionResponse, response, time);
  }

  /** Any peer but the requester, each as likely as the others, that an IPv4 address can tell of. */
  #pickIntroduced(requester: Peer, to: Address): Located | undefined {
    const { network, random } = this.#parts;
    const locate = (peer: Peer): Located[] => {
      const address = network.addressOf(peer);
      if (peer.id === requester.id || address === undefined || !isSendable(address)) return [];
      return equalAddress(address, to) ? [] : [{ peer, address }];
    };
    const peers = this.peers();
    const drawn = pick(random, peers);
    // Nearly always the first will do; looking at all of them costs a tracker far more.
    return drawn === undefined
      ? undefined
      : (locate(drawn)[0] ?? pick(random, peers.flatMap(locate)));
  }

  /**
   * A peer in our own network is introduced by its address there, and by ours outside with its
   * port.
   */
  #introductionOf(introduced: Located | undefined): { lan: Address; wan: Address } {
    if (introduced === undefined) return { lan: NO_ADDRESS, wan: NO_ADDRESS };
    const { address, peer } = introduced;
    if (isPrivate(address)) return { lan: address, wan: { ...this.#wan(), port: address.port } };
    // On one machine everybody is behind the same "NAT" and would take the address inside, where
    // nobody answers who is bound to loopback only.
    if (isLoopback(address)) return { lan: NO_ADDRESS, wan: address };
    return { lan: this.#lanAddresses.get(peer.id) ?? NO_ADDRESS, wan: address };
  }

  #requestPuncture(introduced: Address, request: IntroductionRequest, walker: Address): void {
    const message = new PunctureRequest({
      // What the walker takes for our address stands here in the reference too
      // (community.py:470); in one network no NAT is in the way, so nothing depends on it.
      lanWalkerAddress: request.destinationAddress,
      wanWalkerAddress: walker,
      identifier: request.identifier,
    });
    this.#parts.send(introduced, PunctureRequest, message, this.#parts.globalTime.claim());
  }

  #onResponse(
    response: IntroductionResponse,
    { peer, from }: From<typeof IntroductionResponse>,
  ): Ignored | undefined {
    const { network, ownAddress, service } = this.#parts;
    if (!this.#outstanding.settle(response.identifier, peer, from)) {
      return this.#onAnswerFromElsewhere(response, peer, from);
    }
    if (!this.#isTracker(from)) {
      network.addVerifiedPeer(peer, from, service);
      network.confirmAddress(peer, from);
    }
    const seenAt = response.destinationAddress;
    if (isSendable(seenAt)) ownAddress.observe(seenAt, peer, from);
    const introduced = this.#introducedBy(response).filter((address) => {
      // Nobody outside this machine knows what else listens on it.
      return this.#isReachable(address) && (!isLoopback(address) || isLoopback(from));
    });
    this.#outstanding.expectPuncture(response.identifier, introduced);
    for (const address of introduced) {
      network.discoverAddress(address, peer, service);
      this.#logIntroduction(address, from);
    }
    return undefined;
  }

  /**
   * Whoever is behind a NAT with a port for each target answers from another one than was asked. That
   * counts as much as a request of theirs from there would: it makes no address proved.
   */
  #onAnswerFromElsewhere(
    { identifier }: IntroductionResponse,
    peer: Peer,
    from: Address,
  ): Ignored | undefined {
    const { network, service } = this.#parts;
    if (!this.#outstanding.takeAnswerFromElsewhere(identifier, peer, from)) {
      return new Ignored('unsolicited');
    }
    if (!this.#isTracker(from)) network.addVerifiedPeer(peer, from, service);
    return undefined;
  }

  /**
   * Who is behind the same NAT as we is met inside; without an address inside, it may have the port
   * it has outside.
   */
  #introducedBy(response: IntroductionResponse): readonly Address[] {
    const { lanIntroductionAddress: lan, wanIntroductionAddress: wan } = response;
    const hasLan = isSendable(lan);
    // An introducer that does not know its own address outside can give only the port
    // (`introductionOf`).
    if (!isSendable(wan)) return hasLan ? [lan] : [];
    if (wan.host !== this.#wan().host) return hasLan ? [lan, wan] : [wan];
    return hasLan ? [lan] : [wan, { ...this.#lan(), port: wan.port }];
  }

  #onPunctureRequest(
    request: PunctureRequest,
    { from }: From<typeof PunctureRequest>,
  ): Ignored | undefined {
    const { globalTime, network, punctureBudget, send } = this.#parts;
    const isKnown = network.peerAt(from) !== undefined || this.#isTracker(from);
    if (!isKnown) return new Ignored('stranger');
    const { lanWalkerAddress: lan, wanWalkerAddress: wan } = request;
    const target = wan.host === this.#wan().host ? lan : wan;
    if (!this.#isReachable(target)) return new Ignored('bad-address');
    if (isLoopback(target) && !isLoopback(from)) return new Ignored('bad-address');
    if (!punctureBudget.take(target)) return new Ignored('over-budget');
    const puncture = new Puncture({
      sourceLanAddress: this.#lan(),
      // Not our own: the reference puts the walker's address here (community.py:592), and nobody
      // reads it.
      sourceWanAddress: wan,
      identifier: request.identifier,
    });
    send(target, Puncture, puncture, globalTime.claim());
    return undefined;
  }

  /**
   * A NAT that gives each target a port of its own is only met where its puncture comes from. Acting
   * on any puncture would let strangers add peers (Tribler #4171), hence only on the first from the
   * host that an answer to us introduced, and the key that sent it must answer.
   */
  #onPuncture(
    { identifier }: Puncture,
    { from, peer }: From<typeof Puncture>,
  ): Ignored | undefined {
    const { network, service } = this.#parts;
    const solicited = this.#outstanding.takePuncture(identifier, from);
    if (solicited === undefined) return new Ignored('unsolicited');
    const at = network.addressOf(peer);
    const isAlreadyThere = at !== undefined && equalAddress(at, from);
    const isPeer = isAlreadyThere && network.servicesOf(peer).includes(service);
    // Where we were told to, the walk goes at its own pace.
    if (solicited.isFromIntroduced || isPeer || !this.#isReachable(from)) return undefined;
    network.discoverAddress(from, solicited.introducer, service);
    this.#logIntroduction(from, from);
    this.#request(from, peer);
    return undefined;
  }

  /**
   * Our address in our own network: where we are bound if that says it, else what others there say.
   */
  #lan(): Address {
    const bound = this.#parts.boundAddress();
    if (bound?.kind === 'ipv4' && !isUnspecified(bound)) return bound;
    return this.#parts.ownAddress.lan ?? NO_ADDRESS;
  }

  #wan(): Address {
    return this.#parts.ownAddress.wan ?? NO_ADDRESS;
  }

  /** Somewhere to send to that is not ourselves. */
  #isReachable(address: Address): boolean {
    return (
      isSendable(address) &&
      !equalAddress(address, this.#lan()) &&
      !equalAddress(address, this.#wan())
    );
  }

  #isTracker(address: Address): boolean {
    return this.#parts.trackerAddresses().some((tracker) => equalAddress(tracker, address));
  }

  #logIntroduction(address: Address, from: Address): void {
    const { log, name } = this.#parts;
    if (!log.isOn('DEBUG')) return;
    const fields = { overlay: name, address: printAddress(address), from: printAddress(from) };
    log.write('DEBUG', 'heard of an address', fields);
  }
}

type Located = { readonly peer: Peer; readonly address: Address };
