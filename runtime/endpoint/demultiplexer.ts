import type { Address } from '../address/address.ts';
import { printAddress } from '../address/text.ts';
import { assert } from '../base/assert.ts';
import { toHex } from '../base/bytes.ts';
import type { Log } from '../env/log.ts';
import { Counters, type Outcome } from './counters.ts';
import { PACKET_BYTES_MIN, PREFIX_BYTES } from './limits.ts';

/** Takes a datagram that carries its prefix and says what became of it. */
export type Receiver = (bytes: Uint8Array, from: Address) => Outcome;

type Entry = { readonly prefix: Uint8Array; readonly receive: Receiver };

/**
 * Prefix → overlay. Most datagrams that strangers send end here, so this costs one look at four
 * bytes, whatever the number of overlays. Every datagram is counted once: the counters' sum is what
 * was received.
 */
export class Demultiplexer {
  readonly counters = new Counters();
  readonly #log: Log;
  /**
   * By four bytes of the community id, then compared whole. As many entries as the program has
   * overlays.
   */
  readonly #entries = new Map<number, Entry[]>();

  constructor(log: Log) {
    this.#log = log;
  }

  /**
   * Datagrams that start with these 22 bytes are the receiver's, until the function that this gives
   * is called.
   */
  add(prefix: Uint8Array, receive: Receiver): () => void {
    assert(prefix.length === PREFIX_BYTES, `a prefix of ${prefix.length} bytes`);
    assert(this.#find(prefix) === undefined, `prefix ${toHex(prefix)} has a receiver already`);
    const key = keyOf(prefix);
    const entry = { prefix: prefix.slice(), receive };
    this.#entries.set(key, [...(this.#entries.get(key) ?? []), entry]);
    return () => {
      const others = (this.#entries.get(key) ?? []).filter((other) => other !== entry);
      if (others.length === 0) this.#entries.delete(key);
      else this.#entries.set(key, others);
    };
  }

  /** To be given to `Endpoint.onDatagram`. */
  readonly receive = (bytes: Uint8Array, from: Address): void => {
    const outcome = this.#deliver(bytes, from);
    this.counters.add(outcome);
    if (outcome === 'accepted' || !this.#log.isOn('DEBUG')) return;
    const fields = { reason: outcome, from: printAddress(from), bytes: bytes.length };
    this.#log.write('DEBUG', 'datagram dropped', fields);
  };

  #deliver(bytes: Uint8Array, from: Address): Outcome {
    if (bytes.length < PACKET_BYTES_MIN) return 'too-short';
    const entry = this.#find(bytes);
    return entry === undefined ? 'unknown-prefix' : entry.receive(bytes, from);
  }

  #find(bytes: Uint8Array): Entry | undefined {
    const found = this.#entries.get(keyOf(bytes));
    if (found === undefined) return undefined;
    return found.find(({ prefix }) => startsWith(bytes, prefix));
  }
}

function startsWith(bytes: Uint8Array, prefix: Uint8Array): boolean {
  for (let at = 0; at < PREFIX_BYTES; at++) if (bytes[at] !== prefix[at]) return false;
  return true;
}

/** The first four bytes of the community id. */
function keyOf(bytes: Uint8Array): number {
  return (
    ((bytes[2] ?? 0) << 24) | ((bytes[3] ?? 0) << 16) | ((bytes[4] ?? 0) << 8) | (bytes[5] ?? 0)
  );
}
