/** A timer that was set; cancelling one that has fired, or twice, does nothing. */
export type Timer = { cancel(): void };

export type Clock = {
  /** Milliseconds since some fixed moment; never runs backwards. */
  now(): number;
  /** Milliseconds since 1970, for people and files; may jump. */
  wallTime(): number;
  /** Calls `action` once, not before `delayMs` have passed. */
  after(delayMs: number, action: () => void): Timer;
};
