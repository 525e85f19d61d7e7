/** What the codecs written by hand share: a place in bytes, and the checks that the schema asks for. */
import type { Address } from '../../../runtime/address/address.ts';
import { ipv4Number, parseIpv6, printIpv6 } from '../../../runtime/address/ip.ts';
import { ipv4Address, sharedBits } from '../../../runtime/address/shared-ipv4.ts';

export function refuse(field: string, why: string): never {
  throw new RangeError(`${field}: ${why}`);
}

/** The field ends within the bytes. */
export function checkEnd(end: number, bytes: Uint8Array, field: string): void {
  if (end > bytes.length) refuse(field, `needs ${end} bytes, there are ${bytes.length}`);
}

export function checkU32(value: number, field: string): void {
  if (value !== value >>> 0) refuse(field, 'not a whole number of 32 bits');
}

export function checkU16(value: number, field: string): void {
  if (value !== (value & 0xffff)) refuse(field, 'not a whole number of 16 bits');
}

export function checkBool(value: boolean, field: string): void {
  if (typeof value !== 'boolean') refuse(field, 'not a boolean');
}

export function checkLength(length: number, max: number, field: string): void {
  if (length > max) refuse(field, `${length} is more than ${max}`);
}

export function putU16(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value >>> 8;
  bytes[at + 1] = value;
}

export function putU32(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value >>> 24;
  bytes[at + 1] = value >>> 16;
  bytes[at + 2] = value >>> 8;
  bytes[at + 3] = value;
}

export function u16(bytes: Uint8Array, at: number): number {
  return ((bytes[at] as number) << 8) | (bytes[at + 1] as number);
}

export function u32(bytes: Uint8Array, at: number): number {
  return ((u16(bytes, at) << 16) | u16(bytes, at + 2)) >>> 0;
}

export function putIpv4(bytes: Uint8Array, at: number, address: Address, field: string): void {
  if (address.kind !== 'ipv4') refuse(field, 'not an IPv4 address');
  const bits = sharedBits(address) ?? ipv4Number(address.host);
  if (bits === undefined) refuse(field, 'not an IPv4 address');
  checkU16(address.port, field);
  putU32(bytes, at, bits);
  putU16(bytes, at + 4, address.port);
}

export function ipv4(bytes: Uint8Array, at: number): Address {
  return ipv4Address(u32(bytes, at), u16(bytes, at + 4));
}

/** A tag, then an IPv4 or IPv6 address. Gives the place behind it. */
export function putIp(bytes: Uint8Array, at: number, address: Address, field: string): number {
  if (address.kind === 'ipv4') {
    bytes[at] = 1;
    putIpv4(bytes, at + 1, address, field);
    return at + 7;
  }
  const host = address.kind === 'ipv6' ? parseIpv6(address.host) : undefined;
  if (host === undefined) refuse(field, 'not an IP address');
  checkU16(address.port, field);
  bytes[at] = 3;
  bytes.set(host, at + 1);
  putU16(bytes, at + 17, address.port);
  return at + 19;
}

/** Size of the address whose tag is at `at`. */
export function ipSize(bytes: Uint8Array, at: number, field: string): number {
  const tag = bytes[at];
  if (tag === 1) return 7;
  if (tag === 3) return 19;
  return refuse(field, 'not the tag of an IP address');
}

/** The address behind the tag at `at`; all of it is there. */
export function ip(bytes: Uint8Array, at: number): Address {
  if (bytes[at] === 1) return ipv4(bytes, at + 1);
  return { kind: 'ipv6', host: printIpv6(bytes, at + 1), port: u16(bytes, at + 17) };
}

/** Bytes behind a 16-bit length. Gives the place behind them. */
export function putBytes16(
  bytes: Uint8Array,
  at: number,
  value: Uint8Array,
  max: number,
  field: string,
): number {
  checkLength(value.length, max, field);
  putU16(bytes, at, value.length);
  bytes.set(value, at + 2);
  return at + 2 + value.length;
}

/** Their length, when all of them are there. */
export function bytes16Length(bytes: Uint8Array, at: number, max: number, field: string): number {
  checkEnd(at + 2, bytes, field);
  const length = u16(bytes, at);
  checkLength(length, max, field);
  checkEnd(at + 2 + length, bytes, field);
  return length;
}
