/** The communities of a tracker: made when somebody asks for one, let go when nobody is left. */
import type { Address } from '../address/address.ts';
import { toHex } from '../base/bytes.ts';
import type { DemultiplexerCounters } from '../endpoint/demultiplexer.ts';
import { PACKET_BYTES_MIN } from '../endpoint/limits.ts';
import { IntroductionRequest, NewIntroductionRequest } from '../../generated/introduction.ts';
import { COMMUNITIES_MAX } from './limits.ts';
import type { DropReason } from '../packet/open.ts';
import type { FounderCheck } from './founder-check.ts';
import type { PacketTrace } from '../operations/packet-trace.ts';
import type { TrackedCommunity } from './tracked-community.ts';

export type TrackedCommunitiesParts = {
  /** `onEmpty` is to be called when the community has no peers left. */
  readonly create: (id: string, onEmpty: () => void) => TrackedCommunity;
  /** Asked before a community is made. */
  readonly check: FounderCheck;
  /** Hears why a request founded nothing: it is delivered, and counted there. */
  readonly onDrop: (reason: DropReason) => void;
  /** Hears of each that is let go, before it is. */
  readonly onLeave: (community: TrackedCommunity) => void;
  /** Hears what receiving a datagram threw: a fault of ours. */
  readonly onError: (error: unknown) => void;
  readonly trace: PacketTrace;
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
  /** What became of the datagram that was delivered last. */
  #outcome = '';
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
    const { trace } = this.#parts;
    if (trace.isOn) trace.begin(datagram, from);
    const delivery = this.#deliver(datagram, from);
    this.counters[delivery] += 1;
    if (!trace.isOn) return;
    const outcome = delivery === 'delivered' ? this.#outcome : delivery;
    if (outcome === 'handled') return;
    trace.tell({ packet: trace.current, from }, { stage: 'dropped', reason: outcome });
  }

  #deliver(datagram: Uint8Array, from: Address): keyof DemultiplexerCounters {
    if (datagram.length < PACKET_BYTES_MIN) return 'too-short';
    if (this.isClosed || datagram[0] !== 0 || datagram[1] !== VERSION) return 'unknown-prefix';
    const id = toHex(datagram.subarray(ID_START, ID_END));
    const known = this.#all.get(id);
    if (known !== undefined) return this.#hand(known, datagram, from);
    if (!REQUESTS.includes(datagram[ID_END] ?? 0)) return 'unknown-prefix';
    return this.#hasRoom() ? this.#found(id, datagram, from) : 'unknown-prefix';
  }

  #hand(community: TrackedCommunity, datagram: Uint8Array, from: Address): 'delivered' | 'failed' {
    try {
      this.#outcome = community.receive(datagram, from);
      return 'delivered';
    } catch (error) {
      this.#parts.onError(error);
      return 'failed';
    }
  }

  #found(id: string, datagram: Uint8Array, from: Address): 'delivered' | 'failed' {
    const { check, create, onDrop, onError } = this.#parts;
    try {
      const reason = check(datagram, from);
      if (reason !== undefined) {
        onDrop(reason);
        this.#outcome = reason;
        return 'delivered';
      }
    } catch (error) {
      onError(error);
      return 'failed';
    }
    this.#makeRoom();
    const community = create(id, () => this.#leave(community));
    this.#all.set(id, community);
    this.#unproved.set(id, community);
    const outcome = this.#hand(community, datagram, from);
    if (community.peers.length === 0) this.#leave(community);
    else community.pingFounder();
    return outcome;
  }

  /** True when there is a place, or a community that gives way. */
  #hasRoom(): boolean {
    return this.#all.size < this.#countMax || this.#leaver() !== undefined;
  }

  #makeRoom(): void {
    const leaver = this.#all.size < this.#countMax ? undefined : this.#leaver();
    if (leaver !== undefined) this.#leave(leaver);
  }

  /**
   * Of those that nobody proved, the one founded first gives way; those with somebody who answered us
   * stay, whatever strangers make up.
   */
  #leaver(): TrackedCommunity | undefined {
    for (const [id, community] of this.#unproved) {
      if (!community.isProved) return community;
      this.#unproved.delete(id);
    }
    return undefined;
  }

  #leave(community: TrackedCommunity): void {
    if (this.#all.get(community.id) !== community) return;
    this.#all.delete(community.id);
    this.#unproved.delete(community.id);
    this.#parts.onLeave(community);
  }
}
