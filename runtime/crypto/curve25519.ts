/**
 * The keys py-ipv8 calls LibNaCL: two independent halves, X25519 for agreement and Ed25519 for
 * signatures, behind a tag of ten letters (py-ipv8 3.2 ipv8/keyvault/public/libnaclkey.py:16-60).
 */
import { concatBytes, equalBytes } from '../base/bytes.ts';
import { fail, ok } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import { x25519BasePoint } from './curve25519-provider.ts';
import type { Curve25519Provider } from './curve25519-provider.ts';
import { ED25519_SIGNATURE_SIZE, isPlausibleEd25519 } from './ed25519-checks.ts';
import type { KeyAgreement } from './key-agreement.ts';
import type { KeyForm, KeyReading } from './key-form.ts';
import type { KeyError, PrivateKey, PublicKey, SecretBytes } from './keys.ts';

const PUBLIC_TAG = new TextEncoder().encode('LibNaCLPK:');
const PRIVATE_TAG = new TextEncoder().encode('LibNaCLSK:');
const TAG_SIZE = 10;
const HALF_SIZE = 32;
const KEY_SIZE = TAG_SIZE + 2 * HALF_SIZE;

/** True when the bytes start as a public or private key of this form does. */
export function looksLikeCurve25519(bytes: Uint8Array): boolean {
  return startsWith(bytes, PUBLIC_TAG) || startsWith(bytes, PRIVATE_TAG);
}

/** The two halves of a secret. Kept per key, since providers know a seed by its array. */
type Secrets = { readonly agreement: Uint8Array; readonly seed: Uint8Array };

/** Keys of curve25519 over the given arithmetic. */
export function createCurve25519(provider: Curve25519Provider): KeyForm & KeyAgreement {
  const secretsOf = createSecrets();

  const fromHalves = (agreement: Uint8Array, seed: Uint8Array): Result<PrivateKey, KeyError> => {
    const agreementKey = provider.agree(agreement, x25519BasePoint());
    if (agreementKey === undefined) {
      return fail({ code: 'malformed', message: 'the X25519 secret has no public key' });
    }
    const bytes = concatBytes(PUBLIC_TAG, agreementKey, provider.publicKeyOfSeed(seed));
    const secret = concatBytes(PRIVATE_TAG, agreement, seed) as SecretBytes;
    return ok({ publicKey: publicKeyOf(bytes), secret });
  };

  return {
    readPublic(bytes, reading) {
      const body = bodyOf(bytes, 'public', reading);
      return body.ok ? ok(publicKeyOf(concatBytes(PUBLIC_TAG, body.value))) : body;
    },
    readPrivate(bytes, reading) {
      const body = bodyOf(bytes, 'private', reading);
      if (!body.ok) return body;
      return fromHalves(body.value.slice(0, HALF_SIZE), body.value.slice(HALF_SIZE));
    },
    generate: (_curve, random) =>
      fromHalves(random.bytes(HALF_SIZE).slice(), random.bytes(HALF_SIZE).slice()),
    sign: (key, message) => provider.sign(secretsOf(key.secret).seed, message),
    verify(key, message, signature) {
      const publicKey = key.bytes.subarray(TAG_SIZE + HALF_SIZE);
      if (!isPlausibleEd25519(publicKey, signature)) return false;
      return provider.verify(publicKey, message, signature);
    },
    agree(key, theirKey) {
      if (key.publicKey.curve !== 'curve25519' || theirKey.length !== HALF_SIZE) return undefined;
      return provider.agree(secretsOf(key.secret).agreement, theirKey);
    },
  };
}

function createSecrets(): (secret: SecretBytes) => Secrets {
  /** BOUNDED by our own keys. */
  const kept = new WeakMap<SecretBytes, Secrets>();
  return (secret) => {
    const known = kept.get(secret);
    if (known !== undefined) return known;
    const agreement = secret.slice(TAG_SIZE, TAG_SIZE + HALF_SIZE);
    const secrets = { agreement, seed: secret.slice(TAG_SIZE + HALF_SIZE, KEY_SIZE) };
    kept.set(secret, secrets);
    return secrets;
  };
}

function publicKeyOf(bytes: Uint8Array): PublicKey {
  return { curve: 'curve25519', bytes, signatureLength: ED25519_SIGNATURE_SIZE };
}

/**
 * The 64 bytes after the tag. Shorter keys are refused always: they could never verify anything.
 */
function bodyOf(
  bytes: Uint8Array,
  kind: 'public' | 'private',
  { compat }: KeyReading,
): Result<Uint8Array, KeyError> {
  const [tag, otherTag] = kind === 'public' ? [PUBLIC_TAG, PRIVATE_TAG] : [PRIVATE_TAG, PUBLIC_TAG];
  if (startsWith(bytes, otherTag)) {
    const other = kind === 'public' ? 'private' : 'public';
    return fail({ code: 'malformed', message: `this is a ${other} key, not a ${kind} one` });
  }
  if (!startsWith(bytes, tag) || bytes.length < KEY_SIZE) {
    const message = `a curve25519 ${kind} key has ${KEY_SIZE} bytes, this one has ${bytes.length}`;
    return fail({ code: 'malformed', message });
  }
  if (bytes.length > KEY_SIZE && !compat) {
    const message = `${bytes.length - KEY_SIZE} bytes follow the ${KEY_SIZE} of the key`;
    return fail({ code: 'trailing-bytes', message });
  }
  return ok(bytes.slice(TAG_SIZE, KEY_SIZE));
}

function startsWith(bytes: Uint8Array, prefix: Uint8Array): boolean {
  return equalBytes(bytes.subarray(0, prefix.length), prefix);
}
