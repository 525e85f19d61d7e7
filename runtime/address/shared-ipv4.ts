/**
 * IPv4 addresses that many name: the same few thousand come with every datagram, message and table,
 * so each is made once, and its text is printed once. What made them is an `Address` like any other;
 * two of the same place need not be one object.
 */
import type { Address } from './address.ts';
import { SHARED_ADDRESSES_MAX } from './limits.ts';

class SharedIpv4 {
  readonly kind = 'ipv4';
  readonly host: string;
  readonly port: number;
  /** The host as 32 bits, signed: a small integer in V8, which takes no memory of its own. */
  readonly #bits: number;
  #text: string | undefined;

  constructor(bits: number, port: number) {
    this.host = `${bits >>> 24}.${(bits >>> 16) & 255}.${(bits >>> 8) & 255}.${bits & 255}`;
    this.port = port;
    this.#bits = bits;
    // Plain data, as every address: with a class of its own it would equal none in `deepStrictEqual`.
    Object.setPrototypeOf(this, Object.prototype);
  }

  static is(address: SharedIpv4, bits: number, port: number): boolean {
    return address.#bits === bits && address.port === port;
  }

  static bitsOf(address: Address): number | undefined {
    return #bits in address ? address.#bits : undefined;
  }

  static textOf(address: Address): string | undefined {
    if (!(#text in address)) return undefined;
    address.#text ??= `${address.host}:${address.port}`;
    return address.#text;
  }
}

/** BOUNDED by `SHARED_ADDRESSES_MAX`. */
const shared = Array<SharedIpv4 | undefined>(SHARED_ADDRESSES_MAX).fill(undefined);

/** The address of a host, given as 32 bits, and a port of 16 bits. */
export function ipv4Address(host: number, port: number): Address {
  const bits = host | 0;
  const place = placeOf(bits, port);
  const there = shared[place];
  if (there !== undefined && SharedIpv4.is(there, bits, port)) return there;
  const made = new SharedIpv4(bits, port);
  shared[place] = made;
  return made;
}

/** The host as 32 bits, signed; undefined of an address that was made elsewhere. */
export function sharedBits(address: Address): number | undefined {
  return SharedIpv4.bitsOf(address);
}

/** The text of an address, as `printAddress` gives it; undefined of one that was made elsewhere. */
export function sharedText(address: Address): string | undefined {
  return SharedIpv4.textOf(address);
}

/** Multiplicative hashing (Knuth, TAOCP 6.4): the high bits of the product. */
function placeOf(bits: number, port: number): number {
  const hash = Math.imul(bits ^ Math.imul(port, 0x9e3779b1), 0x85ebca6b);
  return ((hash ^ (hash >>> 15)) >>> 0) % SHARED_ADDRESSES_MAX;
}
