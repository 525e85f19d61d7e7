/** Which NAT boxes are in front of which hosts, and of which other boxes. */
import type { Address } from '../address/address.ts';
import { createAddress } from '../address/text.ts';
import { NatBox, type NatBehaviour } from './nat.ts';
import { demand } from './demand.ts';

/** A box and what is behind it, by the addresses inside. */
export type NatOptions = NatBehaviour & {
  /** The address that everybody behind the box has outside. */
  readonly outside: string;
  /** Hosts, or other boxes by their addresses outside: a provider's box has customers' behind it. */
  readonly hosts: readonly string[];
};

/** The network behind a box; undefined: the one that is behind none. */
export type Realm = NatBox | undefined;

/** A datagram's source as it is seen in the network where its target's address is looked for. */
export type Departure = { readonly from: Address; readonly realm: Realm };

export class Boxes {
  /** The box in front of a host, or of a box, by its address inside. */
  readonly #boxOf = new Map<string, NatBox>();
  readonly #boxAt = new Map<string, NatBox>();

  add({ outside, hosts, ...behaviour }: NatOptions): NatBox {
    const at = createAddress(outside, 0);
    demand(
      at.kind !== 'domain' && !this.#boxAt.has(at.host),
      `a NAT box at "${outside}": give an IP address where no other box is`,
    );
    const box = new NatBox(at, behaviour);
    this.#boxAt.set(at.host, box);
    for (const name of hosts) {
      const { host, kind } = createAddress(name, 0);
      demand(
        kind === at.kind && !this.#boxOf.has(host),
        `host "${name}" behind ${outside}: give addresses of the box's family that are behind no other box`,
      );
      this.#boxOf.set(host, box);
    }
    return box;
  }

  /** The network that the host is in: behind which box. */
  realmOf(host: string): Realm {
    return this.#boxOf.get(host);
  }

  /**
   * The way of a datagram of `host` through the boxes in front of it, as far as it must go to reach
   * `to`; undefined when one of them lets it not pass.
   */
  leave(host: string, from: Address, to: Address, nowUs: number): Departure | undefined {
    let source = from;
    let realm: Realm = this.#boxOf.get(host);
    while (realm !== undefined && this.#boxOf.get(to.host) !== realm) {
      if (to.host === realm.outside && realm.behaviour.hairpin !== true) return undefined;
      const translated = realm.translate(source, to, nowUs);
      if (translated === undefined) return undefined;
      source = translated;
      realm = this.#boxOf.get(realm.outside);
    }
    return { from: source, realm };
  }

  /**
   * Which host, at which of its addresses, a datagram reaches that was sent in a network to `to`:
   * through the boxes on the way in; `hidden` when the address is in another network, `blocked`
   * when a box does not admit it.
   */
  enter({ from, realm }: Departure, to: Address, nowUs: number): Address | 'hidden' | 'blocked' {
    let target = to;
    let here = realm;
    for (;;) {
      if (this.#boxOf.get(target.host) !== here) return 'hidden';
      const box = this.#boxAt.get(target.host);
      if (box === undefined) return target;
      const inside = box.admit(target.port, from, nowUs);
      if (inside === undefined) return 'blocked';
      target = inside;
      here = box;
    }
  }
}
