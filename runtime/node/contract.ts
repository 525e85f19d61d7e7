/** What a node is to a program. */
import type { Address } from '../address/address.ts';
import type { BootstrapperFactory } from '../bootstrap/bootstrapper.ts';
import type { VerifyPaces } from '../budget/limits.ts';
import type { AnyCommunity } from '../community/any-community.ts';
import type { Overlay, StrategyFactory } from '../community/overlay.ts';
import type { Crypto } from '../crypto/crypto.ts';
import type { OverlayStatistics } from '../community/statistics.ts';
import type { EndpointCounters } from '../endpoint/counters.ts';
import type { Endpoint } from '../endpoint/endpoint.ts';
import type { Env } from '../env/env.ts';
import type { Network } from '../network/network.ts';
import type { PacketEvent } from '../operations/packet-trace.ts';
import type { WalkStrategy } from '../walker/strategy.ts';
import type { NodeMetrics } from './metrics.ts';

/** What py-ipv8 calls `IPv8`: one endpoint, one network, any number of overlays. */
export type Node = {
  /** What is known of others, across all overlays. */
  readonly network: Network;
  /** Where we are bound, by IPv4 when by both; undefined before the start and after the stop. */
  readonly address: Address | undefined;
  /** Where each of our sockets is bound; none before the start and after the stop. */
  readonly addresses: readonly Address[];
  /** The overlays of a node that runs, in the order of the configuration; none otherwise. */
  readonly overlays: readonly Overlay[];
  /**
   * How many datagrams came in, by what became of them: `handled`, `handling` while that takes
   * longer, or why one was dropped, as `unknown-prefix` or `bad-signature`. Each is counted once,
   * whatever was left meanwhile: their sum is the number of datagrams that the endpoint received.
   */
  readonly counters: { readonly [outcome: string]: number };
  /** What the endpoint received and sent so far; it stays when the node has stopped. */
  readonly traffic: EndpointCounters;
  /**
   * What each overlay sent and received so far, by message, in the order of the configuration; it
   * stays when the node has stopped.
   */
  statistics(): readonly OverlayStatistics[];
  /** The node in numbers, as it is now; `printMetrics` makes Prometheus' text of them. */
  metrics(): NodeMetrics;
  /** The first overlay of a class name, if it runs. */
  overlay(name: string): Overlay | undefined;
  /**
   * From the next datagram on the listener hears every step of every datagram, as it happens. Gives
   * what ends that. While nobody listens this costs next to nothing.
   */
  tracePackets(listener: (event: PacketEvent) => void): () => void;
  /**
   * Steps a strategy, once in each walker interval while its overlay has fewer than `targetPeers`
   * peers (−1 for always), until the node stops or the function that this gives is called.
   */
  addStrategy(overlay: Overlay, strategy: WalkStrategy, targetPeers: number): () => void;
  /**
   * Opens the endpoint, loads the keys, joins the overlays, calls what `onStart` names, and walks.
   * Calling it again gives the same promise.
   * @throws StartError; whatever was opened is closed then.
   */
  start(): Promise<void>;
  /**
   * In this order: a start under way gives up; no strategy takes a step any more; every overlay, the
   * last one first, stops receiving, settles its open requests with `closed`, runs its `stopped`,
   * which may still send, and ends its tasks and their threads; the endpoint closes. Takes a second
   * at most, whatever does not end by itself. Calling it again gives the same promise; a stopped
   * node stays stopped.
   */
  stop(): Promise<void>;
};

/** What a node may be given besides its configuration. */
export type NodeOptions = {
  /** The world; the real one, with a log at the configured level, unless given. */
  readonly env?: Env;
  /** Cryptography; the fastest there is unless given. */
  readonly crypto?: Crypto;
  /** Communities by the names a configuration may use, beside the built-in ones. */
  readonly extraCommunities?: Readonly<Record<string, AnyCommunity>>;
  /**
   * How much of a core may go to checking signatures, where that is other than usual: a tracker
   * gives `strangers` more. `off` checks them all.
   */
  readonly verifyPaces?: Partial<VerifyPaces> | 'off';
  /** Strategies by the names a configuration may use, for overlays of every community. */
  readonly strategies?: Readonly<Record<string, StrategyFactory>>;
  /** Bootstrappers by the names a configuration may use, for overlays of every community. */
  readonly bootstrappers?: Readonly<Record<string, BootstrapperFactory>>;
  /** An open endpoint, used instead of the configured interface and closed at the stop. */
  readonly endpoint?: Endpoint;
};
