/**
 * keys.json: keys of every kind, what they sign and verify, how odd key bytes load, what is agreed.
 */
import { fromHex, toHex } from '../../runtime/base/bytes.ts';
import type { Result } from '../../runtime/base/result.ts';
import type { Crypto } from '../../runtime/crypto/crypto.ts';
import { sha1 } from '../../runtime/crypto/hashes.ts';
import { boxKey } from '../../runtime/crypto/key-agreement.ts';
import type { KeyAgreement } from '../../runtime/crypto/key-agreement.ts';
import type { KeyError, PrivateKey, PublicKey } from '../../runtime/crypto/keys.ts';
import { parsePem, printPem } from '../../runtime/crypto/pem.ts';
import { failed, passed } from './case-result.ts';
import type { CaseResult } from './case-result.ts';
import type { Difference } from './differences.ts';

type RecordedSignature = {
  readonly message: string;
  readonly signature: string;
  readonly valid: boolean;
  readonly what: string;
};

type RecordedQuirk = { readonly message: string; readonly signature: string };

type RecordedKey = {
  readonly id: string;
  readonly curve: string;
  readonly private_bin: string;
  readonly public_bin: string;
  readonly private_pem: string | null;
  readonly public_pem: string | null;
  readonly mid: string;
  readonly signature_length: number;
  readonly signatures: readonly RecordedSignature[];
  readonly corrupted: readonly RecordedSignature[];
  readonly quirks?: readonly RecordedQuirk[];
  /** Of a legacy key: the numbers inside, in hexadecimal. */
  readonly private_scalar?: string;
  readonly public_point?: { readonly x: string; readonly y: string };
  /** Of a curve25519 key: its four halves. */
  readonly x25519_secret?: string;
  readonly ed25519_seed?: string;
  readonly x25519_public?: string;
  readonly ed25519_public?: string;
};

type SmallOrder = {
  readonly id: string;
  readonly public_bin: string;
  readonly message: string;
  readonly signature: string;
};

type Loading = {
  readonly id: string;
  readonly kind: string;
  readonly bin: string;
  readonly what: string;
  readonly loads: boolean;
  readonly canonical_bin?: string;
  readonly mid?: string;
  readonly signature_length?: number;
};

type Agreement = {
  readonly id: string;
  readonly a_private_bin: string;
  readonly b_private_bin: string;
  readonly a_x25519_public: string;
  readonly b_x25519_public: string;
  readonly x25519: string;
  readonly beforenm: string;
};

type LowOrder = {
  readonly id: string;
  readonly public: string;
  readonly secret: string;
  readonly ok: boolean;
  readonly beforenm?: string;
};

/** The parts of keys.json. */
export type KeyVectors = {
  readonly keys: readonly RecordedKey[];
  readonly other_curves: readonly RecordedKey[];
  readonly small_order_ed25519: readonly SmallOrder[];
  readonly loading: readonly Loading[];
  readonly x25519: readonly Agreement[];
  readonly x25519_low_order: readonly LowOrder[];
};

type Subject = Crypto & KeyAgreement;

/** Looks at every case of keys.json with the given crypto. */
export function checkKeys(json: KeyVectors, crypto: Subject): CaseResult[] {
  return [
    ...json.keys.flatMap((key) => checkKey(key, crypto)),
    ...json.other_curves.flatMap((key) => checkKey(key, crypto)),
    ...json.small_order_ed25519.map((test) => checkSmallOrder(test, crypto)),
    ...json.loading.flatMap((test) => [
      checkCompatLoading(test, crypto),
      checkStrictLoading(test, crypto),
    ]),
    ...json.x25519.flatMap((test) => checkAgreement(test, crypto)),
    ...json.x25519_low_order.map((test) => checkLowOrder(test, crypto)),
  ];
}

/** The curves that py-ipv8 loads and we do not. */
const REFUSED_CURVES: readonly string[] = ['secp256r1'];

function checkKey(test: RecordedKey, crypto: Subject): CaseResult[] {
  const publicKey = crypto.publicKey(fromHex(test.public_bin));
  const privateKey = crypto.privateKey(fromHex(test.private_bin));
  if (REFUSED_CURVES.includes(test.curve)) {
    return [
      expectUnsupported(`${test.id}/public`, publicKey),
      expectUnsupported(`${test.id}/private`, privateKey),
    ];
  }
  if (!publicKey.ok) return [failed(`${test.id}/public`, publicKey.error.message)];
  if (!privateKey.ok) return [failed(`${test.id}/private`, privateKey.error.message)];
  return [
    ...checkForms(test, publicKey.value, privateKey.value),
    ...test.signatures.map((signature, index) =>
      checkSignature(`${test.id}/signatures/${index}`, signature, {
        crypto,
        key: privateKey.value,
      }),
    ),
    ...test.corrupted.map((signature, index) =>
      checkSignature(`${test.id}/corrupted/${index}`, signature, { crypto, key: privateKey.value }),
    ),
    ...(test.quirks ?? []).map((quirk, index) =>
      checkQuirk(`${test.id}/quirks/${index}`, quirk, { crypto, key: privateKey.value }),
    ),
    checkOwnSignature(test, crypto, privateKey.value),
  ];
}

