/** Errors that the program's own code threw: counted, told at a bearable pace, and never thrown on. */
import { printThrown } from '../base/print-thrown.ts';
import type { Clock } from '../env/clock.ts';
import type { Log, LogFields } from '../env/log.ts';

/** Whose code failed. */
export type FailurePlace =
  | 'bootstrapper'
  | 'handler' // of a message
  | 'leaving' // an overlay could not be left in order
  | 'listener' // an observer of peers
  | 'overlay hook' // `started` or `stopped`
  | 'packet trace' // a listener of `Node.tracePackets`
  | 'receiver' // something between a datagram and its handler, as a provider of cryptography
  | 'task'
  | 'walker step'; // a strategy

/** How often a place failed so far. */
export type FailureCount = {
  readonly place: FailurePlace;
  /** In which overlay; undefined when it belongs to none. */
  readonly overlay: string | undefined;
  /** The message of a handler, or the hook of an overlay. */
  readonly message: string | undefined;
  readonly count: number;
};

/** What the log is told beside the error. */
export type FailureFields = LogFields & { readonly overlay?: string; readonly message?: string };

/** Each place is logged at most once in this many milliseconds, however often it fails. */
const LOG_PAUSE_MS = 1_000;

type Entry = {
  readonly place: FailurePlace;
  readonly overlay: string | undefined;
  readonly message: string | undefined;
  count: number;
  unlogged: number;
  loggedAtMs: number;
};

export class Failures {
  readonly #clock: Clock;
  readonly #log: Log;
  /** BOUNDED by the places, times the messages of the program's overlays. */
  readonly #entries = new Map<string, Entry>();

  constructor({ clock, log }: { readonly clock: Clock; readonly log: Log }) {
    this.#clock = clock;
    this.#log = log;
  }

  /** Counts the error and, unless the place's last line is too fresh, logs it. Never throws. */
  report(place: FailurePlace, error: unknown, fields: FailureFields = {}): void {
    const entry = this.#entry(place, fields);
    entry.count += 1;
    const now = this.#clock.now();
    if (now - entry.loggedAtMs < LOG_PAUSE_MS) {
      entry.unlogged += 1;
      return;
    }
    const { unlogged } = entry;
    entry.loggedAtMs = now;
    entry.unlogged = 0;
    try {
      const told = { ...fields, error: printThrown(error, 'stack'), unlogged };
      this.#log.write('ERROR', `${place} failed`, told);
    } catch {
      // A log that throws has nowhere to say so; the count tells.
    }
  }

  /** Every place that ever failed. */
  get counts(): readonly FailureCount[] {
    return [...this.#entries.values()].map(({ place, overlay, message, count }) => {
      return { place, overlay, message, count };
    });
  }

  #entry(place: FailurePlace, { overlay, message }: FailureFields): Entry {
    const key = [place, overlay, message].join('\n');
    const known = this.#entries.get(key);
    if (known !== undefined) return known;
    const loggedAtMs = Number.NEGATIVE_INFINITY;
    const entry = { place, overlay, message, count: 0, unlogged: 0, loggedAtMs };
    this.#entries.set(key, entry);
    return entry;
  }
}
