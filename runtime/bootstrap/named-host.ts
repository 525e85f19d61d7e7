/** A host known by its name. */
import type { Address } from '../address/address.ts';
import { equalAddress } from '../address/address.ts';
import { printAddress } from '../address/text.ts';
import type { BootstrapperParts } from './bootstrapper.ts';
import { ADDRESSES_PER_NAME_MAX, LOOKUP_PAUSE_MS, LOOKUP_TIMEOUT_MS } from './limits.ts';

export class NamedHost {
  readonly #name: Address;
  readonly #parts: Pick<BootstrapperParts, 'env' | 'overlay' | 'tasks'>;
  readonly #onChange: () => void;
  /** BOUNDED by `ADDRESSES_PER_NAME_MAX`. */
  #addresses: readonly Address[] = [];
  /** Those that nobody has asked for yet. BOUNDED as the others. */
  #new: readonly Address[] = [];
  #failures = 0;
  #isComplained = false;
  #isLookingUp = false;
  #lookedUpAt = Number.NEGATIVE_INFINITY;

  /** `onChange` is called when there are other addresses. */
  constructor(
    name: Address,
    parts: Pick<BootstrapperParts, 'env' | 'overlay' | 'tasks'>,
    onChange: () => void,
  ) {
    this.#name = name;
    this.#parts = parts;
    this.#onChange = onChange;
  }

  /** Where it was when it was looked up last with success. */
  get addresses(): readonly Address[] {
    return this.#addresses;
  }

  /** Lookups that gave no address. */
  get failures(): number {
    return this.#failures;
  }

  /** Addresses found since the last call that were not known before. */
  takeNew(): readonly Address[] {
    const taken = this.#new;
    this.#new = [];
    return taken;
  }

  /** Begins to look it up, unless that goes on or was done a moment ago. */
  lookUp(): void {
    const now = this.#parts.env.clock.now();
    if (this.#isLookingUp || now - this.#lookedUpAt < LOOKUP_PAUSE_MS) return;
    this.#lookedUpAt = now;
    this.#isLookingUp = true;
    this.#parts.tasks.runAnonymous('look up', async (signal) => {
      await this.#lookUp(signal);
      this.#isLookingUp = false;
    });
  }

  /** The overlay's end stops it, and so does too long a silence. */
  async #lookUp(ended: AbortSignal): Promise<void> {
    const { clock, names } = this.#parts.env;
    const { host, port } = this.#name;
    const abort = new AbortController();
    const timer = clock.after(LOOKUP_TIMEOUT_MS, () => abort.abort());
    const stop = (): void => {
      // Whoever answers late, or never, leaves nothing either.
      timer.cancel();
      abort.abort();
    };
    ended.addEventListener('abort', stop, { once: true });
    const found = await names.lookUp(host, abort.signal);
    timer.cancel();
    ended.removeEventListener('abort', stop);
    if (ended.aborted) return;
    if (!found.ok) return this.#complain(found.error.message);
    const addresses = found.value.slice(0, ADDRESSES_PER_NAME_MAX);
    this.#take(addresses.map((address) => ({ ...address, port })));
  }

  #take(found: readonly Address[]): void {
    const isIn = (all: readonly Address[], one: Address): boolean =>
      all.some((other) => equalAddress(other, one));
    const added = found.filter((address) => !isIn(this.#addresses, address));
    const isSame = added.length === 0 && found.length === this.#addresses.length;
    this.#isComplained = false;
    if (isSame) return;
    this.#addresses = found;
    this.#new = added;
    this.#onChange();
  }

  /** The addresses it had are kept. Said once, however often it is tried, until it is found. */
  #complain(reason: string): void {
    this.#failures += 1;
    if (this.#isComplained) return;
    this.#isComplained = true;
    const { env, overlay } = this.#parts;
    const host = printAddress(this.#name);
    env.log.write('INFO', 'host not found; it is looked up again', { overlay, host, reason });
  }
}
