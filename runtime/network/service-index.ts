import type { Peer } from '../peer/peer.ts';

type Members = {
  readonly byId: Map<string, Peer>;
  /** The members as they are handed out; made anew after a change. */
  list: readonly Peer[] | undefined;
};

/** Which peers run a service, asked far more often than it changes. */
export class ServiceIndex {
  /** BOUNDED by the services of the contacts; none without a member. */
  readonly #members = new Map<string, Members>();

  add(service: string, peer: Peer): void {
    const members = this.#members.get(service) ?? { byId: new Map(), list: undefined };
    if (members.byId.has(peer.id)) return;
    this.#members.set(service, members);
    members.byId.set(peer.id, peer);
    members.list = undefined;
  }

  remove(service: string, id: string): void {
    const members = this.#members.get(service);
    if (members === undefined || !members.byId.delete(id)) return;
    members.list = undefined;
    if (members.byId.size === 0) this.#members.delete(service);
  }

  /** In the order they came to the service. */
  of(service: string): readonly Peer[] {
    const members = this.#members.get(service);
    if (members === undefined) return [];
    members.list ??= [...members.byId.values()];
    return members.list;
  }
}
