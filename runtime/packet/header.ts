/**
 * What every datagram begins with: 00, version, community id (the prefix), then the message id.
 * The numbers 22 and 23 live here; the demultiplexer, a level below, has the same ones.
 * Source: py-ipv8 3.2 ipv8/community.py:94,596-609.
 */
import { assert } from '../base/assert.ts';
import { fromHex } from '../base/bytes.ts';

/** Bytes of the prefix; also where the message id is. */
export const PREFIX_BYTES = 22;

/** Bytes in front of everything that depends on the message. */
export const HEADER_BYTES = PREFIX_BYTES + 1;

/** The prefix of a community: the first byte is 00, the second the protocol's version. */
export function createPrefix(version: number, communityId: string): Uint8Array {
  assert(/^[0-9a-f]{40}$/.test(communityId), `"${communityId}" is not 40 lower-case hex digits`);
  assert(Number.isInteger(version) && version >= 0 && version <= 255, `version ${version}`);
  const prefix = new Uint8Array(PREFIX_BYTES);
  prefix[1] = version;
  prefix.set(fromHex(communityId), 2);
  return prefix;
}

/** The message id, or undefined of a datagram that ends before it. */
export function messageIdOf(datagram: Uint8Array): number | undefined {
  return datagram[PREFIX_BYTES];
}

// Dispersy's messages, which py-ipv8 still knows by name and refuses (py-ipv8 3.2
// ipv8/community.py:126-161).
const DEPRECATED: readonly (readonly [first: number, last: number])[] = [
  [251, 255],
  [247, 248],
  [235, 244],
];

/** True of message ids that meant something long ago and are never to be used again. */
export function isDeprecatedMessage(id: number): boolean {
  return DEPRECATED.some(([first, last]) => id >= first && id <= last);
}
