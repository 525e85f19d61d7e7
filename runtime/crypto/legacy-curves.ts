/**
 * The keys py-ipv8 calls M2Crypto: ECDSA over SHA-1 on binary curves (py-ipv8 3.2
 * ipv8/keyvault/public/m2crypto.py:17-99). Only OpenSSL still knows these curves, so they need
 * `node:crypto`.
 */
import type * as NodeCrypto from 'node:crypto';
import { assert } from '../base/assert.ts';
import { equalBytes } from '../base/bytes.ts';
import { fail, ok } from '../base/result.ts';
import type { Random } from '../env/random.ts';
import { createKeyCache } from './key-cache.ts';
import type { KeyForm } from './key-form.ts';
import type { KeyError, PrivateKey, PublicKey, SecretBytes } from './keys.ts';
import {
  LEGACY_CURVES,
  readLegacyPrivate,
  readLegacyPublic,
  writeLegacyPrivate,
  writeLegacyPublic,
} from './legacy-der.ts';
import type { LegacyCurve } from './legacy-der.ts';
import { printPem } from './pem.ts';

/** r ‖ s as fixed-width numbers, each as wide as the group order. */
const SIGNATURE_FORM = 'ieee-p1363';

/**
 * Draws before a scalar in range counts as impossible; each fails with a chance of at most one
 * half.
 */
const DRAWS_MAX = 128;

/** Keys of the legacy curves over the given `node:crypto`. */
export function createLegacyCurves(crypto: typeof NodeCrypto): KeyForm {
  /** BOUNDED by the curves of OpenSSL. */
  const known = new Set(crypto.getCurves());
  const { importPublic, importPrivate } = createImports(crypto);

  return {
    readPublic(bytes, reading) {
      const parts = readLegacyPublic(bytes, reading);
      if (!parts.ok) return parts;
      const { curve, der } = parts.value;
      if (!known.has(curve)) return fail(missingCurve(curve));
      if (importPublic(der) === undefined) {
        return fail({ code: 'malformed', message: `the point is not on the curve ${curve}` });
      }
      return ok(publicKeyOf(curve, der));
    },
    readPrivate(bytes, reading) {
      const parts = readLegacyPrivate(bytes, reading);
      if (!parts.ok) return parts;
      const { curve, scalar, der } = parts.value;
      if (!known.has(curve)) return fail(missingCurve(curve));
      const key = keyOfScalar(crypto, curve, scalar);
      if (key === undefined || !equalBytes(key.secret, der)) {
        const message = 'the private number is out of range or does not belong to the public point';
        return fail({ code: 'malformed', message });
      }
      return ok(key);
    },
    generate(curve, random) {
      assert(curve !== 'curve25519', 'curve25519 is not a legacy curve');
      return known.has(curve) ? ok(drawKey(crypto, curve, random)) : fail(missingCurve(curve));
    },
    sign(key, message) {
      const privateKey = importPrivate(key.secret);
      const halves = crypto.sign('sha1', message, {
        key: privateKey,
        dsaEncoding: SIGNATURE_FORM,
      });
      const signature = resizeHalves(halves, key.publicKey.signatureLength);
      assert(signature !== undefined, 'a number below the group order fits a field element');
      return signature;
    },
    verify(key, message, signature) {
      const { curve } = key;
      if (curve === 'curve25519' || signature.length !== key.signatureLength) return false;
      const halves = resizeHalves(signature, 2 * LEGACY_CURVES[curve].scalarSize);
      const publicKey = importPublic(key.bytes);
      if (halves === undefined || publicKey === undefined) return false;
      return crypto.verify(
        'sha1',
        message,
        { key: publicKey, dsaEncoding: SIGNATURE_FORM },
        halves,
      );
    },
  };
}

type Imports = {
  /** Undefined when the point is not on the curve. */
  importPublic(bytes: Uint8Array): NodeCrypto.KeyObject | undefined;
  importPrivate(secret: SecretBytes): NodeCrypto.KeyObject;
};

/**
 * Imports each key once: public ones are kept in a bounded cache, private ones as long as their
 * bytes.
 */
