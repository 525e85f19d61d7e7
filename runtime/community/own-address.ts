/**
 * What others say our address is.
 *
 * Each answer to a request of ours says where the answerer sees us. The first one is believed,
 * since we know nothing better; after that a new address must have a majority of the voters.
 * py-ipv8 believes the last one who spoke (3.2 ipv8/community.py:503-507), so any one peer could
 * move everybody's address.
 */
import { type Address, equalAddress, type Family } from '../address/address.ts';
import { isLoopback, isPrivate, subnetOf } from '../address/ranges.ts';
import { printAddress } from '../address/text.ts';
import { BoundedMap } from '../base/bounded-map.ts';
import type { Peer } from '../peer/peer.ts';
import { VOTERS_MAX, VOTERS_TO_CHANGE_MIN } from './limits.ts';

export class OwnAddress {
  /** By place and family; a poll is made with its first vote. */
  readonly #polls: { [place in `${'wan' | 'lan'} ${Family}`]?: Poll } = {};

  /** Our address outside our own network. Loopback counts as outside, as it does in py-ipv8. */
  wan(kind: Family): Address | undefined {
    return this.#polls[`wan ${kind}`]?.elected;
  }

  /** Our address in a private network (RFC 1918, RFC 4193). */
  lan(kind: Family): Address | undefined {
    return this.#polls[`lan ${kind}`]?.elected;
  }

  /** `responder`, at `from`, answered our request and says that we are at `address`. */
  observe(address: Address, responder: Peer, from: Address): void {
    if (address.kind === 'domain') return;
    const place = `${isPrivate(address) ? 'lan' : 'wan'} ${address.kind}` as const;
    this.#polls[place] ??= new Poll();
    this.#polls[place].vote(voterOf(responder, from, address), address);
  }
}

/**
 * Keys are free to make and public addresses are not: on our address outside, one subnet has one
 * vote. Within a local network, and on one machine, all are in the same few.
 */
function voterOf(responder: Peer, from: Address, address: Address): string {
  return isPrivate(address) || isLoopback(address) ? responder.id : subnetOf(from);
}

/** One vote for each voter; the oldest voters leave. */
class Poll {
  readonly #votes = new BoundedMap<string, Address>({
    countMax: VOTERS_MAX,
    onFull: 'drop-least-recently-used',
  });
  #elected: Address | undefined;

  get elected(): Address | undefined {
    return this.#elected;
  }

  vote(voter: string, address: Address): void {
    this.#votes.set(voter, address);
    if (this.#elected === undefined) this.#elected = address;
    if (equalAddress(this.#elected, address)) return;
    if (this.#votes.size < VOTERS_TO_CHANGE_MIN && !this.#isAloneIn(voter)) return;
    const key = printAddress(address);
    let agreeing = 0;
    for (const voted of this.#votes.values()) if (printAddress(voted) === key) agreeing += 1;
    if (agreeing * 2 > this.#votes.size) this.#elected = address;
  }

  /** The only voter there ever was may correct itself: nobody else knows better. */
  #isAloneIn(voter: string): boolean {
    return this.#votes.size === 1 && this.#votes.has(voter);
  }
}
