/** What became of all datagrams of a node. */
import type { Counters } from '../community/counters.ts';
import type { EndpointCounters } from '../endpoint/counters.ts';
import type { DemultiplexerCounters } from '../endpoint/demultiplexer.ts';

/** Where a node's datagrams are counted, each of them once. */
export type Tallies = {
  readonly traffic: EndpointCounters;
  readonly demultiplexer: DemultiplexerCounters;
  /** Of every overlay there ever was: one that was left keeps its counts. */
  readonly overlays: readonly Counters[];
};

/** Datagrams by outcome; those that never came about are left out. */
export function sumOutcomes(tallies: Tallies): { readonly [outcome: string]: number } {
  const sums = new Map<string, number>();
  const add = (outcome: string, count: number): void => {
    if (count > 0) sums.set(outcome, (sums.get(outcome) ?? 0) + count);
  };
  for (const [outcome, count] of Object.entries(tallies.demultiplexer)) {
    // The delivered ones are in their overlay's counters.
    if (outcome !== 'delivered') add(outcome, count);
  }
  for (const counters of tallies.overlays) {
    for (const [outcome, count] of Object.entries(counters)) add(outcome, count);
  }
  add('unheard', tallies.traffic.unheard);
  add('elsewhere', tallies.traffic.elsewhere);
  return Object.fromEntries(sums);
}
