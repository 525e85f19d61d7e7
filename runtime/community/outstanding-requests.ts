/**
 * Introduction requests that wait for their answer: an answer that matches none of them moves
 * nothing.
 */
import { type Address, equalAddress } from '../address/address.ts';
import { BoundedMap } from '../base/bounded-map.ts';
import type { Clock } from '../env/clock.ts';
import type { Peer } from '../peer/peer.ts';
import type { GlobalTime } from './global-time.ts';
import { OUTSTANDING_REQUESTS_MAX, REQUEST_TIMEOUT_MS } from './limits.ts';

/** Identifiers are 16 bits of the global time (py-ipv8 3.2 ipv8/community.py:286). */
const IDENTIFIERS = 65_536n;

type Request = {
  readonly address: Address;
  /** Whose answer it must be; undefined when we do not know who is there. */
  readonly peer: Peer | undefined;
  readonly sentAtMs: number;
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

  /** Requests remembered, those included whose time is over. */
  get size(): number {
    return this.#requests.size;
  }

  /** The identifier of a new request, which no request that still waits has. */
  add(address: Address, peer: Peer | undefined): number {
    const sentAtMs = this.#clock.now();
    for (let tries = 0; tries <= OUTSTANDING_REQUESTS_MAX; tries++) {
      const identifier = shortTime(this.#globalTime.claim());
      if (this.#isWaiting(identifier)) continue;
      this.#requests.delete(identifier);
      this.#requests.set(identifier, { address, peer, sentAtMs });
      return identifier;
    }
    // Only a clock at its very end gives the same identifier again; the new request takes it over.
    const identifier = shortTime(this.#globalTime.now);
    this.#requests.set(identifier, { address, peer, sentAtMs });
    return identifier;
  }

  /**
   * True when `peer` at `from` answers a request that waits, which it then no longer does. A wrong
   * guess takes nothing away from the right answer.
   */
  settle(identifier: number, peer: Peer, from: Address): boolean {
    const request = this.#requests.peek(identifier);
    if (request === undefined || !this.#isWaiting(identifier)) return false;
    if (!equalAddress(request.address, from)) return false;
    if (request.peer !== undefined && request.peer.id !== peer.id) return false;
    return this.#requests.delete(identifier);
  }

  #isWaiting(identifier: number): boolean {
    const request = this.#requests.peek(identifier);
    return request !== undefined && this.#clock.now() - request.sentAtMs <= REQUEST_TIMEOUT_MS;
  }
}
