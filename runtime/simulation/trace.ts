/** What happened on the network of a world: a digest of all of it, and the last lines as text. */
import type { Address } from '../address/address.ts';
import { printAddress } from '../address/text.ts';
import { toHex } from '../base/bytes.ts';
import { createSha256 } from '../crypto/sha256-stream.ts';

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

/**
 * Lines kept as text: the end of a run is what one reads, and a long run must not fill the memory.
 */
const LINES_MAX = 10_000;

/** Bytes of a datagram that its line shows: prefix, message id, and the first fields. */
const BYTES_SHOWN_MAX = 48;

/** Entries are hashed in blocks of this size: fewer calls into the hash. */
const BLOCK_BYTES = 65_536;

/** The most a datagram and the line in front of it can take. */
const ENTRY_BYTES_MAX = 66_000;

/** Events of a place, not of a datagram. */
const ONE_PLACE: ReadonlySet<TraceEvent> = new Set(['bind', 'close', 'crash', 'restart']);

export class Trace {
  readonly #hash = createSha256();
  readonly #block = new Uint8Array(BLOCK_BYTES + ENTRY_BYTES_MAX);
  #used = 0;
  readonly #entries: TraceEntry[] = [];
  #oldest = 0;
  readonly #counts = new Map<TraceEvent, number>();

  /**
   * Takes the entry into the digest at once, and keeps it. A receiver that writes into its datagram
   * changes what is shown of it later.
   */
  add(entry: TraceEntry): void {
    const { atUs, event, from, to, bytes } = entry;
    const head = `${atUs} ${event} ${printAddress(from)} ${printAddress(to)} ${bytes.length}\n`;
    // All of it is ASCII; a text encoder would take longer for so few characters.
    for (let at = 0; at < head.length; at++) this.#block[this.#used + at] = head.charCodeAt(at);
    this.#used += head.length;
    this.#block.set(bytes, this.#used);
    this.#used += bytes.length;
    if (this.#used >= BLOCK_BYTES) this.#flush();
    this.#counts.set(event, (this.#counts.get(event) ?? 0) + 1);
    this.#entries[this.#oldest] = entry;
    this.#oldest = (this.#oldest + 1) % LINES_MAX;
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
    this.#flush();
    return toHex(this.#hash.digest());
  }

  /** The last 10,000 entries, the oldest first. */
  get entries(): readonly TraceEntry[] {
    // Until it is full, the ring's write position is its length and the first part is empty.
    return [...this.#entries.slice(this.#oldest), ...this.#entries.slice(0, this.#oldest)];
  }

  /** The last 10,000 entries, one line each: seconds, event, places, size and the first bytes. */
  get text(): string {
    return this.entries.map((entry) => `${printEntry(entry)}\n`).join('');
  }

  #flush(): void {
    this.#hash.update(this.#block.subarray(0, this.#used));
    this.#used = 0;
  }
}

function printEntry({ atUs, event, from, to, bytes }: TraceEntry): string {
  const place = `${(atUs / 1e6).toFixed(6)} ${event} ${printAddress(from)}`;
  if (ONE_PLACE.has(event)) return place;
  const shown = toHex(bytes.subarray(0, BYTES_SHOWN_MAX));
  const more = bytes.length > BYTES_SHOWN_MAX ? '…' : '';
  return `${place} > ${printAddress(to)} ${bytes.length} bytes ${shown}${more}`;
}
