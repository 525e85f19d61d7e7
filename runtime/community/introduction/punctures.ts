/** Opens our NAT for those who were told of us, and meets who opened theirs for us. */
import { type Address, NO_ADDRESS } from '../../address/address.ts';
import { ownerOf } from '../../address/ranges.ts';
import type { Peer } from '../../peer/peer.ts';
import type {
  NewPuncture,
  NewPunctureRequest,
  Puncture,
  PunctureRequest,
} from '../../../generated/introduction.ts';
import { Ignored } from '../counters.ts';
import type { OutstandingRequests } from '../outstanding-requests.ts';
import { type From, type IntroductionParts, isTracker } from './parts.ts';
import { logIntroduction } from './responses.ts';
import { isSendable, isTellable } from '../../address/sendable.ts';
import { punctureOf, type PunctureNews, type PunctureOrder, type Style } from './styles.ts';

export class Punctures {
  readonly #parts: IntroductionParts;
  readonly #outstanding: OutstandingRequests;
  readonly #request: (address: Address, peer: Peer) => void;

  readonly handlers = {
    punctureRequest: (order: PunctureRequest, { from }: { readonly from: Address }) =>
      this.#puncture(order, from, 'old'),
    newPunctureRequest: (order: NewPunctureRequest, { from }: { readonly from: Address }) =>
      this.#puncture(order, from, 'new'),
    puncture: (news: Puncture, from: From) => this.#meet(news, from, 'old'),
    newPuncture: (news: NewPuncture, from: From) => this.#meet(news, from, 'new'),
  };

  /** `request` asks a peer at an address for an introduction. */
  constructor(
    parts: IntroductionParts,
    outstanding: OutstandingRequests,
    request: (address: Address, peer: Peer) => void,
  ) {
    this.#parts = parts;
    this.#outstanding = outstanding;
    this.#request = request;
  }

  #puncture(order: PunctureOrder, from: Address, style: Style): Ignored | undefined {
    const { globalTime, network, own, punctureBudget, send } = this.#parts;
    const isFromTracker = isTracker(this.#parts, from);
    const isKnown = network.peerAt(from) !== undefined || isFromTracker;
    if (!isKnown) return new Ignored('stranger');
    const target = this.#targetOf(order);
    if (!own.canSendTo(target) || !isTellable(target, from)) return new Ignored('bad-address');
    // Nothing in the request says who sent it but its source, which is free to forge.
    const asker = { name: ownerOf(from), isProved: isFromTracker || network.isProved(from) };
    if (!punctureBudget.take(target, asker)) return new Ignored('over-budget');
    const puncture = punctureOf(style, {
      sourceLanAddress: own.lan('ipv4') ?? own.lan('ipv6') ?? NO_ADDRESS,
      // Not our own: the reference puts the walker's address here (community.py:592), and nobody
      // reads it.
      sourceWanAddress: order.wanWalkerAddress,
      identifier: order.identifier,
    });
    send(target, puncture, globalTime.claim());
    return undefined;
  }

  /** Who is behind the same NAT as we is met inside. */
  #targetOf({ lanWalkerAddress: lan, wanWalkerAddress: wan }: PunctureOrder): Address {
    const isBesideUs = wan.kind === 'ipv4' && wan.host === this.#parts.own.wan('ipv4')?.host;
    return isBesideUs && isSendable(lan) ? lan : wan;
  }

  /**
   * A NAT that gives each target a port of its own is only met where its puncture comes from. Acting
   * on any puncture would let strangers add peers (Tribler #4171), hence only on the first from the
   * host that an answer to us introduced, and the key that sent it must answer.
   */
  #meet({ identifier }: PunctureNews, { from, peer }: From, style: Style): Ignored | undefined {
    const { network, own, service } = this.#parts;
    const solicited = this.#outstanding.takePuncture(identifier, from);
    if (solicited === undefined) return new Ignored('unsolicited');
    const isPeer = network.isAt(peer, from) && network.servicesOf(peer).includes(service);
    // Where we were told to, the walk goes at its own pace.
    if (solicited.isFromIntroduced || isPeer || !own.canSendTo(from)) return undefined;
    network.discoverAddress(from, solicited.introducer, service, style === 'new');
    logIntroduction(this.#parts, from, from);
    this.#request(from, peer);
    return undefined;
  }
}
