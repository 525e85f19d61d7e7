import type { Address } from '../address/address.ts';
import { printAddress } from '../address/text.ts';
import { assert } from '../base/assert.ts';
import { toHex } from '../base/bytes.ts';
import { printThrown } from '../base/print-thrown.ts';
import type { Log } from '../env/log.ts';
import type { PacketTrace } from '../operations/packet-trace.ts';
import { PACKET_BYTES_MIN, PREFIX_BYTES } from './limits.ts';

/**
 * Takes a datagram that carries its prefix, counts it, and says what became of it: `handled`,
 * `handling` when that takes longer, or why it was dropped.
 */
export type Receiver = (bytes: Uint8Array, from: Address) => string;

/** What became of the datagrams: each is in exactly one of these. */
export type DemultiplexerCounters = {
  /** Handed to a receiver, in whose counters they are. */
  readonly delivered: number;
  /** Dropped: without a whole prefix and a message id. */
  readonly 'too-short': number;
  /** Dropped: no overlay of ours has this prefix, or none any more. */
  readonly 'unknown-prefix': number;
  /** Dropped: their receiver threw, which is a fault of ours, or of cryptography that we were given. */
  readonly failed: number;
};

export type DemultiplexerOptions = {
  /** Hears what a receiver threw, and must not throw; the log hears it unless given. */
  readonly onError?: (error: unknown) => void;
  readonly trace?: PacketTrace;
};

type Entry = { readonly prefix: Uint8Array; readonly receive: Receiver };

/**
 * Prefix → overlay. Most datagrams that strangers send end here, so this costs one look at four
 * bytes, whatever the number of overlays. Every datagram is counted once: the counters' sum is what
 * was received.
 */
export class Demultiplexer {
  readonly counters: { -readonly [Name in keyof DemultiplexerCounters]: number } = {
    delivered: 0,
    'too-short': 0,
    'unknown-prefix': 0,
    failed: 0,
  };
  readonly #log: Log;
  readonly #onError: (error: unknown) => void;
  readonly #trace: PacketTrace | undefined;
  /**
   * By four bytes of the community id, then compared whole. BOUNDED by the overlays of
   * the program.
   */
  readonly #entries = new Map<number, Entry[]>();

  constructor(log: Log, { onError, trace }: DemultiplexerOptions = {}) {
    this.#log = log;
    this.#trace = trace;
    this.#onError =
      onError ??
      ((error) => log.write('ERROR', 'receiver failed', { error: printThrown(error, 'stack') }));
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
    if (this.#trace?.isOn === true) this.#trace.begin(bytes, from);
    const outcome = this.#deliver(bytes, from);
    if (outcome === 'handled' || outcome === 'handling') return;
    if (this.#trace?.isOn === true) this.#traceDrop(this.#trace, outcome, from);
    if (!this.#log.isOn('DEBUG')) return;
    const fields = { reason: outcome, from: printAddress(from), bytes: bytes.length };
    this.#log.write('DEBUG', 'datagram dropped', fields);
  };

  #deliver(bytes: Uint8Array, from: Address): string {
    if (bytes.length < PACKET_BYTES_MIN) return this.#drop('too-short');
    const entry = this.#find(bytes);
    if (entry === undefined) return this.#drop('unknown-prefix');
    try {
      const outcome = entry.receive(bytes, from);
      this.counters.delivered += 1;
      return outcome;
    } catch (error) {
      // Thrown on, it would end the process.
      this.#onError(error);
      return this.#drop('failed');
    }
  }

  #traceDrop(trace: PacketTrace, reason: string, from: Address): void {
    trace.tell({ packet: trace.current, from }, { stage: 'dropped', reason });
  }

  #drop<Reason extends keyof DemultiplexerCounters>(reason: Reason): Reason {
    this.counters[reason] += 1;
    return reason;
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
