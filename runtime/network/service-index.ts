import { pick, type Random } from '../env/random.ts';
import type { Peer } from '../peer/peer.ts';

type Members = {
  /** In the order they came. */
  peers: Peer[];
  /** True when somebody has that array, which then never changes. */
  isHandedOut: boolean;
};

const NONE: readonly Peer[] = [];

/** Which peers run a service. */
export class ServiceIndex {
  /** BOUNDED by the services of the contacts; none without a member. */
  readonly #members = new Map<string, Members>();

  /** Adds a peer that is no member. */
  add(service: string, peer: Peer): void {
    const members = this.#members.get(service);
    if (members === undefined) this.#members.set(service, { peers: [peer], isHandedOut: false });
    else changeable(members).push(peer);
  }

  /** Takes a member out. */
  remove(service: string, peer: Peer): void {
    const members = this.#members.get(service);
    if (members === undefined) return;
    changeable(members).splice(members.peers.indexOf(peer), 1);
    if (members.peers.length === 0) this.#members.delete(service);
  }

  /** In the order they came to the service. */
  of(service: string): readonly Peer[] {
    const members = this.#members.get(service);
    if (members === undefined) return NONE;
    members.isHandedOut = true;
    return members.peers;
  }

  /** How many there are. A tracker asks for each request, and copies nothing. */
  count(service: string): number {
    return this.#members.get(service)?.peers.length ?? 0;
  }

  /** One that chance picks; undefined of none. */
  pick(service: string, random: Random): Peer | undefined {
    return pick(random, this.#members.get(service)?.peers ?? NONE);
  }
}

function changeable(members: Members): Peer[] {
  if (members.isHandedOut) members.peers = members.peers.slice();
  members.isHandedOut = false;
  return members.peers;
}
