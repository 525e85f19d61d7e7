/** Steps the strategies of all overlays evenly, each while its overlay wants more peers. */
import { assert } from '../base/assert.ts';
import { callSafely } from '../base/promise-like.ts';
import type { Clock, Timer } from '../env/clock.ts';
import type { Walkable, WalkStrategy } from './strategy.ts';

/** A strategy at work. */
export type Walker = {
  readonly strategy: WalkStrategy;
  readonly overlay: Pick<Walkable, 'peers'>;
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
  const { clock, intervalMs, onError } = parts;
  assert(intervalMs > 0, `a walker interval of ${intervalMs} ms`);
  /** BOUNDED by the configuration. */
  const walkers = new Set<Walker>();
  let timer: Timer | undefined;

  function takeTurn(walker: Walker): void {
    if (!walkers.has(walker)) return;
    const { strategy, overlay, targetPeers } = walker;
    const stepIfWanted = (): unknown => {
      const isWanted =
        targetPeers === -1 || (strategy.peerCount?.() ?? overlay.peers().length) < targetPeers;
      // An `async` step is a step too, to the type checker.
      return isWanted ? strategy.step() : undefined;
    };
    callSafely(stepIfWanted, (error) => onError(error, walker));
  }

  function startRound(startedAt: number): void {
    takeTurns([...walkers], { startedAt, at: 0 });
  }

  function takeTurns(round: readonly Walker[], turn: { startedAt: number; at: number }): void {
    const walker = round[turn.at];
    if (walker !== undefined) takeTurn(walker);
    // A step may have stopped us.
    if (timer === undefined) return;
    const next = { ...turn, at: turn.at + 1 };
    const spacingMs = intervalMs / Math.max(1, round.length);
    const dueAt = turn.startedAt + next.at * spacingMs;
    // After a pause (a busy or sleeping machine) the missed turns are left out, not made up for in
    // a burst.
    const lateMs = Math.max(0, clock.now() - dueAt);
    const startedAt = lateMs > spacingMs ? turn.startedAt + lateMs : turn.startedAt;
    timer = clock.after(Math.max(0, dueAt - clock.now()), () => {
      if (next.at < round.length) takeTurns(round, { ...next, startedAt });
      else startRound(startedAt + intervalMs);
    });
  }

  return {
    add(walker) {
      const entry = { ...walker };
      walkers.add(entry);
      return () => void walkers.delete(entry);
    },
    start() {
      if (timer !== undefined) return;
      timer = clock.after(0, () => startRound(clock.now()));
    },
    stop() {
      timer?.cancel();
      timer = undefined;
    },
  };
}
