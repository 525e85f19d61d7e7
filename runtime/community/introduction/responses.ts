/** What we learn from the answers to our requests: who lives, where we are, whom to walk to. */
import { type Address, equalAddress, NO_ADDRESS } from '../../address/address.ts';
import { printAddress } from '../../address/text.ts';
import type {
  IntroductionResponse,
  NewIntroductionResponse,
} from '../../../generated/introduction.ts';
import { Ignored } from '../counters.ts';
import type { OutstandingRequests } from '../outstanding-requests.ts';
import { type From, type IntroductionParts, isTracker } from './parts.ts';
import { isSendable, isTellable } from '../../address/sendable.ts';
import { punctureRequestOf } from './styles.ts';

type AnyResponse = IntroductionResponse | NewIntroductionResponse;

export class Responses {
  readonly #parts: IntroductionParts;
  readonly #outstanding: OutstandingRequests;

  readonly handlers = {
    introductionResponse: (response: IntroductionResponse, from: From) => {
      const { peerLimitReached, supportsNewStyle } = response.flags;
      const ignored = this.#receive(response, from, supportsNewStyle);
      if (ignored === undefined && peerLimitReached) this.#parts.onFullPeer(from.peer);
      return ignored;
    },
    newIntroductionResponse: (response: NewIntroductionResponse, from: From) =>
      this.#receive(response, from, true),
  };

  constructor(parts: IntroductionParts, outstanding: OutstandingRequests) {
    this.#parts = parts;
    this.#outstanding = outstanding;
  }

  #receive(response: AnyResponse, { peer, from }: From, isNewStyle: boolean): Ignored | undefined {
    const { network, own, service } = this.#parts;
    const places = network.isAt(peer, from) ? network.placesOf(from) : [from];
    if (!places.some((place) => this.#outstanding.settle(response.identifier, peer, place))) {
      return this.#receiveFromElsewhere(response, { peer, from });
    }
    if (!isTracker(this.#parts, from)) {
      network.addVerifiedPeer(peer, from, service);
      network.confirmAddress(peer, from);
      // Also when its network has its part of our peers already.
      network.answeredAt(from);
      if (isNewStyle) network.markNewStyle(peer);
    }
    const seenAt = response.destinationAddress;
    if (isSendable(seenAt)) own.observe(seenAt, peer, from);
    if (isNewStyle) this.#meetInOtherFamily(response, { peer, from });
    const introduced = this.#introducedBy(response).filter((address) => {
      return own.canSendTo(address) && isTellable(address, from);
    });
    this.#outstanding.expectPuncture(response.identifier, introduced);
    for (const address of introduced) {
      network.discoverAddress(address, peer, service, response.flags.introducedSupportsNewStyle);
      logIntroduction(this.#parts, address, from);
    }
    return undefined;
  }

  /**
   * Whoever is behind a NAT with a port for each target answers from another one than was asked. That
   * counts as much as a request of theirs from there would: it makes no address proved.
   */
  #receiveFromElsewhere({ identifier }: AnyResponse, { peer, from }: From): Ignored | undefined {
    const { network, peersMax, service } = this.#parts;
    if (!this.#outstanding.takeAnswerFromElsewhere(identifier, peer, from)) {
      return new Ignored('unsolicited');
    }
    if (isTracker(this.#parts, from)) return undefined;
    // It makes its sender no more than a request would have.
    const isFull = peersMax >= 0 && network.peerCount(service) > peersMax;
    if (isFull && !network.makeRoom(service)) return new Ignored('full');
    network.addVerifiedPeer(peer, from, service);
    return undefined;
  }

  /**
   * Who would rather be met by IPv6, or by IPv4, than as we met is walked to there, and asked to open
   * the way (py-ipv8 3.2 ipv8/community.py:509-524).
   */
  #meetInOtherFamily({ sourceWanAddress, identifier }: AnyResponse, { peer, from }: From): void {
    const { globalTime, network, own, send, service } = this.#parts;
    const { kind } = sourceWanAddress;
    if (kind === 'domain' || kind === from.kind || isTracker(this.#parts, from)) return;
    if (!own.canSendTo(sourceWanAddress) || !isTellable(sourceWanAddress, from)) return;
    const known = network.addressOf(peer, kind);
    if (known !== undefined && equalAddress(known, sourceWanAddress)) return;
    network.discoverAddress(sourceWanAddress, peer, service, true);
    logIntroduction(this.#parts, sourceWanAddress, from);
    const wanWalkerAddress = own.in(kind);
    if (wanWalkerAddress === undefined) return;
    const order = { lanWalkerAddress: NO_ADDRESS, wanWalkerAddress, identifier };
    send(from, punctureRequestOf('new', order), globalTime.claim());
  }

  /**
   * Who has our address outside is met inside, or, behind the box of a provider, outside; without an
   * address inside, it may have the port it has outside.
   */
  #introducedBy(response: AnyResponse): readonly Address[] {
    const { lanIntroductionAddress: lan, wanIntroductionAddress: wan } = response;
    const { own } = this.#parts;
    const hasLan = isSendable(lan);
    // An introducer that does not know its own address outside can give only the port
    // (`introductionOf`).
    if (!isSendable(wan)) return hasLan ? [lan] : [];
    if (hasLan) return [lan, wan];
    if (wan.kind !== 'ipv4' || wan.host !== own.wan('ipv4')?.host) return [wan];
    const ownLan = own.lan('ipv4');
    return ownLan === undefined ? [wan] : [wan, { ...ownLan, port: wan.port }];
  }
}

export function logIntroduction(
  { log, name }: IntroductionParts,
  address: Address,
  from: Address,
): void {
  if (!log.isOn('DEBUG')) return;
  const fields = { overlay: name, address: printAddress(address), from: printAddress(from) };
  log.write('DEBUG', 'heard of an address', fields);
}
