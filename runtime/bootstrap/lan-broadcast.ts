/**
 * A bootstrapper that calls the local network: a beacon to every port, and whoever hears it and runs
 * the same overlay walks to where it came from. IPv4 only.
 *
 * Bytes and ports are the reference's (py-ipv8 3.2 bootstrapping/udpbroadcast/bootstrapper.py), its
 * burst of 65,534 datagrams is not: they are spread over `BEACON_MS`.
 */
import type { Address } from '../address/address.ts';
import { createAddress } from '../address/text.ts';
import { concatBytes, equalBytes } from '../base/bytes.ts';
import type { DatagramSocket } from '../env/datagrams.ts';
import type { Bootstrapper, BootstrapperParts } from './bootstrapper.ts';
import { BEACON_MS, BEACON_PIECE_PORTS, BEACON_WALKS_PER_SECOND_MAX } from './limits.ts';

export type LanBroadcastParts = BootstrapperParts & {
  /** The network is called again after this time; the reference waits 30,000 ms. */
  readonly timeoutMs: number;
};

/** Two zeros, `IPv8`, a zero; the overlay's prefix follows. */
const BEACON = Uint8Array.of(0, 0, 0x49, 0x50, 0x76, 0x38, 0);

const EVERYBODY = '255.255.255.255';

/** Port 0 is nobody's, and the reference leaves out the last one. */
const LAST_PORT = 65_534;

/** Finds nothing by itself: whoever answers is walked to. */
export function createLanBroadcast(parts: LanBroadcastParts): Bootstrapper {
  return new LanBroadcast(parts);
}

class LanBroadcast implements Bootstrapper {
  readonly hosts: readonly Address[] = [];
  readonly trackers: readonly Address[] = [];
  readonly #parts: LanBroadcastParts;
  readonly #beacon: Uint8Array;
  #socket: DatagramSocket | undefined;
  #isCalling = false;
  #calledAt = Number.NEGATIVE_INFINITY;
  /** The second in which `#walks` walks began. */
  #second = 0;
  #walks = 0;
  #isComplained = false;

  constructor(parts: LanBroadcastParts) {
    this.#parts = parts;
    this.#beacon = concatBytes(BEACON, parts.prefix);
  }

  addresses(): readonly Address[] {
    const { env, tasks, timeoutMs } = this.#parts;
    const now = env.clock.now();
    if (this.#isCalling || now - this.#calledAt < timeoutMs) return [];
    this.#calledAt = now;
    this.#isCalling = true;
    tasks.runAnonymous('call the local network', async (signal) => {
      try {
        await this.#call(signal);
      } finally {
        this.#isCalling = false;
      }
    });
    return [];
  }

  async #call(signal: AbortSignal): Promise<void> {
    const socket = this.#socket ?? (await this.#open());
    if (socket === undefined || signal.aborted) return;
    const pieces = Math.ceil(LAST_PORT / BEACON_PIECE_PORTS);
    for (let first = 1; first <= LAST_PORT && !signal.aborted; first += BEACON_PIECE_PORTS) {
      const last = Math.min(LAST_PORT, first + BEACON_PIECE_PORTS - 1);
      for (let port = first; port <= last; port++) {
        socket.send(this.#beacon, createAddress(EVERYBODY, port));
      }
      await this.#pause(BEACON_MS / pieces, signal);
    }
  }

  #pause(delayMs: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const timer = this.#parts.env.clock.after(delayMs, () => {
        signal.removeEventListener('abort', stop);
        resolve();
      });
      const stop = (): void => {
        timer.cancel();
        resolve();
      };
      signal.addEventListener('abort', stop, { once: true });
    });
  }

  /** A socket of its own, for as long as the overlay is there. */
  async #open(): Promise<DatagramSocket | undefined> {
    const { env, overlay, tasks } = this.#parts;
    const bound = await env.datagrams.bind(
      createAddress('0.0.0.0', 0),
      {
        onDatagram: (bytes, from) => this.#receive(bytes, from),
        onError: (error) => this.#complain(error.message),
      },
      { mayBroadcast: true },
    );
    if (!bound.ok) {
      this.#complain(bound.error.message);
      return undefined;
    }
    const socket = bound.value;
    const isKept = tasks.runAnonymous('hear the local network', async (signal) => {
      await new Promise<void>((resolve) => {
        if (signal.aborted) resolve();
        else signal.addEventListener('abort', () => resolve(), { once: true });
      });
      await socket.close();
    });
    if (!isKept) await socket.close();
    else this.#socket = socket;
    env.log.write('INFO', 'calling the local network', { overlay });
    return isKept ? socket : undefined;
  }

  /** Another's beacon, or the request of who heard ours: both say where one of us is. */
  #receive(bytes: Uint8Array, from: Address): void {
    const { prefix, walkTo } = this.#parts;
    const isBeacon = equalBytes(bytes, this.#beacon);
    const isAnswer = equalBytes(bytes.subarray(0, prefix.length), prefix);
    if ((!isBeacon && !isAnswer) || this.#isOwn(from) || !this.#mayWalk()) return;
    walkTo(from);
  }

  /** What we call comes back to us too. */
  #isOwn({ host, port }: Address): boolean {
    if (port !== this.#socket?.address.port) return false;
    return this.#parts.env.interfaces.addresses().some((own) => own.host === host);
  }

  /** Each walk is a signature, and anybody can make up beacons. */
  #mayWalk(): boolean {
    const second = Math.floor(this.#parts.env.clock.now() / 1_000);
    if (second !== this.#second) {
      this.#second = second;
      this.#walks = 0;
    }
    this.#walks += 1;
    return this.#walks <= BEACON_WALKS_PER_SECOND_MAX;
  }

  /** Said once: a network that nobody may call refuses each of 65,534 datagrams. */
  #complain(reason: string): void {
    if (this.#isComplained) return;
    this.#isComplained = true;
    const { env, overlay } = this.#parts;
    env.log.write('WARNING', 'the local network cannot be called', { overlay, reason });
  }
}
