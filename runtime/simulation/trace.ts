/** What happened on the network of a world: a digest of all of it, and the last lines as text. */
import type { Address } from '../address/address.ts';
import { printAddress } from '../address/text.ts';
import { toHex } from '../base/bytes.ts';
import { createSha256 } from '../crypto/sha256-stream.ts';
import { TraceBlock } from './trace-block.ts';

/**
 * `bind`, `close`: a socket came or went; `crash`, `restart`: so did all that ran on a host.
 *
 * `send`: a socket handed a datagram to the network. Then exactly one of these follows: `deliver`;
 * `lose`, the link lost it; `cut`, the hosts were apart; `shed`, a clogged way held as many as it
 * can; `too-large`, it exceeds the link's MTU; `block`, a NAT box let it not pass; `refuse`, nobody
 * is there. `hold` before that: the way was clogged; `duplicate`: it travels twice, so that there
 * are two ends; `corrupt`: a bit changed, and the bytes are the changed ones.
 */
export type TraceEvent =
  | 'bind'
  | 'close'
  | 'crash'
  | 'restart'
  | 'send'
  | 'duplicate'
  | 'corrupt'
  | 'hold'
  | 'deliver'
  | 'lose'
  | 'cut'
  | 'shed'
  | 'too-large'
  | 'block'
  | 'refuse';

/** One thing that happened. */
export type TraceEntry = {
  /** Virtual microseconds since the world began. */
  readonly atUs: number;
  readonly event: TraceEvent;
  /** Whose datagram it is: as its receiver sees it, when it is delivered or refused. */
  readonly from: Address;
  /** The same as `from` for events of one place; the receiver's own address when delivered. */
  readonly to: Address;
  readonly bytes: Uint8Array;
};

/** Entries kept: the end of a run is what one reads, and a long run must not fill the memory. */
const ENTRIES_MAX = 10_000;

/** Bytes of a datagram that its line shows: prefix, message id, and the first fields. */
const BYTES_SHOWN_MAX = 48;

/** Events of a place, not of a datagram. */
const ONE_PLACE: ReadonlySet<TraceEvent> = new Set(['bind', 'close', 'crash', 'restart']);

export class Trace {
  readonly #hash = createSha256();
  /** The last entries, 10,000 or all there were, and those in front of them in the first block. */
  #blocks: readonly TraceBlock[] = [];
  #block = new TraceBlock();
  /** Bytes of the last block that the digest has seen. */
  #hashed = 0;
  readonly #counts = new Map<TraceEvent, number>();

  /** Takes the entry into the digest, and keeps it with a copy of its bytes. */
  add(entry: TraceEntry): void {
    if (this.#block.isFull) this.#next();
    this.#block.add(entry);
    this.#counts.set(entry.event, (this.#counts.get(entry.event) ?? 0) + 1);
  }

  /** How many entries of each kind there were. */
  get counts(): { readonly [event in TraceEvent]?: number } {
    return Object.fromEntries(this.#counts);
  }

  /**
   * SHA-256 in hexadecimal over every entry so far, each as a line `AT_US EVENT FROM TO SIZE` and
   * the bytes behind it: runs with the same digest were the same.
   */
  get digest(): string {
    this.#update();
    return toHex(this.#hash.digest());
  }

  /** The last 10,000 entries, the oldest first. */
  get entries(): readonly TraceEntry[] {
    const blocks = [...this.#blocks, this.#block];
    return blocks.flatMap((block) => [...block.entries()]).slice(-ENTRIES_MAX);
  }

  /** The last 10,000 entries, one line each: seconds, event, places, size and the first bytes. */
  get text(): string {
    return this.entries.map((entry) => `${printEntry(entry)}\n`).join('');
  }

  #update(): void {
    this.#hash.update(this.#block.bytes.subarray(this.#hashed));
    this.#hashed = this.#block.bytes.length;
  }

  /** Begins another block, in the memory of the oldest one when that is needed no more. */
  #next(): void {
    this.#update();
    this.#hashed = 0;
    const [oldest, ...others] = [...this.#blocks, this.#block];
    const count = others.reduce((sum, block) => sum + block.count, 0);
    const isOver = oldest !== undefined && count >= ENTRIES_MAX;
    this.#blocks = isOver ? others : [...this.#blocks, this.#block];
    this.#block = isOver ? oldest : new TraceBlock();
    this.#block.clear();
  }
}

function printEntry({ atUs, event, from, to, bytes }: TraceEntry): string {
  const place = `${(atUs / 1e6).toFixed(6)} ${event} ${printAddress(from)}`;
  if (ONE_PLACE.has(event)) return place;
  const shown = toHex(bytes.subarray(0, BYTES_SHOWN_MAX));
  const more = bytes.length > BYTES_SHOWN_MAX ? '…' : '';
  return `${place} > ${printAddress(to)} ${bytes.length} bytes ${shown}${more}`;
}
