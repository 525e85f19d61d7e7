/**
 * Whether a signature is looked at: the last thing that is asked before cryptography.
 *
 * Three kinds of senders do not take from each other. _Answers_ come from a host where a question of
 * ours waits. _Sessions_ are peers at the address where they answered us, with the key with which
 * they did. Everybody else is a _stranger_, whatever it says of itself: addresses and keys are free to
 * forge, so nothing that a stranger does is held against an address or a key that is proved, and
 * nobody is ever banned. Strangers and answers have shares that nobody else gets, and sessions the
 * rest. Within each kind, who sends most is held to a pace of its own when there is little room, and
 * has some again within a second.
 *
 * What a message costs is known for certain when it is handled: `settle` then charges its sender for
 * what it took beyond its signature, the answer to it included. So a slow machine, or a busy one,
 * admits less.
 *
 * While there is room for all, nothing is remembered of anybody.
 */
import type { Address } from '../address/address.ts';
import { subnetOf } from '../address/ranges.ts';
import type { Clock } from '../env/clock.ts';
import type { Curve } from '../crypto/keys.ts';
import {
  PACED_SOURCES_MAX,
  SETTLED_MS_MAX,
  TOTAL_BURST_SHARES,
  type VerifyPaces,
} from './limits.ts';
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

/** What was admitted and is being handled: who pays when it took longer than thought. */
type Admitted = {
  readonly atMs: number;
  readonly cost: number;
  readonly shared: readonly SharedPace[];
  readonly each: readonly (readonly [PaceOfEach, string])[];
};

/** From this part of their common burst on, each stranger and each answerer is paced by itself too; */
const PRESSURE = 0.5;
/** from this one on, answerers more so; */
const CROWDED = 0.75;
/** and from these parts of the total burst on, each session: half, three quarters and seven eighths of theirs. */
const SESSIONS_TIERS = [PRESSURE, CROWDED, 0.875].map((part) => TOTAL_BURST_SHARES.sessions * part);

export class VerifyBudget {
  readonly #parts: VerifyBudgetParts;
  readonly #total: SharedPace;
  readonly #strangers: SharedPace;
  readonly #binaryCurves: SharedPace;
  readonly #binarySubnets: PaceOfEach;
  readonly #addresses: PaceOfEach;
  readonly #subnets: PaceOfEach;
  readonly #answers: SharedPace;
  readonly #answerers: PaceOfEach;
  readonly #crowdedAnswerers: PaceOfEach;
  readonly #strangerPaces: readonly PaceOfEach[];
  readonly #sessionPaces: readonly PaceOfEach[];
  /** Who pays for whom. */
  readonly #known: readonly SharedPace[];
  readonly #awaited: readonly SharedPace[];
  readonly #ordinaryStrangers: readonly SharedPace[];
  readonly #binaryStrangers: readonly SharedPace[];
  #admitted: Admitted | undefined;

