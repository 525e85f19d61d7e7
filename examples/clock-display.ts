import { createLogUpdate } from 'log-update';
import { printPeer, type Overlay, type Peer } from '../runtime/index.ts';

/**
 * Shows peers and their clocks: on a terminal a line per peer that changes in place, elsewhere a
 * line per event.
 */
export class ClockDisplay {
  readonly #clocks = new Map<string, number>();
  readonly #lines = new Map<string, string>();
  readonly #update: ((text: string) => void) | undefined;
  #isClosed = false;

  constructor(output: NodeJS.WriteStream) {
    this.#update = output.isTTY ? createLogUpdate(output) : undefined;
  }

  /** `overlay` has found a peer. */
  showPeer(overlay: Overlay, found: Peer): void {
    const other = printPeer(found, overlay.addressOf(found));
    this.#show(overlay, `found ${other}`);
  }

  showClock(overlay: Overlay, clock: number): void {
    this.#clocks.set(overlay.myPeer.id, clock);
    this.#show(overlay, `current clock: ${clock}`);
  }

  /** Nothing is shown any more, though the peers go on until they are stopped. */
  close(): void {
    this.#isClosed = true;
  }

  #show(overlay: Overlay, event: string): void {
    if (this.#isClosed) return;
    const me = printPeer(overlay.myPeer, overlay.myAddress);
    if (this.#update === undefined) {
      console.log(`${me} ${event}`);
      return;
    }
    const clock = this.#clocks.get(overlay.myPeer.id) ?? 0;
    const line = `${me} current clock: ${clock}  knows ${overlay.peers().length}`;
    this.#lines.set(overlay.myPeer.id, line);
    this.#update([...this.#lines.values()].join('\n'));
  }
}
