/** Walks along edges: from a neighbour to a peer it knows, to a peer that one knows, and so on. */
import type { Address } from '../address/address.ts';
import { printAddress } from '../address/text.ts';
import { BoundedMap } from '../base/bounded-map.ts';
import type { Clock } from '../env/clock.ts';
import { pick } from '../env/random.ts';
import type { Random } from '../env/random.ts';
import type { Network } from '../network/network.ts';
import type { Peer } from '../peer/peer.ts';
import { ASKED_ADDRESSES_MAX } from './limits.ts';
import type { Walkable, WalkStrategy } from './strategy.ts';

/**
 * Settings of an edge walk; the defaults are the reference's (py-ipv8 3.2
 * peerdiscovery/discovery.py:110).
 */
export type EdgeWalkOptions = {
  /** Peers of a whole edge, the neighbour it starts from included. */
  readonly edgeLength: number;
  /** Neighbours that edges start from. */
  readonly neighborhoodSize: number;
  /** How long the end of an edge, or an address, has to answer. */
  readonly edgeTimeoutMs: number;
};

export const EDGE_WALK_DEFAULTS: EdgeWalkOptions = {
  edgeLength: 4,
  neighborhoodSize: 6,
  edgeTimeoutMs: 3_000,
};

/** What an edge walk is made of. */
export type EdgeWalkParts = {
  readonly overlay: Walkable;
  readonly network: Pick<Network, 'introductionsFrom' | 'peerAt'>;
  readonly clock: Clock;
  readonly random: Random;
  readonly options?: Partial<EdgeWalkOptions>;
  /** Hears of each edge that is as long as it gets, if it left its neighbour. */
  readonly onEdge?: (edge: readonly Peer[]) => void;
};

type Edge = { readonly peers: Peer[]; grownAt: number };

/**
 * Searches the network in depth. First finds neighbours; then each of them is the root of one edge
 * at a time, whose end is asked for introductions until the edge has its length or grows no more.
 */
export function createEdgeWalk(parts: EdgeWalkParts): WalkStrategy {
  return new EdgeWalk(parts);
}

class EdgeWalk implements WalkStrategy {
  readonly #parts: EdgeWalkParts;
  readonly #options: EdgeWalkOptions;
  /** BOUNDED by `neighborhoodSize`. */
  #neighborhood: readonly Peer[] = [];
  /** By the id of the root. BOUNDED by `neighborhoodSize`. */
  readonly #edges = new Map<string, Edge>();
  /** When addresses were walked to, while they have time to answer. */
  readonly #asked = new BoundedMap<string, { readonly address: Address; readonly sentAt: number }>({
    countMax: ASKED_ADDRESSES_MAX,
    onFull: 'drop-oldest',
  });

  constructor(parts: EdgeWalkParts) {
    this.#parts = parts;
    this.#options = { ...EDGE_WALK_DEFAULTS, ...parts.options };
  }

  step(): void {
    const now = this.#parts.clock.now();
    this.#forgetSilent(now);
    this.#leaveLostNeighbors();
    if (this.#neighborhood.length < this.#options.neighborhoodSize) return this.#findNeighbors(now);
    const { overlay, random } = this.#parts;
    const root = pick(
      random,
      this.#neighborhood.filter(({ id }) => !this.#edges.has(id)),
    );
    if (root === undefined) return this.#grow(now);
    this.#edges.set(root.id, { peers: [root], grownAt: now });
    overlay.requestIntroduction(root);
  }

  #forgetSilent(now: number): void {
    const { overlay, network } = this.#parts;
    for (const [key, { address, sentAt }] of this.#asked) {
      if (now - sentAt <= this.#options.edgeTimeoutMs) return;
      this.#asked.delete(key);
      if (network.peerAt(address) === undefined) overlay.forgetAddress(address);
    }
  }

  #leaveLostNeighbors(): void {
    const known = new Set(this.#parts.overlay.peers().map(({ id }) => id));
    const left = this.#neighborhood.filter(({ id }) => known.has(id));
    if (left.length === this.#neighborhood.length) return;
    this.#neighborhood = left;
    for (const id of this.#edges.keys()) if (!known.has(id)) this.#edges.delete(id);
  }

  #findNeighbors(now: number): void {
    const { overlay } = this.#parts;
    const { neighborhoodSize } = this.#options;
    this.#neighborhood = overlay.peers().slice(0, neighborhoodSize);
    overlay.bootstrap();
    for (const address of overlay.walkableAddresses().slice(0, neighborhoodSize)) {
      this.#walkTo(address, now);
    }
  }

  #grow(now: number): void {
    for (const [rootId, edge] of this.#edges) {
      const next = this.#nextOf(edge, now);
      if (next === undefined) {
        if (now - edge.grownAt > this.#options.edgeTimeoutMs) this.#complete(rootId, edge);
        continue;
      }
      edge.grownAt = now;
      edge.peers.push(next);
      if (edge.peers.length >= this.#options.edgeLength) this.#complete(rootId, edge);
      else this.#parts.overlay.requestIntroduction(next);
    }
  }

  /** One of those that the end of the edge told us of; who is no peer yet is walked to. */
  #nextOf({ peers }: Edge, now: number): Peer | undefined {
    const { network, random } = this.#parts;
    const end = peers.at(-1);
    if (end === undefined) return undefined;
    const verified: Peer[] = [];
    for (const address of network.introductionsFrom(end)) {
      const peer = network.peerAt(address);
      if (peer === undefined) this.#walkTo(address, now);
      else verified.push(peer);
    }
    return pick(random, verified);
  }

  #complete(rootId: string, { peers }: Edge): void {
    this.#edges.delete(rootId);
    if (peers.length > 1) this.#parts.onEdge?.(peers);
  }

  #walkTo(address: Address, now: number): void {
    const key = printAddress(address);
    if (this.#asked.has(key)) return;
    this.#asked.set(key, { address, sentAt: now });
    this.#parts.overlay.walkTo(address);
  }
}
