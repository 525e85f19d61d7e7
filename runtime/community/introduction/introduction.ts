/**
 * How peers of an overlay find each other: ask one peer for another, and have the way to it opened.
 *
 * Bytes and pace are the reference's (py-ipv8 3.2 ipv8/community.py:276-655); what it believes
 * unseen is not: a response must answer a request of ours, from where that was sent, or it moves
 * nothing.
 */
import { type Address, NO_ADDRESS } from '../../address/address.ts';
import { ownerOf } from '../../address/ranges.ts';
import { pick } from '../../env/random.ts';
import type { Peer } from '../../peer/peer.ts';
import type { Walkable } from '../../walker/strategy.ts';
import { introductionProtocol } from '../../../generated/introduction.ts';
import type { Ignored } from '../counters.ts';
import { KEEP_ALIVE_ONE_IN } from '../limits.ts';
import { OutstandingRequests } from '../outstanding-requests.ts';
import type { OwnFormRequest } from '../overlay.ts';
import { createRoutes, type Route } from '../router.ts';
import type { Asker } from '../target-budget.ts';
import type { From, IntroductionParts } from './parts.ts';
import { Punctures } from './punctures.ts';
import { Requests } from './requests.ts';
import { Responses } from './responses.ts';
import { requestOf, type Style, styleFor } from './styles.ts';

export class Introduction implements Walkable {
  /** What the router needs to hand the protocol's messages to this. */
  readonly routes: readonly Route[];
  readonly #parts: IntroductionParts;
  readonly #outstanding: OutstandingRequests;
  readonly #requests: Requests;

  constructor(parts: IntroductionParts) {
    this.#parts = parts;
    this.#outstanding = new OutstandingRequests(parts.clock, parts.random);
    this.#requests = new Requests(parts, (address, peer) => this.prove(address, peer));
    this.routes = this.#createRoutes();
  }

  peers(): readonly Peer[] {
    return this.#parts.network.peers(this.#parts.service);
  }

  walkableAddresses(): readonly Address[] {
    return this.#parts.network.walkableAddresses(this.#parts.service);
  }

  walkTo(address: Address): void {
    if (this.#parts.own.canSendTo(address)) this.#request(address, undefined);
  }

  /**
   * Without a peer: a random one, now and then a bootstrap address so that a network which fell
   * apart grows together again, and all bootstrap addresses while we know nobody.
   */
  requestIntroduction(peer?: Peer): void {
    const { bootstrapHosts, network, random, service } = this.#parts;
    if (peer !== undefined) return this.#requestFrom(peer);
    const known = network.pickPeer(service, random);
    if (known === undefined) return this.bootstrap();
    const keepAlive =
      random.below(KEEP_ALIVE_ONE_IN) === 0 ? pick(random, bootstrapHosts()) : undefined;
    if (keepAlive === undefined) this.#requestFrom(known);
    else this.walkTo(keepAlive);
  }

  bootstrap(): void {
    for (const address of this.#parts.bootstrapAddresses()) this.walkTo(address);
  }

  /** Answers a request that came in a community's own form. */
  answer(request: OwnFormRequest, from: From, introduced: Peer | undefined): Ignored | undefined {
    return this.#requests.receive(request, from, {
      isNewStyle: request.flags.supportsNewStyle,
      wantsIntroduction: request.flags.advice,
      introduced,
    });
  }

  forgetAddress(address: Address): void {
    this.#parts.network.forgetAddress(address);
  }

  /**
   * Asks at the address for an introduction, so that an answer proves that somebody, of whom we know
   * the key or not, is there. Not always: with a longer key than theirs, this is more than others
   * sent who made us ask, hence the budget.
   */
  prove(address: Address, peer: Peer | undefined): void {
    const { own, questionBudget } = this.#parts;
    if (!own.canSendTo(address)) return;
    if (questionBudget.take(address, this.#askerOf(address, peer))) this.#request(address, peer);
  }

  /** Whoever replays messages of one peer from all over drains the part of that peer alone. */
  #askerOf(address: Address, peer: Peer | undefined): Asker {
    const { network } = this.#parts;
    const place = peer && network.addressOf(peer);
    if (peer === undefined || place === undefined) {
      return { name: ownerOf(address), isProved: false };
    }
    return { name: peer.id, isProved: network.isProved(place) };
  }

  #requestFrom(peer: Peer): void {
    const { network, own } = this.#parts;
    const address = network.addressOf(peer);
    if (address !== undefined && own.canSendTo(address)) this.#request(address, peer);
  }

  /** `peer` is who must answer, when we know who is there. */
  #request(address: Address, peer: Peer | undefined): void {
    const { globalTime, own, send } = this.#parts;
    const identifier = this.#outstanding.add(address, peer);
    if (identifier === undefined) return;
    const style = styleFor(this.#styleAt(address, peer), [address]);
    const wan = style === 'new' ? own.preferred : own.wan('ipv4');
    const request = requestOf(style, {
      destinationAddress: address,
      sourceLanAddress: own.lan('ipv4') ?? own.lan('ipv6') ?? NO_ADDRESS,
      sourceWanAddress: wan ?? NO_ADDRESS,
      identifier,
    });
    send(address, request, globalTime.claimShort());
  }

  #styleAt(address: Address, peer: Peer | undefined): Style {
    const { network } = this.#parts;
    const isNew = peer === undefined ? network.isNewStyleAt(address) : network.isNewStyle(peer);
    return isNew ? 'new' : 'old';
  }

  #createRoutes(): readonly Route[] {
    const parts = this.#parts;
    const outstanding = this.#outstanding;
    const requests = this.#requests;
    const responses = new Responses(parts, outstanding);
    const punctures = new Punctures(parts, outstanding, (address, peer) =>
      this.#request(address, peer),
    );
    const isAnswer = (from: Address): boolean =>
      parts.network.placesOf(from).some((place) => outstanding.isAnswerExpected(place));
    const isPuncture = (from: Address): boolean => outstanding.isPunctureExpected(from);
    const isExpected = {
      introductionResponse: isAnswer,
      newIntroductionResponse: isAnswer,
      puncture: isPuncture,
      newPuncture: isPuncture,
    };
    const { introductionRequest, newIntroductionRequest } = requests.handlers;
    const { introductionResponse, newIntroductionResponse } = responses.handlers;
    const { punctureRequest, newPunctureRequest, puncture, newPuncture } = punctures.handlers;
    const handlers = {
      introductionRequest,
      newIntroductionRequest,
      introductionResponse,
      newIntroductionResponse,
      punctureRequest,
      newPunctureRequest,
      puncture,
      newPuncture,
    };
    return createRoutes(introductionProtocol.messages, handlers, isExpected);
  }
}
