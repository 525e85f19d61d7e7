/**
 * Whose asynchronous handlers run: nobody has more of them than a quarter of the places left. So one
 * greedy network gets a fifth of the places, and twenty of them leave some to whoever is new.
 *
 * Keys are free and are no help: places are counted by the network a message came from. Its
 * address is free to forge too, unless somebody answered us there, so all others together get half
 * of the places, which they share in the same way. Whoever forges the address of a peer crowds that
 * peer's network, and nobody else.
 */
import type { Address } from '../address/address.ts';
import { ownerOf } from '../address/ranges.ts';
import { HANDLERS_RUNNING_MAX, STRANGERS_HANDLERS_MAX } from './limits.ts';

/** Of the places left, the part that one may have taken. */
const SHARE = 0.25;

/** While fewer places are taken, nobody can have too many. */
const CONTESTED_FROM = (STRANGERS_HANDLERS_MAX * SHARE) / (1 + SHARE);

export class HandlerPlaces {
  readonly #isProved: (address: Address) => boolean;
  #taken = 0;
  #takenByStrangers = 0;
  /** BOUNDED by `HANDLERS_RUNNING_MAX`: nobody without a place. */
  readonly #takenByOwner = new Map<string, number>();

  /** `isProved` tells of an address that somebody answered us there. */
  constructor(isProved: (address: Address) => boolean) {
    this.#isProved = isProved;
  }

  /** True when a message from there may start a handler. */
  hasRoom(from: Address): boolean {
    if (this.#taken < CONTESTED_FROM) return true;
    const own = this.#takenByOwner.get(ownerOf(from)) ?? 0;
    if (own >= SHARE * (HANDLERS_RUNNING_MAX - this.#taken)) return false;
    const forStrangers = SHARE * (STRANGERS_HANDLERS_MAX - this.#takenByStrangers);
    return own < forStrangers || this.#isProved(from);
  }

  /** A handler of a message from there runs, until the function that this gives is called, once. */
  take(from: Address): () => void {
    const owner = ownerOf(from);
    const stranger = this.#isProved(from) ? 0 : 1;
    this.#add(owner, 1, stranger);
    return () => this.#add(owner, -1, -stranger);
  }

  #add(owner: string, count: number, strangers: number): void {
    this.#taken += count;
    this.#takenByStrangers += strangers;
    const taken = (this.#takenByOwner.get(owner) ?? 0) + count;
    if (taken === 0) this.#takenByOwner.delete(owner);
    else this.#takenByOwner.set(owner, taken);
  }
}
