/**
 * How keys of the legacy curves are written: SubjectPublicKeyInfo and ECPrivateKey, and no other
 * way.
 */
import { concatBytes, equalBytes, fromHex } from '../base/bytes.ts';
import { fail, ok } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import { DER_TAG, printObjectId, readDer, readDerAll, writeDer } from './der.ts';
import type { KeyReading } from './key-form.ts';
import type { Curve, KeyError } from './keys.ts';

/** The legacy curves of IPv8. */
export type LegacyCurve = Exclude<Curve, 'curve25519'>;

/** Sizes of a curve, in bytes. */
export type LegacyCurveShape = {
  /** Object identifier, the content of its DER element (SEC 2 §A.2). */
  readonly objectId: Uint8Array;
  /** A coordinate; each half of a signature is padded to this. */
  readonly fieldSize: number;
  /** A number below the group order: private scalars, and r and s before padding. */
  readonly scalarSize: number;
  /** The bits of a scalar's first byte that the group order reaches. */
  readonly scalarTopBits: number;
};

const objectId = (last: number): Uint8Array => Uint8Array.of(0x2b, 0x81, 0x04, 0x00, last);

/** The curves by name (SEC 2 version 2; 571k1 is the `high` of py-ipv8 3.2.1 and later). */
export const LEGACY_CURVES: { readonly [Name in LegacyCurve]: LegacyCurveShape } = {
  sect163k1: { objectId: objectId(0x01), fieldSize: 21, scalarSize: 21, scalarTopBits: 0x07 },
  sect233k1: { objectId: objectId(0x1a), fieldSize: 30, scalarSize: 29, scalarTopBits: 0xff },
  sect409k1: { objectId: objectId(0x24), fieldSize: 52, scalarSize: 51, scalarTopBits: 0x7f },
  sect571r1: { objectId: objectId(0x27), fieldSize: 72, scalarSize: 72, scalarTopBits: 0x03 },
  sect571k1: { objectId: objectId(0x26), fieldSize: 72, scalarSize: 72, scalarTopBits: 0x03 },
};

const CURVE_NAMES: readonly LegacyCurve[] = [
  'sect163k1',
  'sect233k1',
  'sect409k1',
  'sect571r1',
  'sect571k1',
];

/** id-ecPublicKey, 1.2.840.10045.2.1 (RFC 5480 §2.1.1). */
const EC_PUBLIC_KEY = fromHex('2a8648ce3d0201');

/** Identifiers that people are most likely to try, so that an error can name them. */
const KNOWN_NAMES: { readonly [dotted: string]: string } = {
  '1.2.840.113549.1.1.1': 'an RSA key',
  '1.2.840.10040.4.1': 'a DSA key',
  '1.3.101.110': 'a bare X25519 key',
  '1.3.101.112': 'a bare Ed25519 key',
  '1.2.840.10045.3.1.7': 'a key on the curve secp256r1',
  '1.3.132.0.34': 'a key on the curve secp384r1',
  '1.3.132.0.35': 'a key on the curve secp521r1',
  '1.3.132.0.10': 'a key on the curve secp256k1',
};

/** The words for errors: what would have been accepted. */
export const ACCEPTED_KEYS = `accepted are curve25519 keys and keys on ${CURVE_NAMES.join(', ')}`;

const UNCOMPRESSED = 0x04;

/** A public key taken apart; that the point lies on the curve is not yet known. */
export type LegacyPublicParts = { readonly curve: LegacyCurve; readonly der: Uint8Array };

/** A private key taken apart; that the scalar is in range is not yet known. */
export type LegacyPrivateParts = {
  readonly curve: LegacyCurve;
  readonly scalar: Uint8Array;
  readonly der: Uint8Array;
};

/** SubjectPublicKeyInfo (RFC 5480 §2) around an encoded point. */
export function writeLegacyPublic(curve: LegacyCurve, point: Uint8Array): Uint8Array {
  const algorithm = writeDer(
    DER_TAG.sequence,
    writeDer(DER_TAG.objectId, EC_PUBLIC_KEY),
    writeDer(DER_TAG.objectId, LEGACY_CURVES[curve].objectId),
  );
  return writeDer(DER_TAG.sequence, algorithm, bitString(point));
}

/**
 * ECPrivateKey (RFC 5915 §3) with the curve and the public point, as OpenSSL and py-ipv8 write it.
 */
export function writeLegacyPrivate(
  curve: LegacyCurve,
  scalar: Uint8Array,
  point: Uint8Array,
): Uint8Array {
  return writeDer(
    DER_TAG.sequence,
    writeDer(DER_TAG.integer, Uint8Array.of(1)),
    writeDer(DER_TAG.octetString, scalar),
    writeDer(DER_TAG.parameters, writeDer(DER_TAG.objectId, LEGACY_CURVES[curve].objectId)),
    writeDer(DER_TAG.publicKey, bitString(point)),
  );
}

