/**
 * What kind of place an address is. Names (`domain`) are in none of these ranges: nobody has looked
 * them up.
 */
import type { Address } from './address.ts';
import { ipv4Number, parseIpv4, parseIpv6 } from './ip.ts';
import { sharedBits } from './shared-ipv4.ts';

type Range = { readonly network: readonly number[]; readonly bits: number };

/** The same for IPv4: asked for every datagram, so it is a comparison of two numbers. */
type Range4 = { readonly network: number; readonly bits: number };

const LOOPBACK: readonly Range4[] = [{ network: 0x7f000000, bits: 8 }];
// RFC 1918, the ranges that py-ipv8 takes for a LAN (py-ipv8 3.2 ipv8/community.py).
const PRIVATE: readonly Range4[] = [
  { network: 0x0a000000, bits: 8 },
  { network: 0xac100000, bits: 12 },
  { network: 0xc0a80000, bits: 16 },
];
const MULTICAST: readonly Range4[] = [{ network: 0xe0000000, bits: 4 }];
// RFC 3927.
const LINK_LOCAL: readonly Range4[] = [{ network: 0xa9fe0000, bits: 16 }];
const UNSPECIFIED: readonly Range4[] = [{ network: 0, bits: 8 }];

// RFC 4291 §2.4, RFC 4193.
const LOOPBACK_6: readonly Range[] = [{ network: [...Array<number>(15).fill(0), 1], bits: 128 }];
const UNSPECIFIED_6: readonly Range[] = [{ network: [], bits: 128 }];
const PRIVATE_6: readonly Range[] = [{ network: [0xfc], bits: 7 }];
const MULTICAST_6: readonly Range[] = [{ network: [0xff], bits: 8 }];
const LINK_LOCAL_6: readonly Range[] = [{ network: [0xfe, 0x80], bits: 10 }];
// RFC 4291 §2.5.5.2.
const MAPPED_6: readonly Range[] = [
  { network: [...Array<number>(10).fill(0), 0xff, 0xff], bits: 96 },
];

/** 127.0.0.0/8 and ::1. */
export function isLoopback(address: Address): boolean {
  return isWithin(address, LOOPBACK, LOOPBACK_6);
}

/** 10/8, 172.16/12, 192.168/16 and fc00::/7: addresses of a local network. */
export function isPrivate(address: Address): boolean {
  return isWithin(address, PRIVATE, PRIVATE_6);
}

/** 224/4 and ff00::/8. */
export function isMulticast(address: Address): boolean {
  return isWithin(address, MULTICAST, MULTICAST_6);
}

/** 169.254/16 and fe80::/10: addresses that hold on one wire only. */
export function isLinkLocal(address: Address): boolean {
  return isWithin(address, LINK_LOCAL, LINK_LOCAL_6);
}

/** ::ffff:0:0/96: an IPv4 address in the form of IPv6. */
export function isMappedIpv4(address: Address): boolean {
  return isWithin(address, [], MAPPED_6);
}

/** 255.255.255.255. A subnet's own broadcast address cannot be told without its mask. */
export function isBroadcast(address: Address): boolean {
  return address.kind === 'ipv4' && address.host === '255.255.255.255';
}

/** 0.0.0.0/8 and ::, which name no host (RFC 1122 §3.2.1.3). */
export function isUnspecified(address: Address): boolean {
  return isWithin(address, UNSPECIFIED, UNSPECIFIED_6);
}

/**
 * Text that two addresses share when they are likely one owner's: the /24 of IPv4, the /64 of IPv6,
 * the name itself of a domain. Bounds by subnet count with it.
 */
export function subnetOf(address: Address): string {
  const bytes = bytesOf(address);
  if (bytes === undefined) return address.host;
  return `${address.kind}:${bytes.subarray(0, address.kind === 'ipv4' ? 3 : 8).join('.')}`;
}

/**
 * Whose an address likely is, where what somebody gets depends on it: the subnet, but each machine of
 * a local network by itself, since nobody outside has those addresses.
 */
export function ownerOf(address: Address): string {
  return isPrivate(address) || isLoopback(address) ? address.host : subnetOf(address);
}

function isWithin(address: Address, four: readonly Range4[], six: readonly Range[]): boolean {
  if (address.kind === 'ipv4') {
    const number = sharedBits(address) ?? ipv4Number(address.host);
    if (number === undefined) return false;
    // Asked several times for each datagram, so it makes no function.
    for (const { network, bits } of four) if ((number ^ network) >>> (32 - bits) === 0) return true;
    return false;
  }
  const bytes = bytesOf(address);
  return bytes !== undefined && six.some((range) => isInRange(bytes, range));
}

function isInRange(bytes: Uint8Array, { network, bits }: Range): boolean {
  for (let at = 0; at * 8 < bits; at++) {
    const mask = bits - at * 8 >= 8 ? 0xff : (0xff << (8 - (bits - at * 8))) & 0xff;
    if (((bytes[at] ?? 0) & mask) !== ((network[at] ?? 0) & mask)) return false;
  }
  return true;
}

/** The address's bytes; an IPv4-mapped IPv6 address (RFC 4291 §2.5.5.2) stays IPv6. */
function bytesOf(address: Address): Uint8Array | undefined {
  if (address.kind === 'ipv4') return parseIpv4(address.host);
  return address.kind === 'ipv6' ? parseIpv6(address.host) : undefined;
}
