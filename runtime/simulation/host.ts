/** A machine of a simulated world: a clock that may be wrong, files, and programs that may crash. */
import type { Clock } from '../env/clock.ts';
import type { EventQueue } from './event-queue.ts';
import { demand } from './demand.ts';

/** How a host's clock differs from the world's time. */
export type ClockFault = {
  /** Milliseconds that its wall time is ahead; negative for behind. 0 unless given. */
  readonly skewMs?: number;
  /** Seconds it counts in one second; 1 unless given. */
  readonly rate?: number;
};

/** From the start of a host to its crash. Whatever was started in a life that is over does nothing. */
export type Life = { isOver: boolean };

/** 2026-01-01T00:00:00Z: when every world begins. */
const WALL_TIME_AT_START_MS = 1_767_225_600_000;

/** The parts of a world that a clock is made of. */
export type HostClockParts = { readonly events: EventQueue; readonly nowUs: () => number };

/** The oscillator of a host; it runs on while programs crash. */
export class HostClock {
  readonly #parts: HostClockParts;
  #skewMs = 0;
  #rate = 1;
  /** Where world and host were when the rate changed last, so that time never jumps. */
  #baseUs = 0;
  #baseMs = 0;

  constructor(parts: HostClockParts) {
    this.#parts = parts;
  }

  /** From now on the clock is wrong in this way. Timers that are set keep their moment. */
  set({ skewMs = 0, rate = 1 }: ClockFault): void {
    demand(Number.isFinite(skewMs), `a clock that is ${skewMs} ms ahead: give a number`);
    demand(
      rate > 0 && Number.isFinite(rate),
      `a clock that counts ${rate} seconds in one: give a number above 0`,
    );
    this.#baseMs = this.#now();
    this.#baseUs = this.#parts.nowUs();
    this.#skewMs = skewMs;
    this.#rate = rate;
  }

  /** The clock as a program sees it whose timers end with its life. */
  during(life: Life): Clock {
    return {
      now: () => this.#now(),
      wallTime: () => WALL_TIME_AT_START_MS + Math.floor(this.#now() + this.#skewMs),
      after: (delayMs, action) => {
        demand(!Number.isNaN(delayMs), 'a timer with a delay of NaN: give milliseconds');
        if (delayMs === Number.POSITIVE_INFINITY) return { cancel: () => {} };
        return this.#parts.events.add(this.#dueUs(delayMs), () => {
          if (!life.isOver) action();
        });
      },
    };
  }

  #now(): number {
    const { nowUs } = this.#parts;
    if (this.#baseUs === 0 && this.#rate === 1) return nowUs() / 1_000;
    return this.#baseMs + ((nowUs() - this.#baseUs) / 1_000) * this.#rate;
  }

  #dueUs(delayMs: number): number {
    // Rounded up, as a timer never comes early, but not for the noise in the last digits.
    const delayUs = Math.ceil((delayMs * 1_000) / this.#rate - 1e-3);
    return this.#parts.nowUs() + Math.max(0, delayUs);
  }
}
