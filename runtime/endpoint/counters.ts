/** What came in through an endpoint and what left, as numbers. */
import type { NetworkErrorCode } from '../base/network-error.ts';

/** How often each kind of error came. */
export type ErrorCounts = { readonly [Code in NetworkErrorCode]?: number };

/** Of one socket, or of several as one. All of them only grow. */
export type EndpointCounters = {
  /** Datagrams that came in. Each went to the receiver, or is one of `unheard` or `elsewhere`. */
  readonly received: number;
  readonly receivedBytes: number;
  /** Datagrams that came while nobody listened: a node that starts or stops. */
  readonly unheard: number;
  /** Datagrams that came to a socket of a bootstrapper's own, which decides about them. */
  readonly elsewhere: number;
  /** Datagrams that were handed to the system. */
  readonly sent: number;
  readonly sentBytes: number;
  /** Datagrams that did not leave, by what was wrong with them. */
  readonly unsent: ErrorCounts;
  /** What the system said of sockets and of datagrams that it had taken. */
  readonly errors: ErrorCounts;
};

type ErrorTally = { [Code in NetworkErrorCode]?: number };

/** The same, to be counted up by its endpoint alone. */
export class EndpointTally implements EndpointCounters {
  received = 0;
  receivedBytes = 0;
  unheard = 0;
  elsewhere = 0;
  sent = 0;
  sentBytes = 0;
  readonly unsent: ErrorTally = {};
  readonly errors: ErrorTally = {};
}

/** The counters of several endpoints as those of one. */
export function sumCounters(all: readonly EndpointCounters[]): EndpointCounters {
  const sum = new EndpointTally();
  for (const one of all) {
    sum.received += one.received;
    sum.receivedBytes += one.receivedBytes;
    sum.unheard += one.unheard;
    sum.elsewhere += one.elsewhere;
    sum.sent += one.sent;
    sum.sentBytes += one.sentBytes;
    addErrors(sum.unsent, one.unsent);
    addErrors(sum.errors, one.errors);
  }
  return sum;
}

function addErrors(sum: ErrorTally, counts: ErrorCounts): void {
  // `Object.entries` forgets which texts the keys are.
  for (const [code, count] of Object.entries(counts) as [NetworkErrorCode, number][]) {
    countError(sum, code, count);
  }
}

/** Counts an error, or `count` of them. */
export function countError(sum: ErrorTally, code: NetworkErrorCode, count = 1): void {
  sum[code] = (sum[code] ?? 0) + count;
}
