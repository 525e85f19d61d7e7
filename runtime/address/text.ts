/** Address ⇄ text: `127.0.0.1:8090`, `[::1]:8090`, `example.org:6421`. */
import type { Address } from './address.ts';
import { ipv4Number, parseIpv4, parseIpv6, printIpv6 } from './ip.ts';
import { ipv4Address, sharedText } from './shared-ipv4.ts';

/** Text of an address; also its key in maps. */
export function printAddress(address: Address): string {
  const known = sharedText(address);
  if (known !== undefined) return known;
  return address.kind === 'ipv6'
    ? `[${address.host}]:${address.port}`
    : `${address.host}:${address.port}`;
}

/** The address that `host` and `port` name; the host's form decides its kind. */
export function createAddress(host: string, port: number): Address {
  const number = ipv4Number(host);
  if (number !== undefined) {
    // Text with a number has one form, so the host is as given.
    return port === (port & 0xffff) ? ipv4Address(number, port) : { kind: 'ipv4', host, port };
  }
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
