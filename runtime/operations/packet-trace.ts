/** The life of every datagram, for who looks for one: off, and next to free, unless somebody listens. */
import type { Address } from '../address/address.ts';
import { Listeners, type Unsubscribe } from '../base/listeners.ts';
import type { Clock } from '../env/clock.ts';
import type { Peer } from '../peer/peer.ts';

/** A message, as the schema names it. */
type Message = {
  /** The overlay's name. */
  readonly overlay: string;
  readonly message: string;
};

/** What happened to a datagram. */
export type PacketStage =
  | { readonly stage: 'received'; readonly bytes: Uint8Array }
  /** It passed every check that costs nothing; its signature and its fields are next. */
  | ({ readonly stage: 'filtered' } & Message)
  /** It is what its schema says; `peer` signed it, if it is signed. */
  | ({ readonly stage: 'verified'; readonly peer: Peer | undefined } & Message)
  /** Its handler came to its end. */
  | ({ readonly stage: 'handled' } & Message)
  /** The answer to a request's question left, with so many bytes. */
  | ({ readonly stage: 'replied'; readonly bytes: number } & Message)
  /** It went no further; `reason` is the outcome under which it is counted. */
  | { readonly stage: 'dropped'; readonly reason: string };

/**
 * One step. A datagram's first is `received`; its last is `handled` or `replied`, and then it is counted
 * as handled, or `dropped`.
 */
export type PacketEvent = {
  /** Numbers the datagrams of a node. */
  readonly packet: number;
  /** On the node's clock, in milliseconds. */
  readonly atMs: number;
  /** Where the datagram came from. */
  readonly from: Address;
} & PacketStage;

/** Which datagram a step belongs to. */
export type TracedPacket = { readonly packet: number; readonly from: Address };

export class PacketTrace {
  /** Asked before each step is told. */
  isOn = false;
  /** The datagram that is looked at now; 0 while nobody listens. */
  current = 0;
  readonly #clock: Clock;
  readonly #onError: (error: unknown) => void;
  readonly #listeners = new Listeners<PacketEvent>();
  #count = 0;

  /** `onError` hears what listeners threw, and must not throw. */
  constructor(clock: Clock, onError: (error: unknown) => void) {
    this.#clock = clock;
    this.#onError = onError;
  }

  /** From the next datagram on the listener hears every step, at once. Gives what ends that. */
  listen(listener: (event: PacketEvent) => void): Unsubscribe {
    const remove = this.#listeners.add(listener);
    this.isOn = true;
    return () => {
      remove();
      this.isOn = this.#listeners.size > 0;
      if (!this.isOn) this.current = 0;
    };
  }

  /** The next datagram. */
  begin(bytes: Uint8Array, from: Address): void {
    this.#count += 1;
    this.current = this.#count;
    this.tell({ packet: this.current, from }, { stage: 'received', bytes });
  }

  /** A step of a datagram; nothing of one that came before anybody listened. */
  tell({ packet, from }: TracedPacket, stage: PacketStage): void {
    if (packet === 0) return;
    const event = { packet, atMs: this.#clock.now(), from, ...stage };
    this.#listeners.emit(event, this.#onError);
  }
}