/** The numbers inside a key stand where its form puts them. */
function checkParts(test: RecordedKey, publicHex: string, secretHex: string): CaseResult[] {
  const { id, private_scalar: scalar, public_point: point } = test;
  if (scalar === undefined || point === undefined) {
    const tagDigits = 20;
    return [
      compare(
        `${id}/public_parts`,
        `${test.x25519_public}${test.ed25519_public}`,
        publicHex.slice(tagDigits),
      ),
      compare(
        `${id}/private_parts`,
        `${test.x25519_secret}${test.ed25519_seed}`,
        secretHex.slice(tagDigits),
      ),
    ];
  }
  const uncompressed = `04${point.x}${point.y}`;
  // SEC 1: SEQUENCE { INTEGER 1, OCTET STRING scalar, … }: the scalar fills the field's bytes.
  const padded = scalar.padStart(point.x.length, '0');
  const isThere = secretHex.includes(padded) || secretHex.includes(scalar);
  return [
    compare(`${id}/public_point`, uncompressed, publicHex.slice(-uncompressed.length)),
    compare(`${id}/private_scalar`, true, isThere),
  ];
}

function checkForms(test: RecordedKey, publicKey: PublicKey, key: PrivateKey): CaseResult[] {
  const { id } = test;
  const pemOf = (pem: string): string => toHex(parsePem(pem)?.bytes ?? new Uint8Array());
  const results = [
    compare(`${id}/public_bin`, test.public_bin, toHex(publicKey.bytes)),
    compare(`${id}/private_bin`, test.private_bin, toHex(key.secret)),
    compare(`${id}/public_of_private`, test.public_bin, toHex(key.publicKey.bytes)),
    compare(`${id}/mid`, test.mid, toHex(sha1(publicKey.bytes))),
    compare(`${id}/signature_length`, test.signature_length, publicKey.signatureLength),
    compare(`${id}/curve`, test.curve.replace('x25519 + ed25519', 'curve25519'), publicKey.curve),
  ];
  results.push(...checkParts(test, toHex(publicKey.bytes), toHex(key.secret)));
  if (test.private_pem !== null && test.public_pem !== null) {
    results.push(
      compare(`${id}/private_pem`, test.private_bin, pemOf(test.private_pem)),
      compare(`${id}/public_pem`, test.public_bin, pemOf(test.public_pem)),
      compare(`${id}/print_pem`, test.private_pem, printPem('EC PRIVATE KEY', key.secret)),
    );
  }
  return results;
}

type Signer = { readonly crypto: Subject; readonly key: PrivateKey };

function checkSignature(
  id: string,
  { message, signature, valid }: RecordedSignature,
  { crypto, key }: Signer,
): CaseResult {
  const isValid = crypto.verify(key.publicKey, fromHex(message), fromHex(signature));
  const isLong = signature.length > 2 * key.publicKey.signatureLength;
  if (valid && !isValid && isLong && key.publicKey.curve !== 'curve25519') {
    return different(id, 'padded-ecdsa-signature');
  }
  if (isValid !== valid) return failed(id, `recorded ${valid}, ours ${isValid}`);
  if (!valid || key.publicKey.curve !== 'curve25519') return passed(id);
  // Ed25519 is deterministic: the same key and message give the same bytes.
  return compare(id, signature, toHex(crypto.sign(key, fromHex(message))));
}

/** Where py-ipv8's own verdict is odd: what matters is that ours is the sound one. */
function checkQuirk(
  id: string,
  { message, signature }: RecordedQuirk,
  { crypto, key }: Signer,
): CaseResult {
  const isValid = crypto.verify(key.publicKey, fromHex(message), fromHex(signature));
  const isWhole = signature.length === 2 * key.publicKey.signatureLength;
  if (isValid !== isWhole) return failed(id, isValid ? 'accepted' : 'refused');
  return different(id, isWhole ? 'empty-message-signature' : 'shifted-signature');
}

function checkOwnSignature(test: RecordedKey, crypto: Subject, key: PrivateKey): CaseResult {
  const id = `${test.id}/own_signature`;
  const message = fromHex(test.mid);
  const signature = crypto.sign(key, message);
  if (signature.length !== test.signature_length) return failed(id, `${signature.length} bytes`);
  return crypto.verify(key.publicKey, message, signature) ? passed(id) : failed(id, 'refused');
}

