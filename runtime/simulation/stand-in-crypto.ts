import { equalBytes } from '../base/bytes.ts';
import { ok } from '../base/result.ts';
import type { Crypto } from '../crypto/crypto.ts';
import type { PublicKey } from '../crypto/keys.ts';

/** Bytes are taken in four at a time. */
const WORD_BYTES = 4;

/** Keys that are read once and then found again: more than a large world has peers. */
const KEYS_KEPT_MAX = 2 ** 17;

/**
 * The given cryptography with signatures that cost next to nothing: real keys, and in place of each
 * signature as many bytes, which everybody can make. They tell a changed or foreign message as real
 * ones do, and stop nobody who wants to forge. For simulated worlds only, where a real signature
 * would be nearly all of the time. All nodes that share it share the keys they read, too.
 */
export function createStandInCrypto(crypto: Crypto): Crypto {
  const kept = new Map<number, PublicKey>();
  return {
    ...crypto,
    provider: 'stand-in',
    publicKey(bytes, options) {
      const digest = absorb(0, bytes);
      const known = kept.get(digest);
      if (known !== undefined && equalBytes(known.bytes, bytes)) return ok(known);
      const read = crypto.publicKey(bytes, options);
      if (!read.ok) return read;
      if (kept.size >= KEYS_KEPT_MAX) kept.clear();
      // Bytes behind the key, where they are let pass, are no part of it.
      if (read.value.bytes.length === bytes.length) kept.set(digest, read.value);
      return read;
    },
    sign(key, message) {
      const { bytes, signatureLength } = key.publicKey;
      return stretch(digestOf(bytes, message), signatureLength);
    },
    verify(key, message, signature) {
      if (signature.length !== key.signatureLength) return false;
      return isStretched(digestOf(key.bytes, message), signature);
    },
  };
}

/** 32 bits of FNV-1a (http://www.isthe.com/chongo/tech/comp/fnv), word by word. */
function digestOf(key: Uint8Array, message: Uint8Array): number {
  return absorb(absorb(0x811c9dc5, key), message);
}

function absorb(start: number, bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const wholeEnd = bytes.length - (bytes.length % WORD_BYTES);
  let state = Math.imul(start ^ bytes.length, 0x01000193);
  for (let at = 0; at < wholeEnd; at += WORD_BYTES) {
    state = Math.imul(state ^ view.getInt32(at), 0x01000193);
    // Multiplying moves changes up only; this moves them down.
    state ^= state >>> 15;
  }
  for (let at = wholeEnd; at < bytes.length; at++) {
    state = Math.imul(state ^ view.getUint8(at), 0x01000193);
  }
  return state ^ (state >>> 13);
}

function stretch(digest: number, size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  let word = digest;
  for (let at = 0; at < size; at++) {
    word = next(word, at);
    bytes[at] = word >>> 24;
  }
  return bytes;
}

function isStretched(digest: number, bytes: Uint8Array): boolean {
  let word = digest;
  for (let at = 0; at < bytes.length; at++) {
    word = next(word, at);
    if (bytes[at] !== word >>> 24) return false;
  }
  return true;
}

/** A step of a generator whose high byte is used (Numerical Recipes, §7.1). */
function next(word: number, at: number): number {
  return (Math.imul(word, 1664525) + 1013904223 + at) | 0;
}
