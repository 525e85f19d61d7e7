/** What a peer said, in order, and waiting for what it has yet to say. */

/** A line of JSON; `event` says what happened. */
export type PeerEvent = { readonly event: string } & { readonly [detail: string]: unknown };

const SHOWN_LINES = 5;

export class EventLog {
  readonly #name: string;
  readonly #events: PeerEvent[] = [];
  readonly #waiting = new Set<Wait>();
  #ended: string | undefined;

  constructor(name: string, signal: AbortSignal) {
    this.#name = name;
    signal.addEventListener('abort', () => this.end('the case has taken too long'));
  }

  get events(): readonly PeerEvent[] {
    return this.#events;
  }

  push(event: PeerEvent): void {
    this.#events.push(event);
    for (const wait of this.#waiting) this.#look(wait);
  }

  /** Nothing more will be said, and why; who waits hears it. */
  end(reason: string): void {
    this.#ended ??= reason;
    for (const wait of this.#waiting) wait.reject(this.#missing(wait.what));
    this.#waiting.clear();
  }

  /** The first event that fits, of those said before too. `what` is for the message when there is none. */
  until(fits: (event: PeerEvent) => boolean, what: string): Promise<PeerEvent> {
    return new Promise((resolve, reject) => {
      const wait: Wait = { fits, what, from: 0, resolve, reject };
      this.#waiting.add(wait);
      this.#look(wait);
      if (this.#ended === undefined || !this.#waiting.delete(wait)) return;
      reject(this.#missing(what));
    });
  }

  #look(wait: Wait): void {
    for (; wait.from < this.#events.length; wait.from++) {
      const event = this.#events[wait.from];
      if (event === undefined || !wait.fits(event)) continue;
      this.#waiting.delete(wait);
      wait.resolve(event);
      return;
    }
  }

  #missing(what: string): Error {
    const last = this.#events.slice(-SHOWN_LINES).map((event) => `    ${JSON.stringify(event)}\n`);
    const said = `${this.#name} said ${this.#events.length} lines, the last ones:\n${last.join('')}`;
    return new Error(`no ${what}: ${this.#ended}; ${said}`);
  }
}

type Wait = {
  readonly fits: (event: PeerEvent) => boolean;
  readonly what: string;
  /** Events before this one have been looked at. */
  from: number;
  readonly resolve: (event: PeerEvent) => void;
  readonly reject: (error: Error) => void;
};
