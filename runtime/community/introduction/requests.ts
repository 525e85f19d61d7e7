/** Answers those who ask us for an introduction, and has the way to whom we introduce opened. */
import { type Address, equalAddress, NO_ADDRESS } from '../../address/address.ts';
import { isLoopback, isPrivate } from '../../address/ranges.ts';
import { BoundedMap } from '../../base/bounded-map.ts';
import { pick } from '../../env/random.ts';
import type { Peer } from '../../peer/peer.ts';
import type {
  IntroductionRequest,
  NewIntroductionRequest,
} from '../../../generated/introduction.ts';
import { Ignored } from '../counters.ts';
import { type From, type IntroductionParts, isTracker } from './parts.ts';
import { isSendable } from '../../address/sendable.ts';
import { punctureRequestOf, type Request, responseOf, type Style, styleFor } from './styles.ts';

/** What else a request says, depending on its style. */
type Wishes = {
  /** The sender understands the new style. */
  readonly isNewStyle: boolean;
  /** The sender wants an introduction, not only to be known. */
  readonly wantsIntroduction: boolean;
  /** The peer to introduce; any one unless it is known. */
  readonly introduced?: Peer | undefined;
};

type Located = { readonly peer: Peer; readonly address: Address };

export class Requests {
  readonly #parts: IntroductionParts;
  readonly #prove: (address: Address, peer: Peer) => void;
  /** What peers said of their address in their own network, by peer id. */
  readonly #lanAddresses: BoundedMap<string, Address>;

  readonly handlers = {
    introductionRequest: (request: IntroductionRequest, from: From) => {
      const { supportsNewStyle, advice } = request.flags;
      return this.receive(request, from, {
        isNewStyle: supportsNewStyle,
        wantsIntroduction: advice,
      });
    },
    // The reference sends its advice flag as 0 here and means 1.
    newIntroductionRequest: (request: NewIntroductionRequest, from: From) =>
      this.receive(request, from, { isNewStyle: true, wantsIntroduction: true }),
  };