/** Takes a SubjectPublicKeyInfo apart. */
export function readLegacyPublic(
  bytes: Uint8Array,
  reading: KeyReading,
): Result<LegacyPublicParts, KeyError> {
  const whole = readSequence(bytes, reading);
  if (!whole.ok) return whole;
  const [algorithm, point, ...more] = whole.value.elements;
  if (algorithm?.tag === DER_TAG.integer) {
    return malformed('this is a private key, not a public one');
  }
  const [kind, parameters] = readDerAll(algorithm?.content ?? new Uint8Array()) ?? [];
  if (algorithm?.tag !== DER_TAG.sequence || kind?.tag !== DER_TAG.objectId) return notAKey();
  if (!equalBytes(kind.content, EC_PUBLIC_KEY)) return unsupported(kind.content);
  if (parameters?.tag !== DER_TAG.objectId) return notAKey();
  const curve = curveOf(parameters.content);
  if (curve === undefined) return unsupported(parameters.content);
  if (point?.tag !== DER_TAG.bitString || more.length > 0) return notAKey();
  const encoded = point.content.subarray(1);
  const problem = pointProblem(encoded, LEGACY_CURVES[curve], reading);
  if (problem !== undefined) return malformed(problem);
  const der = writeLegacyPublic(curve, encoded);
  return equalBytes(der, whole.value.der) ? ok({ curve, der }) : notAKey();
}

/** Takes an ECPrivateKey apart; its public point is for the caller to compare. */
export function readLegacyPrivate(
  bytes: Uint8Array,
  reading: KeyReading,
): Result<LegacyPrivateParts, KeyError> {
  const whole = readSequence(bytes, reading);
  if (!whole.ok) return whole;
  const [version, scalar, parameters] = whole.value.elements;
  if (version?.tag === DER_TAG.sequence)
    return malformed('this is a public key, not a private one');
  if (version?.tag !== DER_TAG.integer) return notAKey();
  if (scalar?.tag !== DER_TAG.octetString || parameters?.tag !== DER_TAG.parameters) {
    return notAKey();
  }
  const named = readDer(parameters.content, 0);
  if (named?.tag !== DER_TAG.objectId) return notAKey();
  const curve = curveOf(named.content);
  if (curve === undefined) return unsupported(named.content);
  if (scalar.content.length !== LEGACY_CURVES[curve].scalarSize) return notAKey();
  return ok({ curve, scalar: scalar.content, der: whole.value.der });
}

type Sequence = {
  /** The bytes of the sequence, without what follows it. */
  readonly der: Uint8Array;
  readonly elements: NonNullable<ReturnType<typeof readDerAll>>;
};

function readSequence(bytes: Uint8Array, { compat }: KeyReading): Result<Sequence, KeyError> {
  const outer = readDer(bytes, 0);
  if (outer?.tag !== DER_TAG.sequence) return notAKey();
  const elements = readDerAll(outer.content);
  if (elements === undefined) return notAKey();
  const excess = bytes.length - outer.end;
  if (excess > 0 && !compat) {
    const message = `${excess} bytes follow the ${outer.end} of the key`;
    return fail({ code: 'trailing-bytes', message });
  }
  return ok({ der: bytes.slice(0, outer.end), elements });
}

/**
 * Compressed points are for compat only: py-ipv8 reads them and keeps them as they are, so that one
 * key has two sets of bytes and two mids. It never writes one, so strict reading loses no honest
 * peer.
 */
function pointProblem(
  encoded: Uint8Array,
  { fieldSize }: LegacyCurveShape,
  { compat }: KeyReading,
): string | undefined {
  const [form] = encoded;
  if (form === UNCOMPRESSED && encoded.length === 1 + 2 * fieldSize) return undefined;
  const isCompressed = (form === 0x02 || form === 0x03) && encoded.length === 1 + fieldSize;
  if (!isCompressed) return 'the point does not have the form and length of its curve';
  return compat ? undefined : 'the point is compressed; only uncompressed points are accepted';
}

/** The curve with this object identifier, the content of its DER element. */
export function curveOf(identifier: Uint8Array): LegacyCurve | undefined {
  return CURVE_NAMES.find((name) => equalBytes(LEGACY_CURVES[name].objectId, identifier));
}

function bitString(content: Uint8Array): Uint8Array {
  // The byte in front counts unused bits: none.
  return writeDer(DER_TAG.bitString, concatBytes(Uint8Array.of(0), content));
}

function malformed(message: string): { readonly ok: false; readonly error: KeyError } {
  return fail({ code: 'malformed', message });
}

function notAKey(): { readonly ok: false; readonly error: KeyError } {
  return malformed(`the bytes are no key, or only a part of one; ${ACCEPTED_KEYS}`);
}

function unsupported(identifier: Uint8Array): { readonly ok: false; readonly error: KeyError } {
  const dotted = printObjectId(identifier.subarray(0, 32));
  const found = KNOWN_NAMES[dotted] ?? `a key with the object identifier ${dotted}`;
  return fail({ code: 'unsupported-curve', message: `this is ${found}; ${ACCEPTED_KEYS}` });
}