function createImports(crypto: typeof NodeCrypto): Imports {
  const publicKeys = createKeyCache<NodeCrypto.KeyObject>();
  /** BOUNDED by our own keys. */
  const privateKeys = new WeakMap<SecretBytes, NodeCrypto.KeyObject>();
  return {
    importPublic(bytes) {
      const kept = publicKeys.get(bytes);
      if (kept !== undefined) return kept;
      try {
        const key = crypto.createPublicKey(printPem('PUBLIC KEY', bytes));
        publicKeys.set(bytes, key);
        return key;
      } catch {
        return undefined;
      }
    },
    importPrivate(secret) {
      const kept = privateKeys.get(secret);
      if (kept !== undefined) return kept;
      const key = crypto.createPrivateKey(printPem('EC PRIVATE KEY', secret));
      privateKeys.set(secret, key);
      return key;
    },
  };
}

/** What stands in for the legacy curves where there is no `node:crypto`: every key is refused. */
export function createNoLegacyCurves(): KeyForm {
  return {
    readPublic(bytes, reading) {
      const parts = readLegacyPublic(bytes, reading);
      return parts.ok ? fail(missingCurve(parts.value.curve)) : parts;
    },
    readPrivate(bytes, reading) {
      const parts = readLegacyPrivate(bytes, reading);
      return parts.ok ? fail(missingCurve(parts.value.curve)) : parts;
    },
    generate: (curve) => fail(missingCurve(curve)),
    sign() {
      throw new Error('broken assumption: no key of a legacy curve can have been made here');
    },
    verify: () => false,
  };
}

function missingCurve(curve: string): KeyError {
  const message =
    `keys on ${curve} need a node:crypto that knows this curve, which this host lacks; ` +
    'use curve25519 keys here';
  return { code: 'unsupported-curve', message };
}

function publicKeyOf(curve: LegacyCurve, bytes: Uint8Array): PublicKey {
  return { curve, bytes, signatureLength: 2 * LEGACY_CURVES[curve].fieldSize };
}

/** The key with this private number, or undefined when it is 0 or not below the group order. */
function keyOfScalar(
  crypto: typeof NodeCrypto,
  curve: LegacyCurve,
  scalar: Uint8Array,
): PrivateKey | undefined {
  const exchange = crypto.createECDH(curve);
  try {
    exchange.setPrivateKey(scalar);
  } catch {
    return undefined;
  }
  const point = exchange.getPublicKey();
  const secret = writeLegacyPrivate(curve, scalar, point) as SecretBytes;
  return { publicKey: publicKeyOf(curve, writeLegacyPublic(curve, point)), secret };
}

/**
 * A uniform private number: random bits of the order's length, drawn again until they are in range.
 */
function drawKey(
  crypto: typeof NodeCrypto,
  curve: LegacyCurve,
  random: Pick<Random, 'bytes'>,
): PrivateKey {
  const { scalarSize, scalarTopBits } = LEGACY_CURVES[curve];
  for (let draw = 0; draw < DRAWS_MAX; draw++) {
    const scalar = random.bytes(scalarSize).slice();
    scalar[0] = (scalar[0] ?? 0) & scalarTopBits;
    const key = keyOfScalar(crypto, curve, scalar);
    if (key !== undefined) return key;
  }
  throw new Error('broken assumption: the source of randomness is stuck');
}

/**
 * r ‖ s with both halves cut or padded with zeros on the left to half of `size`; undefined when
 * something other than zeros would be lost. py-ipv8 pads to the size of a field element, OpenSSL to
 * that of the group order (py-ipv8 3.2 ipv8/keyvault/private/m2crypto.py:85-112).
 */
function resizeHalves(halves: Uint8Array, size: number): Uint8Array | undefined {
  const from = halves.length / 2;
  const to = size / 2;
  const resized = new Uint8Array(size);
  for (const half of [0, 1]) {
    const number = halves.subarray(half * from, (half + 1) * from);
    const excess = Math.max(0, from - to);
    if (number.subarray(0, excess).some((byte) => byte !== 0)) return undefined;
    resized.set(number.subarray(excess), half * to + Math.max(0, to - from));
  }
  return resized;
}