  /** `prove` asks at an address where a peer that we know elsewhere claims to be. */
  constructor(parts: IntroductionParts, prove: (address: Address, peer: Peer) => void) {
    this.#parts = parts;
    this.#lanAddresses = new BoundedMap({
      countMax: parts.lanAddressesMax,
      onFull: 'drop-least-recently-used',
    });
    this.#prove = prove;
  }

  /** Answers a request that a community has a form of its own for. */
  receive(request: Request, { peer, from }: From, wishes: Wishes): Ignored | undefined {
    const { network, service, peersMax } = this.#parts;
    const isFull = peersMax >= 0 && network.peerCount(service) > peersMax;
    // Keys are free: a crowd of them that never answers must not hold the places for good.
    if (isFull && !network.makeRoom(service)) return new Ignored('full');
    if (!isSendable(from)) return new Ignored('bad-address');
    if (isTracker(this.#parts, from)) {
      this.#respond(request, peer, from, wishes);
      return undefined;
    }
    const isElsewhere = network.addressOf(peer) !== undefined && !network.isAt(peer, from);
    if (isElsewhere) network.discoverCandidate(from, service, wishes.isNewStyle);
    else network.addVerifiedPeer(peer, from, service);
    if (wishes.isNewStyle) network.markNewStyle(peer);
    const { sourceLanAddress } = request;
    if (sourceLanAddress.kind === 'ipv4') this.#lanAddresses.set(peer.id, sourceLanAddress);
    this.#respond(request, peer, from, wishes);
    // It moved, or somebody replays it from elsewhere: only an answer from there tells.
    if (isElsewhere) this.#prove(from, peer);
    return undefined;
  }

  #respond(request: Request, requester: Peer, to: Address, wishes: Wishes): void {
    const { globalTime, network, own, peersMax, send, service } = this.#parts;
    const time = globalTime.claimShort();
    const isNew = wishes.isNewStyle || network.isNewStyle(requester);
    const style = styleFor(isNew ? 'new' : 'old', [to]);
    const introduced = wishes.wantsIntroduction
      ? this.#pickIntroduced(requester, to, style, wishes.introduced)
      : undefined;
    if (introduced !== undefined) this.#requestPuncture(introduced.address, request, to, style);
    const wan = style === 'new' ? own.preferred : own.wan('ipv4');
    const { lanIntroductionAddress, wanIntroductionAddress } = this.#introductionOf(introduced);
    const response = {
      destinationAddress: to,
      sourceLanAddress: own.lan('ipv4') ?? own.lan('ipv6') ?? NO_ADDRESS,
      sourceWanAddress: wan ?? NO_ADDRESS,
      lanIntroductionAddress,
      wanIntroductionAddress,
      introducedSupportsNewStyle: introduced !== undefined && network.isNewStyle(introduced.peer),
      identifier: request.identifier,
    };
    const isFull = peersMax >= 0 && network.peerCount(service) >= peersMax;
    send(to, responseOf(style, response, isFull), time);
  }

  /** Any peer but the requester, each as likely as the others, that the style can tell of. */
  #pickIntroduced(
    requester: Peer,
    to: Address,
    style: Style,
    wanted: Peer | undefined,
  ): Located | undefined {
    const { network, random, service } = this.#parts;
    const locate = (peer: Peer): Located[] => {
      if (peer.id === requester.id) return [];
      const address = this.#placeToTell(peer, to, style);
      if (address === undefined || !isSendable(address)) return [];
      return equalAddress(address, to) ? [] : [{ peer, address }];
    };
    const drawn = wanted ?? network.pickPeer(service, random);
    // Nearly always the first will do; looking at all of them costs a tracker far more.
    return drawn === undefined
      ? undefined
      : (locate(drawn)[0] ?? pick(random, network.peers(service).flatMap(locate)));
  }

  /** In the requester's family where the peer is there: in it the requester surely sends. */
  #placeToTell(peer: Peer, to: Address, style: Style): Address | undefined {
    const { network } = this.#parts;
    const address = network.addressOf(peer, to.kind === 'ipv6' ? 'ipv6' : 'ipv4');
    return address ?? (style === 'new' ? network.addressOf(peer) : undefined);
  }

  /**
   * A peer in our own network is introduced by its address there, and by ours outside with its
   * port.
   */
  #introductionOf(introduced: Located | undefined): {
    readonly lanIntroductionAddress: Address;
    readonly wanIntroductionAddress: Address;
  } {
    const tell = (lan: Address | undefined, wan: Address) => ({
      lanIntroductionAddress: lan ?? NO_ADDRESS,
      wanIntroductionAddress: wan,
    });
    if (introduced === undefined) return tell(NO_ADDRESS, NO_ADDRESS);
    const { address, peer } = introduced;
    if (isPrivate(address)) return tell(address, this.#besideUs(address));
    // On one machine everybody is behind the same "NAT" and would take the address inside, where
    // nobody answers who is bound to loopback only.
    if (isLoopback(address)) return tell(NO_ADDRESS, address);
    return tell(this.#lanAddresses.get(peer.id), address);
  }

  /** Our address outside with the port of a peer in our own network. */
  #besideUs({ kind, port }: Address): Address {
    const wan = this.#parts.own.wan(kind === 'ipv6' ? 'ipv6' : 'ipv4');
    return { ...(wan ?? NO_ADDRESS), port };
  }

  #requestPuncture(introduced: Address, request: Request, walker: Address, style: Style): void {
    const order = {
      // What the walker takes for our address stands here in the reference too
      // (community.py:470); in one network no NAT is in the way, so nothing depends on it.
      lanWalkerAddress: request.destinationAddress,
      wanWalkerAddress: walker,
      identifier: request.identifier,
    };
    const { globalTime, send } = this.#parts;
    const needed = styleFor(style, [order.lanWalkerAddress, walker, introduced]);
    send(introduced, punctureRequestOf(needed, order), globalTime.claim());
  }
}
