/**
 * Where a datagram goes or comes from. Plain data: two addresses with the same fields are the same
 * place.
 *
 * `host` is canonical: dotted quad for `ipv4`, the text of inet_ntop for `ipv6` (lower case, no
 * brackets), the name as given for `domain` (only the wire format `address` carries names). `port`
 * is 0–65535.
 */
export type Address = {
  readonly kind: 'ipv4' | 'ipv6' | 'domain';
  readonly host: string;
  readonly port: number;
};

/** The two kinds of IP address. */
export type Family = 'ipv4' | 'ipv6';

/** The address that stands for "none" in introduction responses: 0.0.0.0:0. */
export const NO_ADDRESS: Address = { kind: 'ipv4', host: '0.0.0.0', port: 0 };

/** True when both name the same place. */
export function equalAddress(a: Address, b: Address): boolean {
  return a === b || (a.port === b.port && a.host === b.host && a.kind === b.kind);
}