function checkSmallOrder(test: SmallOrder, crypto: Subject): CaseResult {
  const key = crypto.publicKey(fromHex(test.public_bin));
  if (!key.ok) return failed(test.id, key.error.message);
  const isValid = crypto.verify(key.value, fromHex(test.message), fromHex(test.signature));
  return isValid ? failed(test.id, 'accepted') : passed(test.id);
}

/** Compat reading gives the recorded verdict, but for the named differences. */
function checkCompatLoading(test: Loading, crypto: Subject): CaseResult {
  const id = `${test.id}/compat`;
  const key = loadPublicHalf(test, crypto, { compat: true });
  if (!test.loads) return key.ok ? failed(id, 'loaded') : passed(id);
  if (!key.ok) {
    const difference = refusalOf(test, key.error);
    return difference === undefined ? failed(id, key.error.message) : different(id, difference);
  }
  const { bytes, signatureLength } = key.value;
  if (toHex(sha1(bytes)) !== test.mid) return failed(id, 'another mid');
  if (signatureLength !== test.signature_length) return failed(id, 'another signature length');
  const whole = test.kind === 'public' ? toHex(bytes) : privateBytes(test, crypto);
  return compare(id, test.canonical_bin, whole);
}

/** Strict reading takes what is in canonical form, and nothing else. */
function checkStrictLoading(test: Loading, crypto: Subject): CaseResult {
  const id = `${test.id}/strict`;
  const key = loadPublicHalf(test, crypto, { compat: false });
  if (key.ok) {
    return compare(id, test.canonical_bin, test.bin);
  }
  if (!test.loads) return passed(id);
  const difference =
    key.error.code === 'trailing-bytes'
      ? 'trailing-key-bytes'
      : (refusalOf(test, key.error) ??
        (test.what.startsWith('compressed point') ? 'compressed-point' : undefined));
  return difference === undefined ? failed(id, key.error.message) : different(id, difference);
}

function loadPublicHalf(
  test: Loading,
  crypto: Subject,
  options: { readonly compat: boolean },
): Result<PublicKey, KeyError> {
  if (test.kind === 'public') return crypto.publicKey(fromHex(test.bin), options);
  const key = crypto.privateKey(fromHex(test.bin), options);
  return key.ok ? { ok: true, value: key.value.publicKey } : key;
}

function privateBytes(test: Loading, crypto: Subject): string {
  const key = crypto.privateKey(fromHex(test.bin), { compat: true });
  return key.ok ? toHex(key.value.secret) : key.error.message;
}

/** Why we refuse, strict or not, what py-ipv8 loads. */
function refusalOf(test: Loading, error: KeyError): Difference | undefined {
  if (test.bin === '') return 'empty-key';
  if (test.bin.startsWith(toHex(new TextEncoder().encode('LibNaCL'))) && test.bin.length < 148) {
    return 'short-curve25519-key';
  }
  if (error.code !== 'unsupported-curve') return undefined;
  return error.message.includes('RSA') ? 'rsa-key' : 'other-curves';
}

function checkAgreement(test: Agreement, crypto: Subject): CaseResult[] {
  const sides = [
    { id: `${test.id}/a`, secret: test.a_private_bin, theirs: test.b_x25519_public },
    { id: `${test.id}/b`, secret: test.b_private_bin, theirs: test.a_x25519_public },
  ];
  return sides.flatMap(({ id, secret, theirs }) => {
    const key = crypto.privateKey(fromHex(secret));
    if (!key.ok) return [failed(id, key.error.message)];
    const agreed = crypto.agree(key.value, fromHex(theirs));
    if (agreed === undefined) return [failed(id, 'nothing agreed')];
    return [
      compare(`${id}/x25519`, test.x25519, toHex(agreed)),
      compare(`${id}/beforenm`, test.beforenm, toHex(boxKey(agreed))),
    ];
  });
}

function checkLowOrder(test: LowOrder, crypto: Subject): CaseResult {
  // The recorded secret is the X25519 half alone; any seed completes it to a key.
  const tag = toHex(new TextEncoder().encode('LibNaCLSK:'));
  const key = crypto.privateKey(fromHex(`${tag}${test.secret}${'00'.repeat(32)}`));
  if (!key.ok) return failed(test.id, key.error.message);
  const agreed = crypto.agree(key.value, fromHex(test.public));
  if (agreed === undefined) return test.ok ? failed(test.id, 'nothing agreed') : passed(test.id);
  return compare(test.id, test.beforenm, toHex(boxKey(agreed)));
}

function expectUnsupported(id: string, key: Result<unknown, KeyError>): CaseResult {
  if (key.ok) return failed(id, 'loaded');
  if (key.error.code !== 'unsupported-curve') return failed(id, key.error.message);
  return different(id, 'other-curves');
}

function compare(id: string, recorded: unknown, ours: unknown): CaseResult {
  return recorded === ours ? passed(id) : failed(id, `recorded ${recorded}, ours ${ours}`);
}

function different(id: string, difference: Difference): CaseResult {
  return passed(id, difference);
}
