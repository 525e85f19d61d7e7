import { sha256 as nobleSha256 } from '@noble/hashes/sha2.js';
import type * as NodeCrypto from 'node:crypto';

/** SHA-256 (RFC 6234) over bytes that come piece by piece. */
export type Sha256Stream = {
  /** Takes the bytes in; they may change afterwards. */
  update(bytes: Uint8Array): void;
  /** The 32 bytes over all that came so far; more may follow. */
  digest(): Uint8Array;
};

/** An empty stream: of `node:crypto` where there is one, which is ten times as fast. */
export function createSha256(): Sha256Stream {
  const node = nodeCrypto();
  if (node === undefined) {
    const hash = nobleSha256.create();
    return { update: (bytes) => void hash.update(bytes), digest: () => hash.clone().digest() };
  }
  const hash = node.createHash('sha256');
  return {
    update: (bytes) => void hash.update(bytes),
    digest: () => new Uint8Array(hash.copy().digest()),
  };
}

/** Asked for without an import, which no bundle for a browser could resolve. */
function nodeCrypto(): typeof NodeCrypto | undefined {
  return globalThis.process?.getBuiltinModule?.('node:crypto');
}
