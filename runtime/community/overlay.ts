/** What a community is given when it joins: its peers, its voice, its tasks. */
import type { IntroductionRequest } from '../../generated/introduction.ts';
import type { Address } from '../address/address.ts';
import type { Clock } from '../env/clock.ts';
import type { Log } from '../env/log.ts';
import type { Random } from '../env/random.ts';
import type { Network } from '../network/network.ts';
import type { Peer } from '../peer/peer.ts';
import type { Handlers, Sender, SignedContext } from '../protocol/handlers.ts';
import type { Protocol } from '../protocol/protocol.ts';
import type { Requester } from '../protocol/requests.ts';
import type { TaskScope } from '../tasks/task-scope.ts';
import type { Walkable, WalkStrategy } from '../walker/strategy.ts';

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
    /** What the node knows of peers, in all its overlays. */
    readonly network: Network;
    /** For walk strategies: addresses to walk to, and asking for introductions. */
    readonly walkable: Walkable;
    /** The overlays of the same node, this one among them. */
    siblings(): readonly OwnOverlay[];
    /**
     * Answers an introduction request that came in a form of the community's own, with this peer
     * where it is given and known.
     */
    answerIntroduction(request: OwnFormRequest, context: SignedContext, introduced?: Peer): void;
    /** Verified peers of this overlay. */
    peers(): readonly Peer[];
    /** Where a peer was last proved to be; undefined for strangers. */
    addressOf(peer: Peer): Address | undefined;
    /** Where others reach us, as far as we know. */
    readonly myAddress: Address | undefined;
    /** Our IPv4 addresses inside and outside our network; 0.0.0.0:0 for an unknown one. */
    readonly ownAddresses: { readonly lan: Address; readonly wan: Address };
  };

/** What an introduction request says in any form. */
export type OwnFormRequest = Pick<
  IntroductionRequest,
  'destinationAddress' | 'sourceLanAddress' | 'sourceWanAddress' | 'identifier'
> & { readonly flags: { readonly supportsNewStyle: boolean; readonly advice: boolean } };

/** A community id and the key we take part with: one of our own overlays. */
export type OwnOverlay = { readonly communityId: string; readonly myPeer: Peer };

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
  /** A peer asked us for an introduction, and was answered. */
  onIntroductionRequest?(peer: Peer, from: Address): void;
  /** A peer answered our request for an introduction. */
  onIntroductionResponse?(peer: Peer, from: Address): void;
};

/**
 * Makes a strategy that walks in `overlay`. `init` are the settings of the configuration.
 */
export type StrategyFactory = (
  overlay: Overlay,
  init: Readonly<Record<string, unknown>>,
) => WalkStrategy;

/** Protocol plus behaviour: a value that can be joined any number of times, never a base class. */
export type Community<P extends Protocol = Protocol> = {
  readonly protocol: P;
  /** Strategies that only this community's overlays may use, by the names for a configuration. */
  readonly strategies?: Readonly<Record<string, StrategyFactory>>;
  /** Called once for every overlay; `settings` are the configuration's `initialize`. */
  create(overlay: Overlay, settings: Readonly<Record<string, unknown>>): Behaviour<P>;
};
