/**
 * How much is sent to whom. An address where somebody answered us gets what we want to send. Any
 * other one may be somebody's whose name a forger, or a liar who introduces, gave us: every datagram
 * to it is a reply, paid for by three times the bytes that came from there, or is started by us, and
 * then belongs to what one such address, and all of them together, get within a time.
 */
import type { Address } from '../address/address.ts';
import { printAddress } from '../address/text.ts';
import { SharedPace } from '../budget/pace.ts';
import type { Clock } from '../env/clock.ts';
import {
  REPLY_BYTES_PER_BYTE_MAX,
  SEND_WINDOW_MS,
  STARTED_BYTES_BURST_MAX,
  STARTED_BYTES_PER_SECOND_MAX,
  STARTED_BYTES_PER_TARGET_MAX,
  UNANSWERED_ADDRESSES_MAX,
} from './limits.ts';

export type SendBudgetParts = {
  readonly clock: Pick<Clock, 'now'>;
  /** True when somebody at the address answered a question of ours. */
  readonly isProved: (address: Address) => boolean;
};

/** What a datagram belongs to; `refused` is not to be sent. */
export type SendCause = 'proved' | 'reply' | 'started' | 'refused';

export class SendBudget {
  readonly #parts: SendBudgetParts;
  /** Of all that we start. In bytes, and a "share" of bytes in each millisecond. */
  readonly #started = new SharedPace({
    share: STARTED_BYTES_PER_SECOND_MAX / 1_000,
    burstMs: STARTED_BYTES_BURST_MAX,
  });
  /**
   * Bytes that may still be replied, by address; below zero what was started. BOUNDED by
   * `UNANSWERED_ADDRESSES_MAX`.
   */
  #balances = new Map<string, number>();
  /** Those of the window before, where there is no newer one. BOUNDED as the others. */
  #oldBalances = new Map<string, number>();
  #windowStartMs = Number.NEGATIVE_INFINITY;

  constructor(parts: SendBudgetParts) {
    this.#parts = parts;
  }

  /** Addresses of which something is remembered. */
  get size(): number {
    return this.#balances.size + this.#oldBalances.size;
  }

  /** So many bytes came from there. */
  heard(byteCount: number, from: Address): void {
    if (this.#parts.isProved(from)) return;
    const key = printAddress(from);
    this.#set(key, this.#balanceOf(key) + REPLY_BYTES_PER_BYTE_MAX * byteCount);
  }

  /** Takes so many bytes to there out of what they belong to. */
  take(byteCount: number, to: Address): SendCause {
    if (this.#parts.isProved(to)) return 'proved';
    const key = printAddress(to);
    const before = this.#balanceOf(key);
    const after = before - byteCount;
    if (after < 0) {
      const startedCount = Math.min(byteCount, -after);
      const nowMs = this.#parts.clock.now();
      if (-after > STARTED_BYTES_PER_TARGET_MAX) return 'refused';
      if (!this.#started.hasRoom(startedCount, nowMs)) return 'refused';
      this.#started.take(startedCount, nowMs);
    }
    this.#set(key, after);
    return after < 0 ? 'started' : 'reply';
  }

  #balanceOf(key: string): number {
    this.#turn();
    return this.#balances.get(key) ?? this.#oldBalances.get(key) ?? 0;
  }

  #set(key: string, balance: number): void {
    this.#balances.set(key, balance);
  }

  /** Begins a new window when it is time, or when this one is full. */
  #turn(): void {
    const nowMs = this.#parts.clock.now();
    const isFull = this.#balances.size >= UNANSWERED_ADDRESSES_MAX;
    if (!isFull && nowMs - this.#windowStartMs < SEND_WINDOW_MS) return;
    this.#oldBalances = this.#balances;
    this.#balances = new Map();
    this.#windowStartMs = nowMs;
  }
}
