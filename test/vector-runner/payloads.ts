/** payloads.json: every payload class of py-ipv8, its values, and its bytes cut at every length. */
import { decode, encode, EncodeError } from '../../runtime/codegen.ts';
import { fromHex, toHex } from '../../runtime/base/bytes.ts';
import { decodeWith } from '../../runtime/codec/decode.ts';
import { Reader } from '../../runtime/codec/reader.ts';
import type { Crypto } from '../../runtime/crypto/crypto.ts';
import { failed, passed, type CaseResult } from './case-result.ts';
import { fieldsOf, isAdviceInverted, readFieldsOf } from './delivered.ts';
import { differenceOf } from './formats.ts';
import { payloadType, type PayloadType } from './payload-types.ts';
import { camelCase, isRecord, isSame, toOurs, type Json } from './values.ts';

type Fields = { readonly [name: string]: Json };

type Payload = {
  readonly id: string;
  readonly class: string;
  readonly module: string;
  readonly format_list: readonly unknown[];
};

type Case = Payload & {
  readonly fields: Fields;
  readonly hex: string;
  /** What unpacking gives, where it is not what was packed. */
  readonly decoded?: Fields;
  readonly note?: string;
};

type Read = { readonly ok: boolean; readonly end?: number | null; readonly decoded?: Fields };

type Truncation = Payload & {
  readonly hex: string;
  readonly prefixes: readonly (Read & { readonly length: number; readonly until?: number })[];
  readonly one_trailing_zero_byte: Read;
};

/** Checks the cases, and their truncations byte by byte. */
export function checkPayloads(
  file: { readonly cases: readonly Case[]; readonly truncations: readonly Truncation[] },
  crypto: Crypto,
): CaseResult[] {
  return [
    ...file.cases.flatMap((test) => withType(test, (type) => checkCase(test, type))),
    ...file.truncations.flatMap((test) => withType(test, (type) => checkCuts(test, type, crypto))),
  ];
}

function withType(
  test: Payload,
  check: (type: PayloadType) => readonly CaseResult[],
): readonly CaseResult[] {
  const type = payloadType(test.module, test.class);
  return type === undefined
    ? [failed(test.id, `nothing is generated for ${test.module}.${test.class}`)]
    : check(type);
}

function checkCase(test: Case, type: PayloadType): readonly CaseResult[] {
  const bytes = fromHex(test.hex);
  const fields = test.decoded ?? test.fields;
  return [
    checkPacked(test, type),
    ...[false, true].map((compat) => {
      const id = `${test.id}-${compat ? 'compat' : 'strict'}`;
      const decoded = decode(type, bytes, { compat });
      if (!decoded.ok) return failed(id, decoded.error.message);
      if (!isRead(fields, decoded.value, { test, type })) return failed(id, 'another value');
      return passed(id, isAdviceInverted(test) ? 'advice-bit' : undefined);
    }),
  ];
}

/** What the reference packs with loss is refused. */
function checkPacked(test: Case, type: PayloadType): CaseResult {
  const id = `${test.id}-packed`;
  const isLossy = test.note?.startsWith('identifier is reduced') === true;
  try {
    const packed = toHex(encode(type, build(test, type)));
    if (isLossy) return failed(id, `the lossy value is accepted as ${packed}`);
    return packed === test.hex ? passed(id) : failed(id, `encodes to ${packed}`);
  } catch (error) {
    if (!(error instanceof EncodeError)) throw error;
    if (isLossy) return passed(id, 'lossy-values-refused');
    const isLong = /: length \d+ is outside/.test(error.message);
    return isLong ? passed(id, 'stated-bounds') : failed(id, error.message);
  }
}

function build(test: Case, type: PayloadType): unknown {
  const formats = new Map(Object.keys(test.fields).map((name, at) => [name, test.format_list[at]]));
  const fields = fieldsOf([test], type);
  const init = Object.entries(isRecord(fields) ? fields : {}).map(([name, value]) => {
    // Digits are a number of 64 bits, other than in text. Fields that are named in another way
    // have neither.
    const isText = String(formats.get(name)).endsWith('utf8');
    const ours = toOurs(value, !isText);
    // A set here, a list there.
    return [camelCase(name), formats.get(name) === 'flags' ? new Set(ours as []) : ours] as const;
  });
  return new type(Object.fromEntries(init) as never);
}

function checkCuts(test: Truncation, type: PayloadType, crypto: Crypto): readonly CaseResult[] {
  const whole = fromHex(test.hex);
  const subject = { test, type, crypto };
  const cuts = test.prefixes.flatMap((read) => {
    const lengths = Array.from({ length: (read.until ?? read.length) - read.length + 1 });
    return lengths.map((_, at) => {
      const length = read.length + at;
      const id = `${test.id}@${length}`;
      return checkRead(id, subject, { ...read, bytes: whole.subarray(0, length) });
    });
  });
  const longer = { ...test.one_trailing_zero_byte, bytes: Uint8Array.from([...whole, 0]) };
  return [...cuts, checkRead(`${test.id}+1`, subject, longer)];
}

type Subject = { readonly test: Payload; readonly type: PayloadType; readonly crypto: Crypto };

/** Compat gives what is recorded; strict the same, or a refusal with a named reason. */
function checkRead(
  id: string,
  subject: Subject,
  read: Read & { readonly bytes: Uint8Array },
): CaseResult {
  const { test, type, crypto } = subject;
  const { bytes, ok, decoded = {}, end } = read;
  const reader = new Reader(bytes, { compat: true });
  const compat = decodeWith(type, reader);
  const strict = decode(type, bytes);
  if (!ok) {
    if (!compat.ok && !strict.ok) return passed(id);
    const isBadKey = compat.ok && !strict.ok && hasBadKey(compat.value, crypto);
    if (isBadKey) return passed(id, 'keys-are-read-by-the-overlay');
    return failed(id, 'accepts what the reference refuses');
  }
  if (!compat.ok) return failed(id, `compat: ${compat.error.message}`);
  if (!isRead(decoded, compat.value, subject)) return failed(id, 'compat: another value');
  if (reader.offset !== Math.min(end ?? 0, bytes.length)) {
    return failed(id, `compat: ends at ${reader.offset}`);
  }
  if (!strict.ok) {
    const difference = differenceOf(strict.error, true);
    return difference === undefined
      ? failed(id, `strict: ${strict.error.message}`)
      : passed(id, difference);
  }
  if (!isRead(decoded, strict.value, subject)) return failed(id, 'strict: another value');
  return passed(id, isAdviceInverted(test) ? 'advice-bit' : undefined);
}

/** True of what has a list of nodes whose last one has no key that the reference could load. */
function hasBadKey(message: unknown, crypto: Crypto): boolean {
  const { nodes } = message as { readonly nodes?: readonly { readonly publicKey: Uint8Array }[] };
  const last = nodes?.at(-1);
  return last !== undefined && !crypto.publicKey(last.publicKey, { compat: true }).ok;
}

function isRead(fields: Fields, ours: unknown, { test, type }: Omit<Subject, 'crypto'>): boolean {
  return isSame(readFieldsOf([{ class: test.class, fields }], type), ours);
}
