import { createLogUpdate } from 'log-update';
import { printPeer, type Overlay } from '../runtime/index.ts';

/**
 * Shows clocks: on a terminal a line per peer that changes in place, elsewhere a line per change.
 */
export class ClockDisplay {
  readonly #lines = new Map<string, string>();
  readonly #update: ((text: string) => void) | undefined;

  constructor(output: NodeJS.WriteStream) {
    this.#update = output.isTTY ? createLogUpdate(output) : undefined;
  }

  show(overlay: Overlay, clock: number): void {
    const line = `${printPeer(overlay.myPeer, overlay.myAddress)} current clock: ${clock}`;
    if (this.#update === undefined) {
      console.log(line);
      return;
    }
    this.#lines.set(overlay.myPeer.id, `${line}  (knows ${overlay.peers().length} peers)`);
    this.#update([...this.#lines.values()].join('\n'));
  }
}
