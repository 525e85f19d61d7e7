/** Address ⇄ text: `127.0.0.1:8090`, `[::1]:8090`, `example.org:6421`. */
import type { Address } from './address.ts';
import { parseIpv4, parseIpv6, printIpv4, printIpv6 } from './ip.ts';

/** Text of an address; also its key in maps. */
export function printAddress(address: Address): string {
  return address.kind === 'ipv6'
    ? `[${address.host}]:${address.port}`
    : `${address.host}:${address.port}`;
}

/** The address that `host` and `port` name; the host's form decides its kind. */
export function createAddress(host: string, port: number): Address {
  const ipv4 = parseIpv4(host);
  if (ipv4 !== undefined) return { kind: 'ipv4', host: printIpv4(ipv4), port };
  const ipv6 = parseIpv6(host);
  if (ipv6 !== undefined) return { kind: 'ipv6', host: printIpv6(ipv6), port };
  return { kind: 'domain', host, port };
}

/**
 * The address that text names, or undefined when it is none (no port, port above 65535, broken
 * IPv6, …).
 */
export function parseAddress(text: string): Address | undefined {
  const match = /^(?:\[([^\]]+)\]|([^:[\]\s]+)):([0-9]{1,5})$/.exec(text);
  if (match === null) return undefined;
  const [, bracketed, plain, portText] = match;
  const port = Number(portText);
  if (port > 65535) return undefined;
  if (bracketed !== undefined) {
    return parseIpv6(bracketed) === undefined ? undefined : createAddress(bracketed, port);
  }
  // Four numbers that are no IPv4 address are a typing mistake, not a host name.
  if (/^[0-9.]+$/.test(plain ?? '') && parseIpv4(plain ?? '') === undefined) return undefined;
  return createAddress(plain ?? '', port);
}
