/** A stretch of a trace, as the bytes that its digest is made of. */
import type { Address } from '../address/address.ts';
import { parseAddress } from '../address/text.ts';
import type { TraceEntry, TraceEvent } from './trace.ts';
import { demand } from './demand.ts';

/** Entries are hashed in blocks of about this size: fewer calls into the hash. */
const BLOCK_BYTES = 262_144;

/** The most a datagram and the line in front of it can take. */
const ENTRY_BYTES_MAX = 66_000;

const SPACE = 0x20;
const LINE_END = 0x0a;

/** Holds entries as bytes, not as objects: of those, a long run would make millions that live long. */
export class TraceBlock {
  readonly #bytes = new Uint8Array(BLOCK_BYTES);
  #used = 0;
  #count = 0;

  /** Entries in it. */
  get count(): number {
    return this.#count;
  }

  /** True when there may be no room for another entry. */
  get isFull(): boolean {
    return this.#used > BLOCK_BYTES - ENTRY_BYTES_MAX;
  }

  /** All that was added, as a view of memory that `clear` gives free. */
  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#used);
  }

  /** Adds a line `AT_US EVENT FROM TO SIZE`, and the datagram behind it. */
  add({ atUs, event, from, to, bytes }: TraceEntry): void {
    this.#print(String(atUs));
    this.#print(event);
    this.#printAddress(from);
    this.#printAddress(to);
    this.#print(String(bytes.length));
    this.#bytes[this.#used - 1] = LINE_END;
    this.#bytes.set(bytes, this.#used);
    this.#used += bytes.length;
    this.#count += 1;
  }

  /** The entries, read from the bytes. */
  *entries(): Iterable<TraceEntry> {
    const text = new TextDecoder();
    for (let at = 0; at < this.#used;) {
      const end = this.#bytes.indexOf(LINE_END, at);
      const line = text.decode(this.#bytes.subarray(at, end)).split(' ');
      const [atUs, event, from, to, size] = line;
      at = end + 1 + Number(size);
      yield {
        atUs: Number(atUs),
        // What `add` wrote.
        event: event as TraceEvent,
        from: readAddress(from),
        to: readAddress(to),
        bytes: this.#bytes.slice(end + 1, at),
      };
    }
  }

  clear(): void {
    this.#used = 0;
    this.#count = 0;
  }

  /** As `printAddress`, without making its text. */
  #printAddress({ kind, host, port }: Address): void {
    this.#print(kind === 'ipv6' ? `[${host}]` : host);
    this.#bytes[this.#used - 1] = 0x3a;
    this.#print(String(port));
  }

  /** Text and a space. All of it is ASCII; a text encoder would take longer for so few characters. */
  #print(text: string): void {
    const bytes = this.#bytes;
    let at = this.#used;
    for (let index = 0; index < text.length; index++) bytes[at++] = text.charCodeAt(index);
    bytes[at] = SPACE;
    this.#used = at + 1;
  }
}

function readAddress(text: string | undefined): Address {
  const address = parseAddress(text ?? '');
  demand(
    address !== undefined,
    `a trace with the address "${text}": give it as the trace printed it`,
  );
  return address;
}
