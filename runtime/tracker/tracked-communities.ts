/** The communities of a tracker: made when somebody asks for one, let go when nobody is left. */
import type { Address } from '../address/address.ts';
import { toHex } from '../base/bytes.ts';
import type { DemultiplexerCounters } from '../endpoint/demultiplexer.ts';
import { PACKET_BYTES_MIN } from '../endpoint/limits.ts';
import { IntroductionRequest, NewIntroductionRequest } from '../../generated/introduction.ts';
import { COMMUNITIES_MAX } from './limits.ts';
import type { TrackedCommunity } from './tracked-community.ts';

export type TrackedCommunitiesParts = {
  /** `onEmpty` is to be called when the community has no peers left. */
  readonly create: (id: string, onEmpty: () => void) => TrackedCommunity;
  /** Hears of each that is let go, before it is. */
  readonly onLeave: (community: TrackedCommunity) => void;
  /** Hears what receiving a datagram threw: a fault of ours. */
  readonly onError: (error: unknown) => void;
  /** Instead of `COMMUNITIES_MAX`. */
  readonly countMax?: number | undefined;
};

/** Where a datagram says which community it is for, and the version that all of them have. */
const ID_START = 2;
const ID_END = 22;
const VERSION = 2;

/** Message ids of introduction requests, in both styles. */
const REQUESTS: readonly number[] = [IntroductionRequest.id, NewIntroductionRequest.id];

export class TrackedCommunities {
  readonly #parts: TrackedCommunitiesParts;
  readonly #countMax: number;
  /** By id, in the order in which they were founded. BOUNDED by `countMax`. */
  readonly #all = new Map<string, TrackedCommunity>();
  /** Those of whom nobody had answered us when last looked at; in the same order. BOUNDED by `countMax`. */
  readonly #unproved = new Map<string, TrackedCommunity>();

  /** What became of the datagrams; each is in exactly one of these. */
  readonly counters: { -readonly [Name in keyof DemultiplexerCounters]: number } = {
    delivered: 0,
    'too-short': 0,
    'unknown-prefix': 0,
    failed: 0,
  };
  /** True when nothing is to be received any more. */
  isClosed = false;

  constructor(parts: TrackedCommunitiesParts) {
    this.#parts = parts;
    this.#countMax = parts.countMax ?? COMMUNITIES_MAX;
  }

  get all(): readonly TrackedCommunity[] {
    return [...this.#all.values()];
  }

  /**
   * Hands the datagram to its community. One that asks for a community that is not here has it made,
   * if there is room; it stays when the sender could be believed, and so became a peer.
   */
  receive(datagram: Uint8Array, from: Address): void {
    this.counters[this.#deliver(datagram, from)] += 1;
  }

  #deliver(datagram: Uint8Array, from: Address): keyof DemultiplexerCounters {
    if (datagram.length < PACKET_BYTES_MIN) return 'too-short';
    if (this.isClosed || datagram[0] !== 0 || datagram[1] !== VERSION) return 'unknown-prefix';
    const id = toHex(datagram.subarray(ID_START, ID_END));
    const known = this.#all.get(id);
    const isRequest = REQUESTS.includes(datagram[ID_END] ?? 0);
    const community = known ?? (isRequest ? this.#found(id) : undefined);
    if (community === undefined) return 'unknown-prefix';
    try {
      community.receive(datagram, from);
      return 'delivered';
    } catch (error) {
      this.#parts.onError(error);
      return 'failed';
    } finally {
      if (known === undefined) this.#keepOrLeave(community);
    }
  }

  #keepOrLeave(founded: TrackedCommunity): void {
    if (founded.peers.length === 0) this.#leave(founded);
    else founded.pingFounder();
  }

  #found(id: string): TrackedCommunity | undefined {
    if (!this.#makeRoom()) return undefined;
    const community = this.#parts.create(id, () => this.#leave(community));
    this.#all.set(id, community);
    this.#unproved.set(id, community);
    return community;
  }

  /**
   * True when there is a place. Of those that nobody proved, the one founded first gives way; those
   * with somebody who answered us stay, whatever strangers make up.
   */
  #makeRoom(): boolean {
    if (this.#all.size < this.#countMax) return true;
    for (const [id, community] of this.#unproved) {
      if (!community.isProved) {
        this.#leave(community);
        return true;
      }
      this.#unproved.delete(id);
    }
    return false;
  }

  #leave(community: TrackedCommunity): void {
    if (this.#all.get(community.id) !== community) return;
    this.#all.delete(community.id);
    this.#unproved.delete(community.id);
    this.#parts.onLeave(community);
  }
}
