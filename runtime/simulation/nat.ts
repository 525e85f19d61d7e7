/** Boxes that hide hosts behind one address (RFC 4787). */
import type { Address } from '../address/address.ts';
import { printAddress } from '../address/text.ts';

/** What a mapping, or a permission to come in, depends on beside the address inside. */
export type NatDependence = 'none' | 'address' | 'address-and-port';

/** How a box behaves. */
export type NatBehaviour = {
  /** `none`: a socket inside has one port outside; otherwise one for each place it sends to. */
  readonly mapping: NatDependence;
  /** `none`: anybody may use a mapping; otherwise only places that were sent to. */
  readonly filtering: NatDependence;
  /** How long a mapping, and a permission, lasts after the last datagram out; 120 s unless given. */
  readonly expiryMs?: number;
  /** True when hosts inside reach each other at the address outside; false unless given. */
  readonly hairpin?: boolean;
  /** True when the port outside is the one inside where that is free; false unless given. */
  readonly keepsPorts?: boolean;
};

/** The four kinds that RFC 3489 §5 names. */
export const NAT = {
  fullCone: { mapping: 'none', filtering: 'none' },
  addressRestricted: { mapping: 'none', filtering: 'address' },
  portRestricted: { mapping: 'none', filtering: 'address-and-port' },
  symmetric: { mapping: 'address-and-port', filtering: 'address-and-port' },
} as const satisfies { readonly [kind: string]: NatBehaviour };

/** RFC 4787 REQ-5: a mapping must not expire in less than two minutes. */
const EXPIRY_MS = 120_000;

const FIRST_PORT = 1_024;
const PORT_MAX = 65_535;

type Mapping = {
  readonly inside: Address;
  readonly port: number;
  /** When each place was last sent to, by what the filter looks at. */
  readonly sentAtUs: Map<string, number>;
  lastUs: number;
};

/** One box. Its table is as large as what was sent from inside, as in a real one. */
export class NatBox {
  readonly outside: string;
  readonly behaviour: NatBehaviour;
  readonly #kind: Address['kind'];
  readonly #expiryUs: number;
  readonly #byKey = new Map<string, Mapping>();
  readonly #byPort = new Map<number, Mapping>();
  #nextPort = FIRST_PORT;

  constructor(outside: Address, behaviour: NatBehaviour) {
    this.outside = outside.host;
    this.#kind = outside.kind;
    this.behaviour = behaviour;
    this.#expiryUs = (behaviour.expiryMs ?? EXPIRY_MS) * 1_000;
  }

  /** The source outside of a datagram from `inside` to `to`; undefined when no port is free. */
  translate(inside: Address, to: Address, nowUs: number): Address | undefined {
    const key = `${printAddress(inside)} ${partOf(to, this.behaviour.mapping)}`;
    const mapping = this.#live(this.#byKey.get(key), nowUs) ?? this.#map(inside, key, nowUs);
    if (mapping === undefined) return undefined;
    mapping.lastUs = nowUs;
    mapping.sentAtUs.set(partOf(to, this.behaviour.filtering), nowUs);
    return { kind: this.#kind, host: this.outside, port: mapping.port };
  }

  /** The address inside that a datagram from `from` to this port reaches; undefined: it is blocked. */
  admit(port: number, from: Address, nowUs: number): Address | undefined {
    const mapping = this.#live(this.#byPort.get(port), nowUs);
    const sentAtUs = mapping?.sentAtUs.get(partOf(from, this.behaviour.filtering));
    const isAdmitted = sentAtUs !== undefined && nowUs - sentAtUs < this.#expiryUs;
    return isAdmitted ? mapping?.inside : undefined;
  }

  /** Forgets all mappings, as a box does that is switched off and on. */
  reset(): void {
    this.#byKey.clear();
    this.#byPort.clear();
  }

  #live(mapping: Mapping | undefined, nowUs: number): Mapping | undefined {
    return mapping !== undefined && nowUs - mapping.lastUs < this.#expiryUs ? mapping : undefined;
  }

  #map(inside: Address, key: string, nowUs: number): Mapping | undefined {
    const old = this.#byKey.get(key);
    if (old !== undefined && this.#byPort.get(old.port) === old) this.#byPort.delete(old.port);
    const port = this.#freePort(inside.port, nowUs);
    if (port === undefined) return undefined;
    const mapping: Mapping = { inside, port, sentAtUs: new Map(), lastUs: nowUs };
    this.#byKey.set(key, mapping);
    this.#byPort.set(port, mapping);
    return mapping;
  }

  /** Ports are given in order, so that a mapping that is made anew has another one. */
  #freePort(insidePort: number, nowUs: number): number | undefined {
    const isFree = (port: number): boolean =>
      this.#live(this.#byPort.get(port), nowUs) === undefined;
    if (this.behaviour.keepsPorts === true && isFree(insidePort)) return insidePort;
    for (let tries = FIRST_PORT; tries <= PORT_MAX; tries++) {
      const port = this.#nextPort;
      this.#nextPort = port === PORT_MAX ? FIRST_PORT : port + 1;
      if (isFree(port)) return port;
    }
    return undefined;
  }
}

function partOf(address: Address, dependence: NatDependence): string {
  if (dependence === 'none') return '';
  return dependence === 'address' ? address.host : printAddress(address);
}
