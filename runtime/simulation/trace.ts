/** What happened on the network of a world: a digest of all of it, and the last lines as text. */
import type { Address } from '../address/address.ts';
import { printAddress } from '../address/text.ts';
import { concatBytes, toHex } from '../base/bytes.ts';
import { sha256 } from '../crypto/hashes.ts';

/**
 * `bind`, `close`: a socket came or went. `send`: it handed a datagram to the network; then exactly
 * one of `deliver`, `lose` (the link lost it) and `refuse` (nobody is there) follows.
 */
export type TraceEvent = 'bind' | 'close' | 'send' | 'deliver' | 'lose' | 'refuse';

/** One thing that happened. */
export type TraceEntry = {
  readonly atUs: number;
  readonly event: TraceEvent;
  readonly from: Address;
  /** The same as `from` for `bind` and `close`. */
  readonly to: Address;
  readonly bytes: Uint8Array;
};

/**
 * Lines kept as text: the end of a run is what one reads, and a long run must not fill the memory.
 */
const LINES_MAX = 10_000;

/** Bytes of a datagram that its line shows: prefix, message id, and the first fields. */
const BYTES_SHOWN_MAX = 48;

/** Entries are hashed in blocks of at least this size. */
const BLOCK_BYTES = 16_384;

const TEXT = new TextEncoder();
const NO_BYTES = new Uint8Array(0);

export class Trace {
  #digest: Uint8Array = NO_BYTES;
  #block: Uint8Array[] = [];
  #blockBytes = 0;
  readonly #entries: TraceEntry[] = [];
  #oldest = 0;
  #count = 0;

  /** Remembers the entry; its bytes must not change any more. */
  add(entry: TraceEntry): void {
    const { atUs, event, from, to, bytes } = entry;
    const head = `${atUs} ${event} ${printAddress(from)} ${printAddress(to)} ${bytes.length}\n`;
    this.#block.push(TEXT.encode(head), bytes);
    this.#blockBytes += head.length + bytes.length;
    if (this.#blockBytes >= BLOCK_BYTES) {
      this.#digest = this.#hash();
      this.#block = [];
      this.#blockBytes = 0;
    }
    this.#count += 1;
    this.#entries[this.#oldest] = entry;
    this.#oldest = (this.#oldest + 1) % LINES_MAX;
  }

  /** Entries so far. */
  get count(): number {
    return this.#count;
  }

  /** SHA-256 in hexadecimal over every entry so far: runs with the same digest were the same. */
  get digest(): string {
    return toHex(this.#hash());
  }

  /** The last 10,000 entries, one line each: seconds, event, places, size and the first bytes. */
  get text(): string {
    const all = [...this.#entries.slice(this.#oldest), ...this.#entries.slice(0, this.#oldest)];
    // Until it is full, the ring's write position is its length and the first part is empty.
    return all.map((entry) => `${printEntry(entry)}\n`).join('');
  }

  #hash(): Uint8Array {
    return sha256(concatBytes(this.#digest, ...this.#block));
  }
}

function printEntry({ atUs, event, from, to, bytes }: TraceEntry): string {
  const place = `${(atUs / 1e6).toFixed(6)} ${event} ${printAddress(from)}`;
  if (event === 'bind' || event === 'close') return place;
  const shown = toHex(bytes.subarray(0, BYTES_SHOWN_MAX));
  const more = bytes.length > BYTES_SHOWN_MAX ? '…' : '';
  return `${place} > ${printAddress(to)} ${bytes.length} bytes ${shown}${more}`;
}
