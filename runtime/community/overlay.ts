/** What a community is given when it joins: its peers, its voice, its tasks. */
import type { Address } from '../address/address.ts';
import type { Clock } from '../env/clock.ts';
import type { Log } from '../env/log.ts';
import type { Random } from '../env/random.ts';
import type { Peer } from '../peer/peer.ts';
import type { Handlers, Sender } from '../protocol/handlers.ts';
import type { Protocol } from '../protocol/protocol.ts';
import type { Requester } from '../protocol/requests.ts';
import type { TaskScope } from '../tasks/task-scope.ts';

export type Overlay = Sender &
  Requester & {
    readonly name: string;
    /** 40 hexadecimal digits. */
    readonly communityId: string;
    readonly myPeer: Peer;
    readonly clock: Clock;
    readonly random: Random;
    readonly log: Log;
    /** What is started here ends when the overlay is unloaded. */
    readonly tasks: TaskScope;
    /** Verified peers of this overlay. */
    peers(): readonly Peer[];
    /** Where a peer was last proved to be; undefined for strangers. */
    addressOf(peer: Peer): Address | undefined;
    /** Where others reach us, as far as we know. */
    readonly myAddress: Address | undefined;
  };

/** What an author writes: handlers, and what happens at the start and before the stop. */
export type Behaviour<P extends Protocol> = {
  readonly handlers: Handlers<P>;
  /**
   * Called once the endpoint is open, when the configuration's `onStart` names it, with the values
   * that stand behind its name there.
   */
  readonly started?: (...values: readonly unknown[]) => void | Promise<void>;
  /** Called before the overlay's tasks end. */
  stopped?(): void | Promise<void>;
};

/** Protocol plus behaviour: a value that can be joined any number of times, never a base class. */
export type Community<P extends Protocol = Protocol> = {
  readonly protocol: P;
  /** Called once for every overlay; `settings` are the configuration's `initialize`. */
  create(overlay: Overlay, settings: Readonly<Record<string, unknown>>): Behaviour<P>;
};
