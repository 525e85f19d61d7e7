/** What became of every datagram that reached an overlay. */
import type { DropReason } from '../packet/open.ts';

/** Why a valid message was not acted on. */
export type IgnoreReason =
  | 'full' // we have more peers than wanted; py-ipv8 drops the request as well
  | 'unsolicited' // an answer to nothing that waits for one: late, again, or never asked
  | 'wrong-sender' // an answer with a good number from another address, or by another key
  | 'amplifying' // its answer is too large for an address that never answered us
  | 'stranger' // a puncture request from an address where no peer or tracker of ours is
  | 'bad-address' // an address nobody may be sent to
  | 'over-budget'; // as many punctures as we send were sent

/** Exactly one of these for each datagram. */
export type Outcome =
  | 'handled'
  | 'handling' // its handler has not come to its end: the one outcome that becomes another later
  | 'handler-failed' // the handler threw, or its promise was rejected
  | 'busy' // too many handlers had not come to their end
  | DropReason
  | IgnoreReason;

/** How many datagrams had each outcome; their sum is the number of datagrams. */
export type Counters = { readonly [Name in Outcome]: number };

/** Counters that start at zero, to be counted up by the router alone. */
export function createCounters(): { -readonly [Name in keyof Counters]: number } {
  return {
    handled: 0,
    handling: 0,
    'handler-failed': 0,
    busy: 0,
    'too-short': 0,
    'unknown-message': 0,
    'deprecated-message': 0,
    'bad-key': 0,
    'rate-limited': 0,
    'own-key': 0,
    'bad-signature': 0,
    decode: 0,
    full: 0,
    unsolicited: 0,
    'wrong-sender': 0,
    amplifying: 0,
    stranger: 0,
    'bad-address': 0,
    'over-budget': 0,
  };
}

/** What a handler of the runtime returns for a message it did not act on. */
export class Ignored {
  readonly reason: IgnoreReason;

  constructor(reason: IgnoreReason) {
    this.reason = reason;
  }
}
