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

/** The bytes of base64 text (RFC 4648 §4, padded); undefined when it is not that, or empty. */
function decodeBase64(text: string): Uint8Array | undefined {
  const isBase64 = /^[A-Za-z0-9+/]+={0,2}$/.test(text) && text.length % 4 === 0;
  if (!isBase64) return undefined;
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
