/**
 * Introduction requests of the last seconds: an answer, or a puncture, that belongs to none of them
 * moves nothing.
 */
import { type Address, equalAddress } from '../address/address.ts';
import { BoundedMap } from '../base/bounded-map.ts';
import type { Clock } from '../env/clock.ts';
import type { Random } from '../env/random.ts';
import type { Peer } from '../peer/peer.ts';
import { OUTSTANDING_REQUESTS_MAX, REQUEST_TIMEOUT_MS } from './limits.ts';

/** The field has 16 bits; whoever answers repeats them (py-ipv8 3.2 ipv8/community.py:470). */
const IDENTIFIERS = 65_536;

/** At most one identifier in 256 is taken: so many draws miss all free ones once in 2^128 times. */
const DRAWS_MAX = 16;

const NOBODY: readonly Address[] = [];

type Request = {
  readonly address: Address;
  /** Whose answer it must be; undefined when we do not know who is there. */
  readonly peer: Peer | undefined;
  readonly sentAtMs: number;
  /** Who answered; undefined while the request waits. */
  answeredBy: Peer | undefined;
  /** True when an answer came from another port of the host that was asked. */
  isAnsweredElsewhere: boolean;
  /** Where the answer said that somebody is, until that one's puncture came. */
  introduced: readonly Address[];
};

/** A puncture that somebody sent because an answer to us introduced them. */
export type SolicitedPuncture = {
  readonly introducer: Peer;
  /** False when the introduced peer is at another port of its address than we were told. */
  readonly isFromIntroduced: boolean;
};

export class OutstandingRequests {
  readonly #clock: Clock;
  /** The secure source: who can guess an identifier can forge an answer from where we asked. */
  readonly #random: Random;
  readonly #requests = new BoundedMap<number, Request>({
    countMax: OUTSTANDING_REQUESTS_MAX,
    onFull: 'drop-oldest',
  });

  constructor(clock: Clock, random: Random) {
    this.#clock = clock;
    this.#random = random;
  }

  /** Requests remembered, those included that were answered or whose time is over. */
  get size(): number {
    return this.#requests.size;
  }

  /**
   * The identifier of a new request, which no other one of the last seconds has; undefined when the
   * source of chance gives none that is free.
   */
  add(address: Address, peer: Peer | undefined): number | undefined {
    this.#forgetOld();
    const identifier = this.#drawIdentifier();
    if (identifier === undefined) return undefined;
    this.#requests.set(identifier, {
      address,
      peer,
      sentAtMs: this.#clock.now(),
      answeredBy: undefined,
      isAnsweredElsewhere: false,
      introduced: NOBODY,
    });
    return identifier;
  }

  /**
   * True when `peer` at `from` answers a request that waits, which it then no longer does. A wrong
   * guess takes nothing away from the right answer.
   */
  settle(identifier: number, peer: Peer, from: Address): boolean {
    const request = this.#waiting(identifier, peer);
    if (request === undefined || !equalAddress(request.address, from)) return false;
    request.answeredBy = peer;
    return true;
  }

  /**
   * True, once for each request, when `peer` answers it from another port of the host that was
   * asked: a NAT that gives each target a port of its own does that. The request waits on.
   */
  takeAnswerFromElsewhere(identifier: number, peer: Peer, from: Address): boolean {
    const request = this.#waiting(identifier, peer);
    if (request === undefined || request.isAnsweredElsewhere) return false;
    if (request.address.host !== from.host) return false;
    request.isAnsweredElsewhere = true;
    return true;
  }

  /** True when a request to this host waits for its answer: its NAT may answer from another port. */
  isAnswerExpected(from: Address): boolean {
    for (const request of this.#requests.values()) {
      const isWaiting = request.answeredBy === undefined && request.address.host === from.host;
      if (isWaiting && this.#isRecent(request)) return true;
    }
    return false;
  }

  /** The answer to a settled request introduced who is at these addresses: punctures may follow. */
  expectPuncture(identifier: number, introduced: readonly Address[]): void {
    const request = this.#recent(identifier);
    // A copy that is as long as it is: it stays until the request is forgotten.
    if (request !== undefined) request.introduced = introduced.slice();
  }

  /** True when somebody on this host was introduced and has not sent a puncture yet. */
  isPunctureExpected(from: Address): boolean {
    for (const request of this.#requests.values()) {
      if (hasHost(request.introduced, from) && this.#isRecent(request)) return true;
    }
    return false;
  }

  /** The one puncture that each introduction makes solicited; undefined for any other. */
  takePuncture(identifier: number, from: Address): SolicitedPuncture | undefined {
    const request = this.#recent(identifier);
    if (request?.answeredBy === undefined || !hasHost(request.introduced, from)) return undefined;
    const isFromIntroduced = request.introduced.some((address) => equalAddress(address, from));
    request.introduced = NOBODY;
    return { introducer: request.answeredBy, isFromIntroduced };
  }

  #drawIdentifier(): number | undefined {
    for (let draws = 0; draws < DRAWS_MAX; draws++) {
      const identifier = this.#random.below(IDENTIFIERS);
      if (!this.#requests.has(identifier)) return identifier;
    }
    return undefined;
  }

  /** A request without its answer, which this peer may give. */
  #waiting(identifier: number, by: Peer): Request | undefined {
    const request = this.#recent(identifier);
    if (request === undefined || request.answeredBy !== undefined) return undefined;
    return request.peer === undefined || request.peer.id === by.id ? request : undefined;
  }

  #recent(identifier: number): Request | undefined {
    const request = this.#requests.peek(identifier);
    return request !== undefined && this.#isRecent(request) ? request : undefined;
  }

  #isRecent({ sentAtMs }: Request): boolean {
    return this.#clock.now() - sentAtMs <= REQUEST_TIMEOUT_MS;
  }

  /** The oldest come first. */
  #forgetOld(): void {
    for (const [identifier, request] of this.#requests) {
      if (this.#isRecent(request)) return;
      this.#requests.delete(identifier);
    }
  }
}

function hasHost(addresses: readonly Address[], { host }: Address): boolean {
  return addresses.some((address) => address.host === host);
}
