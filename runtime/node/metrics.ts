/** A node in numbers. */
import type { Counters } from '../community/counters.ts';
import type { RunningOverlay } from '../community/join-parts.ts';
import type { MessageStatistics } from '../community/statistics.ts';
import type { EndpointCounters } from '../endpoint/counters.ts';
import type { DemultiplexerCounters } from '../endpoint/demultiplexer.ts';
import type { FailureCount } from '../operations/failures.ts';

/** An overlay in numbers; one that was left keeps what it counted. */
export type OverlayMetrics = {
  /** Its class name. */
  readonly name: string;
  /** 40 hexadecimal digits. */
  readonly communityId: string;
  /** Verified peers now. */
  readonly peers: number;
  /** Our questions that wait for their answer. */
  readonly openRequests: number;
  /** Tasks that are active, asynchronous handlers included. */
  readonly tasks: number;
  /** Datagrams that carried its prefix, by what became of them; their sum is their number. */
  readonly outcomes: Counters;
  /** What was sent and received, by message. */
  readonly messages: readonly MessageStatistics[];
};

/**
 * A node at one moment. Every datagram that was received is `unheard`, `elsewhere`, dropped by the demultiplexer,
 * or in the outcomes of exactly one overlay.
 */
export type NodeMetrics = {
  readonly traffic: EndpointCounters;
  /**
   * Datagrams that the system dropped before we could read them, which are not among those received;
   * undefined where it does not tell.
   */
  readonly kernelDrops: number | undefined;
  readonly demultiplexer: DemultiplexerCounters;
  /** Peers of all overlays now. */
  readonly peers: number;
  /** In the order of the configuration. */
  readonly overlays: readonly OverlayMetrics[];
  /** Communities that a tracker serves now; undefined of a node. */
  readonly communities?: number;
  /** What the program's own code threw. */
  readonly failures: readonly FailureCount[];
};

/** The numbers of an overlay, as they are now. */
export function measureOverlay(running: RunningOverlay): OverlayMetrics {
  const { overlay, openRequests, counters } = running;
  return {
    name: overlay.name,
    communityId: overlay.communityId,
    peers: overlay.peers().length,
    openRequests,
    tasks: overlay.tasks.names().length,
    outcomes: { ...counters },
    messages: running.statistics().messages,
  };
}