  constructor(parts: VerifyBudgetParts) {
    const { paces } = parts;
    this.#parts = parts;
    this.#total = new SharedPace(paces.total);
    this.#strangers = new SharedPace(paces.strangers);
    this.#binaryCurves = new SharedPace(paces.binaryCurves);
    this.#binarySubnets = new PaceOfEach(paces.binarySubnet, PACED_SOURCES_MAX);
    this.#addresses = new PaceOfEach(paces.address, PACED_SOURCES_MAX);
    this.#subnets = new PaceOfEach(paces.subnet, PACED_SOURCES_MAX);
    this.#sessionPaces = [paces.session, paces.crowdedSession, paces.swampedSession].map(
      (pace) => new PaceOfEach(pace, PACED_SOURCES_MAX),
    );
    this.#answers = new SharedPace(paces.answers);
    this.#answerers = new PaceOfEach(paces.answerer, PACED_SOURCES_MAX);
    this.#crowdedAnswerers = new PaceOfEach(paces.crowdedAnswerer, PACED_SOURCES_MAX);
    this.#strangerPaces = [this.#binarySubnets, this.#addresses, this.#subnets];
    this.#known = [this.#total];
    this.#awaited = [this.#total, this.#answers];
    this.#ordinaryStrangers = [this.#total, this.#strangers];
    this.#binaryStrangers = [this.#total, this.#strangers, this.#binaryCurves];
  }

  /** Senders remembered, of all kinds. */
  get size(): number {
    const answerers = [this.#answerers, this.#crowdedAnswerers];
    const all = [...this.#strangerPaces, ...this.#sessionPaces, ...answerers];
    return all.reduce((sum, { size }) => sum + size, 0);
  }

  /** True when the signature may be checked, and then its cost is taken. */
  admit(claim: Claim): boolean {
    const nowMs = this.#parts.clock.now();
    const cost = verifyCostMs(claim.curve, this.#parts.provider);
    this.#forget(nowMs);
    return (
      (claim.isExpected && this.#admitAnswer(claim, cost, nowMs)) ||
      this.#admitSession(claim, cost, nowMs) ||
      this.#admitStranger(claim, cost, nowMs)
    );
  }

  /** Call it when the message that was admitted last is handled. */
  settle(): void {
    const admitted = this.#admitted;
    if (admitted === undefined) return;
    this.#admitted = undefined;
    const nowMs = this.#parts.clock.now();
    const more = Math.min(nowMs - admitted.atMs, SETTLED_MS_MAX) - admitted.cost;
    if (more <= 0) return;
    for (const pace of admitted.shared) pace.take(more, nowMs);
    for (const [pace, name] of admitted.each) pace.charge(name, more, nowMs);
  }

  /** When nobody is under pressure, everybody may begin anew. */
  #forget(nowMs: number): void {
    if (this.#total.isAtRest(nowMs)) for (const paces of this.#sessionPaces) paces.clear();
    if (this.#answers.isAtRest(nowMs)) {
      this.#answerers.clear();
      this.#crowdedAnswerers.clear();
    }
    if (this.#strangers.isAtRest(nowMs)) for (const paces of this.#strangerPaces) paces.clear();
  }

  #admitAnswer({ from: { host } }: Claim, cost: number, nowMs: number): boolean {
    if (!this.#total.hasRoom(cost, nowMs, TOTAL_BURST_SHARES.answers)) return false;
    if (!this.#answers.hasRoom(cost, nowMs)) return false;
    const each: (readonly [PaceOfEach, string])[] = [];
    // Not by its port: answers may come from another one than was asked.
    if (!this.#answers.hasRoom(cost, nowMs, PRESSURE)) each.push([this.#answerers, host]);
    if (!this.#answers.hasRoom(cost, nowMs, CROWDED)) each.push([this.#crowdedAnswerers, host]);
    return this.#admit({ atMs: nowMs, cost, shared: this.#awaited, each });
  }

  #admitSession({ session }: Claim, cost: number, nowMs: number): boolean {
    if (!this.#total.hasRoom(cost, nowMs, TOTAL_BURST_SHARES.sessions)) return false;
    const id = session();
    if (id === undefined) return false;
    const tiers = SESSIONS_TIERS.filter((part) => !this.#total.hasRoom(cost, nowMs, part));
    const paces = this.#sessionPaces.slice(0, tiers.length);
    const each = paces.map((pace) => [pace, id] as const);
    return this.#admit({ atMs: nowMs, cost, shared: this.#known, each });
  }

  #admitStranger({ from, curve }: Claim, cost: number, nowMs: number): boolean {
    const isBinary = curve !== 'curve25519';
    if (!this.#strangers.hasRoom(cost, nowMs)) return false;
    if (isBinary && !this.#binaryCurves.hasRoom(cost, nowMs)) return false;
    const each = this.#sourcesOf(from, isBinary, cost, nowMs);
    const shared = isBinary ? this.#binaryStrangers : this.#ordinaryStrangers;
    return this.#admit({ atMs: nowMs, cost, shared, each });
  }

  /** As whom the sender is paced by itself: as nobody while there is room for all. */
  #sourcesOf(from: Address, isBinary: boolean, cost: number, nowMs: number): Admitted['each'] {
    const isPaced = !this.#strangers.hasRoom(cost, nowMs, PRESSURE);
    const isBinaryPaced = isBinary && !this.#binaryCurves.hasRoom(cost, nowMs, PRESSURE);
    if (!isPaced && !isBinaryPaced) return [];
    const subnet = subnetOf(from);
    const address = from.kind === 'ipv6' ? subnet : from.host;
    const sources: (readonly [PaceOfEach, string])[] = [];
    if (isBinaryPaced) sources.push([this.#binarySubnets, subnet]);
    if (isPaced) sources.push([this.#addresses, address], [this.#subnets, subnet]);
    return sources;
  }

  /** Takes the cost, unless one of the senders' own paces has no room for it. */
  #admit(admitted: Admitted): boolean {
    const { atMs, cost, shared, each } = admitted;
    // What one of them takes may be lost when the next one refuses: only under pressure.
    if (!each.every(([paces, name]) => paces.take(name, cost, atMs))) return false;
    for (const pace of shared) pace.take(cost, atMs);
    this.#admitted = admitted;
    return true;
  }
}
