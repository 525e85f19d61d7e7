/** A peer of either kind, as the cases see it. */
import type { KeyLevel } from '../../../runtime/crypto/keys.ts';
import type { PeerEvent } from '../event-log.ts';

/** A host and its port. */
export type Place = readonly [host: string, port: number];

/** The form of the introduction messages: `old` can tell of IPv4 alone. */
export type Style = 'old' | 'new';

/** An overlay of a peer; its bootstrappers are these trackers and nobody else. */
export type LabOverlay = {
  readonly class: string;
  readonly walkers?: readonly LabWalker[];
  readonly trackers?: readonly Place[];
};

/** A strategy by the name that it has on both sides. Seconds, and words of py-ipv8. */
export type LabWalker = {
  readonly strategy: 'RandomWalk' | 'RandomChurn' | 'PeriodicSimilarity';
  readonly peers: number;
  readonly init: Readonly<Record<string, number>>;
};

export type LabOptions = {
  /** Where it listens: 127.0.0.1 unless given. */
  readonly hosts?: readonly string[];
  /** Of its key; curve25519 unless given. */
  readonly level?: KeyLevel;
  /** Seconds between two steps of each walker; 0.1 unless given. */
  readonly interval?: number;
  /** One `Meeting`, which has no messages of its own, unless given. Actions are those of the last one. */
  readonly overlays?: readonly LabOverlay[];
};

/** A peer or a tracker. */
export type LabServer = {
  readonly name: string;
  /** 40 hexadecimal digits. */
  readonly mid: string;
  /** Where it listens, in the order of its `hosts`. */
  readonly places: readonly Place[];
  /** Leaves without a word. */
  stop(): Promise<void>;
};

export type LabPeer = LabServer & {
  readonly kind: 'python' | 'typescript';
  /** The first event of this peer that fits, past or to come. */
  until(fits: (event: PeerEvent) => boolean, what: string): Promise<PeerEvent>;
  /** What it said so far. */
  events(): readonly PeerEvent[];
  /** Asks for an introduction at a place. */
  walk(place: Place, style: Style): void;
  /** Tells it of a place as if it had been introduced. */
  discover(place: Place, style: Style): void;
  /** Where it could walk to. */
  walkable(): Promise<readonly Place[]>;
};

/** Waits until `peer` has `other` as a verified peer of an overlay. */
export function untilKnows(
  peer: LabPeer,
  other: LabPeer,
  overlay: string = MEETING,
): Promise<PeerEvent> {
  return peer.until(
    ({ event, mid, overlay: met }) => event === 'knows' && mid === other.mid && met === overlay,
    `meeting of ${peer.name} with ${other.name}`,
  );
}

/** Waits until the peer has received a message of this id from a place. */
export function untilReceived(peer: LabPeer, id: number, from: LabPeer): Promise<PeerEvent> {
  const isFrom = (host: unknown, port: unknown): boolean =>
    from.places.some((place) => place[0] === host && place[1] === port);
  return peer.until(
    ({ event, id: found, host, port }) =>
      event === 'received' && found === id && isFrom(host, port),
    `message ${id} from ${from.name} to ${peer.name}`,
  );
}

/** The place of a peer where it listens in the family of this host. */
export function placeOf(peer: LabServer, host = '127.0.0.1'): Place {
  const place = peer.places.find(([own]) => own.includes(':') === host.includes(':'));
  if (place === undefined) throw new Error(`${peer.name} does not listen beside ${host}`);
  return place;
}

/** Waits until every peer knows every other one. */
export async function untilAllKnow(peers: readonly LabPeer[], overlay?: string): Promise<void> {
  const pairs = peers.flatMap((peer) =>
    peers.filter((other) => other !== peer).map((other) => [peer, other] as const),
  );
  await Promise.all(pairs.map(([peer, other]) => untilKnows(peer, other, overlay)));
}

/** The community id of `Meeting`: sha1("conformance meeting"). */
export const MEETING = 'f8926c562bcac38e24b9c5d80eb88cf84f2da649';

/** The community id of the discovery community (py-ipv8 3.2 peerdiscovery/community.py:91). */
export const DISCOVERY = '7e313685c1912a141279f8248fc8db5899c5df5a';

/** Walks at random; what a walker has asked may take long to answer on a busy machine. */
export const RANDOM_WALK: LabWalker = {
  strategy: 'RandomWalk',
  peers: 25,
  init: { timeout: 10 },
};
