/** The Lamport clock of an overlay: every timed message carries it. */

/**
 * How far a message may push the clock. An honest overlay of any age is well within it, and whoever
 * wants to drive the clock to its end needs 2^32 signed messages.
 */
export const GLOBAL_TIME_JUMP_MAX = 1n << 32n;

/** The last value the header can carry. A clock that got there stays. */
export const GLOBAL_TIME_MAX = (1n << 64n) - 1n;

/** The low 16 bits: all that introduction requests and their answers carry of it. */
const SHORT_TIMES = 65_536n;

export class GlobalTime {
  #now = 0n;

  /** The time of the last event, ours or heard of. */
  get now(): bigint {
    return this.#now;
  }

  /** A new event of ours: the time moves on by one. */
  claim(): bigint {
    if (this.#now < GLOBAL_TIME_MAX) this.#now += 1n;
    return this.#now;
  }

  /** A new event whose message carries 16 bits (py-ipv8 3.2 ipv8/community.py:286, 321). */
  claimShort(): bigint {
    return this.claim() % SHORT_TIMES;
  }

  /**
   * A signed message carried `time`: ours is never behind it, unless the jump is larger than any
   * honest one; then the message's time is not believed and moves nothing.
   */
  observe(time: bigint): void {
    if (time > this.#now && time - this.#now <= GLOBAL_TIME_JUMP_MAX) this.#now = time;
  }
}
