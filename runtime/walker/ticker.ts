/** Steps the strategies of all overlays evenly, each while its overlay wants more peers. */
import { assert } from '../base/assert.ts';
import { callSafely } from '../base/promise-like.ts';
import type { Clock, Timer } from '../env/clock.ts';
import type { Walkable, WalkStrategy } from './strategy.ts';

/** A strategy at work. */
export type Walker = {
  readonly strategy: WalkStrategy;
  readonly overlay: Pick<Walkable, 'peers'>;
  /** What is counted of these peers; all unless given. */
  readonly peerCount?: () => number;
  /** Steps while the overlay has fewer peers; −1 for always. */
  readonly targetPeers: number;
};

/** What a ticker is made of. */
export type TickerParts = {
  readonly clock: Clock;
  /** Every walker gets one turn in this time. */
  readonly intervalMs: number;
  /** Hears of steps that threw, or rejected; the other walkers go on. */
  readonly onError: (error: unknown, walker: Walker) => void;
};

/**
 * Gives each walker its turn once in an interval, the turns spread evenly: n walkers step
 * `intervalMs / n` apart.
 *
 * The reference means to do the same, but its spacing is rounded down to nothing, so that all
 * overlays send at once (py-ipv8 3.2 ipv8_service.py:203).
 */
export type Ticker = {
  /**
   * From the next round on the walker takes part. Gives the function that takes it out, at once.
   */
  add(walker: Walker): () => void;
  /** The first turn comes at once. */
  start(): void;
  /** No turn comes after this; calling it again does nothing. */
  stop(): void;
};

export function createTicker(parts: TickerParts): Ticker {
  return new IntervalTicker(parts);
}

type Turn = () => void;

/** A node that has found its peers does little else than tick, so a turn makes nothing but its timer. */
class IntervalTicker implements Ticker {
  readonly #parts: TickerParts;
  /** Replaced, never changed: a round goes on with those it began with. BOUNDED by the configuration. */
  #turns: readonly Turn[] = [];
  /** BOUNDED as `#turns`. */
  #round: readonly Turn[] = [];
  #startedAt = 0;
  /** Whose turn in the round comes next. */
  #at = 0;
  #timer: Timer | undefined;

  constructor(parts: TickerParts) {
    assert(parts.intervalMs > 0, `a walker interval of ${parts.intervalMs} ms`);
    this.#parts = parts;
  }

  add(walker: Walker): () => void {
    const { strategy, overlay, targetPeers } = walker;
    const peerCount = walker.peerCount ?? ((): number => overlay.peers().length);
    const onError = (error: unknown): void => this.#parts.onError(error, walker);
    const stepIfWanted = (): unknown => {
      const isWanted = targetPeers === -1 || (strategy.peerCount?.() ?? peerCount()) < targetPeers;
      // An `async` step is a step too, to the type checker.
      return isWanted ? strategy.step() : undefined;
    };
    const turn = (): void => callSafely(stepIfWanted, onError);
    this.#turns = [...this.#turns, turn];
    return () => {
      this.#turns = this.#turns.filter((other) => other !== turn);
    };
  }

  start(): void {
    if (this.#timer !== undefined) return;
    const { clock } = this.#parts;
    this.#timer = clock.after(0, () => this.#startRound(clock.now()));
  }

  stop(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
  }

  #startRound(startedAt: number): void {
    this.#round = this.#turns;
    this.#startedAt = startedAt;
    this.#at = 0;
    this.#takeTurn();
  }

  #takeTurn(): void {
    const turn = this.#round[this.#at];
    if (turn !== undefined && this.#turns.includes(turn)) turn();
    // A step may have stopped us.
    if (this.#timer === undefined) return;
    const { clock, intervalMs } = this.#parts;
    this.#at += 1;
    const spacingMs = intervalMs / Math.max(1, this.#round.length);
    const dueAt = this.#startedAt + this.#at * spacingMs;
    const now = clock.now();
    // After a pause (a busy or sleeping machine) the missed turns are left out, not made up for in
    // a burst.
    if (now - dueAt > spacingMs) this.#startedAt += now - dueAt;
    this.#timer = clock.after(Math.max(0, dueAt - now), this.#next);
  }

  readonly #next = (): void => {
    if (this.#at < this.#round.length) this.#takeTurn();
    else this.#startRound(this.#startedAt + this.#parts.intervalMs);
  };
}
