/**
 * Introduction requests of the last seconds: an answer, or a puncture, that belongs to none of them
 * moves nothing.
 */
import { type Address, equalAddress } from '../address/address.ts';
import { BoundedMap } from '../base/bounded-map.ts';
import type { Clock } from '../env/clock.ts';
import type { Peer } from '../peer/peer.ts';
import type { GlobalTime } from './global-time.ts';
import { OUTSTANDING_REQUESTS_MAX, REQUEST_TIMEOUT_MS } from './limits.ts';

/** Identifiers are 16 bits of the global time (py-ipv8 3.2 ipv8/community.py:286). */
const IDENTIFIERS = 65_536n;

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

/** The low 16 bits of a global time, as introduction messages carry it. */
export function shortTime(globalTime: bigint): number {
  return Number(globalTime % IDENTIFIERS);
}

export class OutstandingRequests {
  readonly #clock: Clock;
  readonly #globalTime: GlobalTime;
  readonly #requests = new BoundedMap<number, Request>({
    countMax: OUTSTANDING_REQUESTS_MAX,
    onFull: 'drop-oldest',
  });

  constructor(clock: Clock, globalTime: GlobalTime) {
    this.#clock = clock;
    this.#globalTime = globalTime;
  }

  /** Requests remembered, those included that were answered or whose time is over. */
  get size(): number {
    return this.#requests.size;
  }

  /** The identifier of a new request, which no other one of the last seconds has. */
  add(address: Address, peer: Peer | undefined): number {
    this.#forgetOld();
    const sentAtMs = this.#clock.now();
    const request: Request = {
      address,
      peer,
      sentAtMs,
      answeredBy: undefined,
      isAnsweredElsewhere: false,
      introduced: NOBODY,
    };
    for (let tries = 0; tries <= OUTSTANDING_REQUESTS_MAX; tries++) {
      const identifier = shortTime(this.#globalTime.claim());
      if (this.#recent(identifier) !== undefined) continue;
      this.#requests.delete(identifier);
      this.#requests.set(identifier, request);
      return identifier;
    }
    // Only a clock at its very end gives the same identifier again; the new request takes it over.
    const identifier = shortTime(this.#globalTime.now);
    this.#requests.set(identifier, request);
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
