/**
 * IP address text ⇄ bytes, as inet_pton and inet_ntop of glibc do it: what py-ipv8 puts on and
 * reads off the wire.
 */

/** The four bytes of a dotted quad without shorthand or leading zeros, or undefined. */
export function parseIpv4(text: string): Uint8Array | undefined {
  const number = ipv4Number(text);
  if (number === undefined) return undefined;
  return Uint8Array.of(number >>> 24, number >>> 16, number >>> 8, number);
}

/** The same as one number, 0 to 2^32 − 1; asked for every datagram, so it makes nothing. */
export function ipv4Number(text: string): number | undefined {
  let number = 0;
  let part = -1;
  let dots = 0;
  for (let at = 0; at < text.length; at++) {
    const digit = text.charCodeAt(at) - 0x30;
    if (digit >= 0 && digit <= 9) {
      // A number with a leading zero would be octal to some.
      part = part === -1 ? digit : part === 0 ? 256 : part * 10 + digit;
      if (part > 255) return undefined;
    } else {
      if (digit !== -2 || part === -1 || dots === 3) return undefined;
      number = number * 256 + part;
      part = -1;
      dots += 1;
    }
  }
  return dots === 3 && part !== -1 ? number * 256 + part : undefined;
}

/** Dotted quad of the four bytes at `at`. */
export function printIpv4(bytes: Uint8Array, at = 0): string {
  return `${bytes[at]}.${bytes[at + 1]}.${bytes[at + 2]}.${bytes[at + 3]}`;
}

/** The sixteen bytes of IPv6 text (RFC 4291 §2.2, no zone), or undefined. */
export function parseIpv6(text: string): Uint8Array | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const head = parseGroups(halves[0] ?? '', halves.length === 1);
  const tail = halves.length === 2 ? parseGroups(halves[1] ?? '', true) : [];
  if (head === undefined || tail === undefined) return undefined;
  const missing = 16 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 2) return undefined;
  const bytes = new Uint8Array(16);
  bytes.set(head);
  bytes.set(tail, 16 - tail.length);
  return bytes;
}

/** The bytes of colon-separated groups; only the last one may be a dotted quad. */
function parseGroups(text: string, isLast: boolean): number[] | undefined {
  if (text === '') return [];
  const bytes: number[] = [];
  const groups = text.split(':');
  for (const [at, group] of groups.entries()) {
    if (isLast && at === groups.length - 1 && group.includes('.')) {
      const quad = parseIpv4(group);
      if (quad === undefined) return undefined;
      bytes.push(...quad);
    } else {
      if (!/^[0-9a-fA-F]{1,4}$/.test(group)) return undefined;
      const value = Number.parseInt(group, 16);
      bytes.push(value >> 8, value & 0xff);
    }
  }
  return bytes;
}

/**
 * Canonical text of the sixteen bytes at `at`: the longest run of at least two zero groups is `::`,
 * and IPv4-compatible and IPv4-mapped addresses end in a dotted quad, as glibc's inet_ntop writes
 * them.
 */
export function printIpv6(bytes: Uint8Array, at = 0): string {
  const groups: number[] = [];
  for (let group = 0; group < 8; group++) {
    groups.push(((bytes[at + 2 * group] ?? 0) << 8) | (bytes[at + 2 * group + 1] ?? 0));
  }
  const zeros = longestZeroRun(groups);
  // glibc writes ::a.b.c.d when exactly the first six groups are zero, and ::ffff:a.b.c.d for
  // mapped ones.
  const isCompatible = zeros.start === 0 && zeros.length === 6;
  const isMapped = zeros.start === 0 && zeros.length === 5 && groups[5] === 0xffff;
  if (isCompatible) return `::${printIpv4(bytes, at + 12)}`;
  if (isMapped) return `::ffff:${printIpv4(bytes, at + 12)}`;
  const hex = groups.map((group) => group.toString(16));
  if (zeros.length < 2) return hex.join(':');
  const before = hex.slice(0, zeros.start).join(':');
  const after = hex.slice(zeros.start + zeros.length).join(':');
  return `${before}::${after}`;
}

function longestZeroRun(groups: readonly number[]): { start: number; length: number } {
  let best = { start: 0, length: 0 };
  let start = 0;
  for (let at = 0; at <= groups.length; at++) {
    if (groups[at] === 0) continue;
    if (at - start > best.length) best = { start, length: at - start };
    start = at + 1;
  }
  return best;
}
