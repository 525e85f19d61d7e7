import { sha1 } from '@noble/hashes/legacy.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { IdentityNode } from '../ast/nodes.ts';

/** The 40 digits that a form of identity means; undefined when its text is not valid. */
export function communityIdOf(
  identity: IdentityNode & { readonly kind: 'hex' | 'sha1' | 'master' },
): string | undefined {
  const { text } = identity.text;
  switch (identity.kind) {
    case 'hex':
      return /^[0-9a-fA-F]{40}$/.test(text) ? text.toLowerCase() : undefined;
    case 'sha1':
      return text.isWellFormed() ? bytesToHex(sha1(new TextEncoder().encode(text))) : undefined;
    case 'master': {
      const key = decodeBase64(text);
      return key === undefined ? undefined : bytesToHex(sha1(key));
    }
  }
}

/**
 * True of bytes that have the form of a public key of IPv8: `LibNaCLPK:` and 64 bytes, or one DER
 * SEQUENCE. Whether the numbers inside make a key is for those who use it to find out.
 */
export function isPublicKeyForm(bytes: Uint8Array): boolean {
  const tag = new TextEncoder().encode('LibNaCLPK:');
  if (tag.every((byte, at) => bytes[at] === byte)) return bytes.length === tag.length + 64;
  const [first, size = 0, next = 0] = bytes;
  // X.690 §8.1.3: one length byte below 128, or 81 and one more; no key here is longer.
  const headerSize = size === 0x81 ? 3 : 2;
  const contentSize = size === 0x81 ? next : size;
  return first === 0x30 && bytes.length > 2 && bytes.length === headerSize + contentSize;
}

/** The bytes of base64 text (RFC 4648 §4, padded); undefined when it is not that, or empty. */
export function decodeBase64(text: string): Uint8Array | undefined {
  const isBase64 = /^[A-Za-z0-9+/]+={0,2}$/.test(text) && text.length % 4 === 0;
  if (!isBase64) return undefined;
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
