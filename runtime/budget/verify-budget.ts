/**
 * Whether a signature is looked at: the last thing that is asked before cryptography.
 *
 * Three kinds of senders do not take from each other. _Answers_ come from an address where a
 * question of ours waits. _Sessions_ are peers at the address where they answered us, with the key
 * with which they did; one of them is held to its own pace once there is little room. Everybody else is a _stranger_, whatever it says of itself: addresses and
 * keys are free to forge, so nothing that a stranger does is held against an address or a key that
 * is proved, and nobody is ever banned. A sender is out of room for as long as its own pace says,
 * at most a second.
 *
 * While there is room for all, nothing is remembered of anybody.
 */
import type { Address } from '../address/address.ts';
import { subnetOf } from '../address/ranges.ts';
import { printAddress } from '../address/text.ts';
import type { Clock } from '../env/clock.ts';
import type { Curve } from '../crypto/keys.ts';
import { PACED_SOURCES_MAX, TOTAL_BURST_SHARES, type VerifyPaces } from './limits.ts';
import { PaceOfEach, SharedPace } from './pace.ts';
import { verifyCostMs } from './verify-cost.ts';

/** A signature that somebody wants checked. */
export type Claim = {
  readonly from: Address;
  /** The curve of the key that came with it. */
  readonly curve: Curve;
  /** True when a question that such a message may answer waits at the address it came from. */
  readonly isExpected: boolean;
  /** The id of the peer with this very key whose address this was proved to be; asked when needed. */
  readonly session: () => string | undefined;
};

export type VerifyBudgetParts = {
  readonly clock: Pick<Clock, 'now'>;
  /** Who checks: `Crypto.provider`. */
  readonly provider: string;
  readonly paces: VerifyPaces;
};

/** From this part of a burst on, each sender is paced by itself too. */
const PRESSURE = 0.5;

export class VerifyBudget {
  readonly #parts: VerifyBudgetParts;
  readonly #total: SharedPace;
  readonly #strangers: SharedPace;
  readonly #binaryCurves: SharedPace;
  readonly #binarySubnets: PaceOfEach;
  readonly #addresses: PaceOfEach;
  readonly #subnets: PaceOfEach;
  readonly #sessions: PaceOfEach;
  readonly #answers: PaceOfEach;
  readonly #strangerPaces: readonly PaceOfEach[];
  readonly #knownPaces: readonly PaceOfEach[];

  constructor(parts: VerifyBudgetParts) {
    const { paces } = parts;
    this.#parts = parts;
    this.#total = new SharedPace(paces.total);
    this.#strangers = new SharedPace(paces.strangers);
    this.#binaryCurves = new SharedPace(paces.binaryCurves);
    this.#binarySubnets = new PaceOfEach(paces.binarySubnet, PACED_SOURCES_MAX);
    this.#addresses = new PaceOfEach(paces.address, PACED_SOURCES_MAX);
    this.#subnets = new PaceOfEach(paces.subnet, PACED_SOURCES_MAX);
    this.#sessions = new PaceOfEach(paces.session, PACED_SOURCES_MAX);
    this.#answers = new PaceOfEach(paces.answers, PACED_SOURCES_MAX);
    this.#strangerPaces = [this.#binarySubnets, this.#addresses, this.#subnets];
    this.#knownPaces = [this.#sessions, this.#answers];
  }

  /** Senders remembered, of all kinds. */
  get size(): number {
    return [...this.#strangerPaces, ...this.#knownPaces].reduce((sum, { size }) => sum + size, 0);
  }

  /** True when the signature may be checked, and then its cost is taken. */
  admit(claim: Claim): boolean {
    const nowMs = this.#parts.clock.now();
    const cost = verifyCostMs(claim.curve, this.#parts.provider);
    this.#forget(nowMs);
    if (!this.#total.hasRoom(cost, nowMs)) return false;
    return (
      (claim.isExpected && this.#admitAnswer(claim, cost, nowMs)) ||
      this.#admitSession(claim, cost, nowMs) ||
      this.#admitStranger(claim, cost, nowMs)
    );
  }

  /** When nobody is under pressure, everybody may begin anew. */
  #forget(nowMs: number): void {
    if (this.#total.isAtRest(nowMs)) for (const paces of this.#knownPaces) paces.clear();
    if (this.#strangers.isAtRest(nowMs)) for (const paces of this.#strangerPaces) paces.clear();
  }

  #admitAnswer({ from }: Claim, cost: number, nowMs: number): boolean {
    const isPaced = !this.#total.hasRoom(cost, nowMs, PRESSURE);
    return this.#admitKnown(this.#answers, isPaced ? printAddress(from) : undefined, cost, nowMs);
  }

  #admitSession({ session }: Claim, cost: number, nowMs: number): boolean {
    if (!this.#total.hasRoom(cost, nowMs, TOTAL_BURST_SHARES.sessions)) return false;
    const id = session();
    if (id === undefined) return false;
    const isPaced = !this.#total.hasRoom(cost, nowMs, PRESSURE);
    return this.#admitKnown(this.#sessions, isPaced ? id : undefined, cost, nowMs);
  }

  /** `name` is undefined while there is room for all. */
  #admitKnown(paces: PaceOfEach, name: string | undefined, cost: number, nowMs: number): boolean {
    if (name !== undefined && !paces.take(name, cost, nowMs)) return false;
    this.#total.take(cost, nowMs);
    return true;
  }

  #admitStranger({ from, curve }: Claim, cost: number, nowMs: number): boolean {
    const isBinary = curve !== 'curve25519';
    if (!this.#total.hasRoom(cost, nowMs, TOTAL_BURST_SHARES.strangers)) return false;
    if (!this.#strangers.hasRoom(cost, nowMs)) return false;
    if (isBinary && !this.#binaryCurves.hasRoom(cost, nowMs)) return false;
    if (!this.#admitSource(from, isBinary, cost, nowMs)) return false;
    if (isBinary) this.#binaryCurves.take(cost, nowMs);
    this.#strangers.take(cost, nowMs);
    this.#total.take(cost, nowMs);
    return true;
  }

  /** What one of them would take may be lost when the next one refuses: only under pressure. */
  #admitSource(from: Address, isBinary: boolean, cost: number, nowMs: number): boolean {
    const isPaced = !this.#strangers.hasRoom(cost, nowMs, PRESSURE);
    const isBinaryPaced = isBinary && !this.#binaryCurves.hasRoom(cost, nowMs, PRESSURE);
    if (!isPaced && !isBinaryPaced) return true;
    const subnet = subnetOf(from);
    if (isBinaryPaced && !this.#binarySubnets.take(subnet, cost, nowMs)) return false;
    if (!isPaced) return true;
    const address = from.kind === 'ipv6' ? subnet : from.host;
    return this.#addresses.take(address, cost, nowMs) && this.#subnets.take(subnet, cost, nowMs);
  }
}
