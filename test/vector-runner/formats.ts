/** formats.json: every format of py-ipv8's serializer, by itself, through generated codecs. */
import { decode, encode } from '../../runtime/codegen.ts';
import { toHex, fromHex } from '../../runtime/base/bytes.ts';
import { type DecodeError, EncodeError } from '../../runtime/codec/codec-error.ts';
import { decodeWith } from '../../runtime/codec/decode.ts';
import { Reader } from '../../runtime/codec/reader.ts';
import type { StructType } from '../../runtime/protocol/protocol.ts';
import * as generated from '../generated/formats.ts';
import { failed, passed, skipped, type CaseResult } from './case-result.ts';
import type { Difference } from './differences.ts';
import { addressOf, isRecord, isSame, toOurs, type Json } from './values.ts';

type Case = {
  readonly id: string;
  readonly format: string;
  readonly kind: 'roundtrip' | 'pack_lossy' | 'unpack_only' | 'pack_error' | 'unpack_error';
  readonly value?: Json;
  readonly python?: string;
  readonly hex?: string;
  readonly unpacked?: Json;
  readonly offset?: number;
  readonly end?: number;
  readonly payload_class?: string;
  readonly note?: string;
};

/** A class with one `value`, or with `v0`, `v1`, … for formats of several values. */
type Format = {
  readonly type: StructType<unknown>;
  make(init: unknown): unknown;
  read(message: unknown): unknown;
};

type GeneratedClass = StructType<unknown> & { new (init: never): object };

const SINGLE: { readonly [format: string]: GeneratedClass } = {
  '?': generated.FormatBool,
  B: generated.FormatU8,
  H: generated.FormatU16,
  I: generated.FormatU32,
  l: generated.FormatI32,
  q: generated.FormatI64,
  Q: generated.FormatU64,
  f: generated.FormatF32,
  d: generated.FormatF64,
  c: generated.FormatBytes1,
  '20s': generated.FormatBytes20,
  '32s': generated.FormatBytes32,
  '64s': generated.FormatBytes64,
  '74s': generated.FormatBytes74,
  ipv4: generated.FormatIpv4,
  ip_address: generated.FormatIp,
  address: generated.FormatAnyAddress,
  raw: generated.FormatRest,
  varlenH: generated.FormatBytes16,
  doublevarlenH: generated.FormatBytes16,
  varlenHutf8: generated.FormatString16,
  varlenIutf8: generated.FormatString32,
  'varlenH-list': generated.FormatListBytes,
  varlenI: generated.FormatBytesU32,
  'arrayH-?': generated.FormatArrayBool,
  'arrayH-q': generated.FormatArrayI64,
  'arrayH-d': generated.FormatArrayF64,
  'node-list': generated.FormatNodeList,
  json: generated.FormatJson,
};

const SEVERAL: { readonly [format: string]: GeneratedClass } = {
  BBH: generated.FormatBbh,
  BH: generated.FormatBh,
  HH: generated.FormatHh,
  LL: generated.FormatLl,
  QH: generated.FormatQh,
  QL: generated.FormatQl,
  QQHHBH: generated.FormatQqhhbh,
  ccB: generated.FormatCcb,
  '4SH': generated.FormatSh,
  c20s: generated.FormatC20s,
};

/** Formats whose records the reference keeps as one run of bytes. */
const RECORDS: {
  readonly [format: string]: { readonly type: GeneratedClass; readonly size: number };
} = {
  varlenBx2: { type: generated.FormatList2, size: 2 },
  varlenHx20: { type: generated.FormatList20, size: 20 },
};

const NESTED: {
  readonly [name: string]: {
    readonly item: GeneratedClass;
    readonly framed: GeneratedClass;
    readonly list: GeneratedClass;
  };
} = {
  A: { item: generated.PairA, framed: generated.FramedPairA, list: generated.ListOfPairA },
  B: {
    item: generated.HoldsPair,
    framed: generated.FramedHoldsPair,
    list: generated.ListOfHoldsPair,
  },
  Byte: { item: generated.Byte, framed: generated.FramedByte, list: generated.ListOfByte },
  E: { item: generated.PairsOfA, framed: generated.FramedPairsOfA, list: generated.ListOfPairsOfA },
  Nested: { item: generated.Nested, framed: generated.FramedNested, list: generated.ListOfNested },
  NativeInt: {
    item: generated.NativeInt,
    framed: generated.FramedNativeInt,
    list: generated.ListOfNativeInt,
  },
  NestedWithRaw: {
    item: generated.NestedWithRaw,
    framed: generated.FramedNestedWithRaw,
    list: generated.ListOfNestedWithRaw,
  },
  Raw: { item: generated.Raw, framed: generated.FramedRaw, list: generated.ListOfRaw },
};

/** Python values that JavaScript cannot tell from others. */
const INEXPRESSIBLE: readonly (readonly [python: RegExp, reason: string])[] = [
  [/, 80\.0\)/, 'JavaScript has no float 80.0 beside the whole number 80'],
  [/^\(1, 0, 0, 0, 0, 0, 0, 0, 1\)$/, 'an object of eight flags has no ninth'],
];

export function checkFormats(file: { readonly cases: readonly Case[] }): CaseResult[] {
  return file.cases.map(checkCase);
}

function checkCase(test: Case): CaseResult {
  const inexpressible = INEXPRESSIBLE.find(([pattern]) => pattern.test(test.python ?? ''));
  if (inexpressible !== undefined) return skipped(test.id, inexpressible[1]);
  if (test.note?.startsWith('one tuple instead of separate values') === true) {
    return skipped(test.id, 'a matter of calling the Python serializer');
  }
  const format = formatOf(test);
  if (format === undefined) return failed(test.id, `no codec for format ${test.format}`);
  switch (test.kind) {
    case 'roundtrip':
      return checkRoundTrip(test, format);
    case 'pack_lossy':
      return checkLossy(test, format);
    case 'pack_error':
      return checkRefusedPack(test, format);
    case 'unpack_only':
      return checkUnpack(test, format, test.value ?? null);
    case 'unpack_error':
      return checkRefusedUnpack(test, format);
  }
}

function formatOf(test: Case): Format | undefined {
  const isList = test.format === 'payload-list';
  if (isList || test.format === 'payload') {
    const nested = NESTED[test.payload_class ?? ''];
    if (nested === undefined) return undefined;
    return single(isList ? nested.list : nested.framed);
  }
  const records = RECORDS[test.format];
  if (records !== undefined) return recordFormat(records.type, records.size);
  if (test.format === 'bits') return bitsFormat(generated.FormatBits);
  if (test.format === 'flags') return flagsFormat(generated.FormatFlags);
  const type = SINGLE[test.format];
  if (type !== undefined) return single(type);
  const several = SEVERAL[test.format];
  return several === undefined ? undefined : severalFormat(several);
}

function single(type: GeneratedClass): Format {
  return {
    type,
    make: (value) => construct(type, { value }),
    read: (message) => valueOf(message),
  };
}

function severalFormat(type: GeneratedClass): Format {
  return {
    type,
    make: (values) =>
      construct(
        type,
        Object.fromEntries(
          (Array.isArray(values) ? values : [values]).map((v, at) => [`v${at}`, v]),
        ),
      ),
    read: (message) => Object.values(message as object),
  };
}

function bitsFormat(type: GeneratedClass): Format {
  return {
    type,
    make: (values) => {
      const flags = (values as unknown[]).map((v, at) => [
        `b${at}`,
        v === 0 || v === 1 ? v === 1 : v,
      ]);
      return construct(type, { value: Object.fromEntries(flags) });
    },
    read: (message) =>
      Object.values(valueOf(message) as object).map((flag) => (flag === true ? 1 : 0)),
  };
}

/** The reference has a list of powers of two where we have a set. */
function flagsFormat(type: GeneratedClass): Format {
  return {
    type,
    make: (value) => construct(type, { value: new Set(value as unknown[]) }),
    read: (message) => [...(valueOf(message) as ReadonlySet<number>)],
  };
}

function recordFormat(type: GeneratedClass, size: number): Format {
  return {
    type,
    make: (value) => {
      if (!(value instanceof Uint8Array)) return construct(type, { value: [value] });
      const records: Uint8Array[] = [];
      for (let at = 0; at < value.length; at += size) records.push(value.slice(at, at + size));
      return construct(type, { value: records });
    },
    read: (message) => valueOf(message),
  };
}

function construct(type: GeneratedClass, init: object): unknown {
  return new type(init as never);
}

function valueOf(message: unknown): unknown {
  return (message as { readonly value: unknown }).value;
}

/** What the file's value is to our encoder; Python tells text '1' from the number by its repr. */
function inputOf(test: Case): unknown {
  const isText = test.python?.startsWith("('") === true;
  const isWide = /[qQ]/.test(test.format) || test.payload_class === 'NativeInt';
  const json = test.value ?? null;
  const isPair = /^(ipv4|ip_address|address)$/.test(test.format) && Array.isArray(json);
  return isPair ? addressOf(json[0], json[1]) : toOurs(json, isWide && !isText);
}

function checkRoundTrip(test: Case, format: Format): CaseResult {
  const bytes = tryEncode(format, inputOf(test));
  if (bytes === undefined) return failed(test.id, 'our encoder refuses the value');
  if (toHex(bytes) !== test.hex) return failed(test.id, `encodes to ${toHex(bytes)}`);
  for (const compat of [false, true]) {
    const decoded = decode(format.type, bytes, { compat });
    if (!decoded.ok) return failed(test.id, decoded.error.message);
    if (!isSame(test.value, format.read(decoded.value)))
      return failed(test.id, 'decodes to another value');
  }
  return passed(test.id);
}

/**
 * What the reference packs with loss is refused here, unless only the text of an address changes, or
 * the order of flags, which a set does not have.
 */
function checkLossy(test: Case, format: Format): CaseResult {
  const bytes = tryEncode(format, inputOf(test));
  if (bytes !== undefined) {
    const isKept = /^(text is normalized|decode sorts)/.test(test.note ?? '');
    if (!isKept || toHex(bytes) !== test.hex)
      return failed(test.id, `the lossy value is accepted as ${toHex(bytes)}`);
  }
  if (test.unpacked === undefined) return checkRefusedUnpack(test, format);
  const unpacked = checkUnpack(test, format, test.unpacked);
  if (unpacked.status !== 'passed' || bytes !== undefined) return unpacked;
  return passed(test.id, 'lossy-values-refused');
}

function checkRefusedPack(test: Case, format: Format): CaseResult {
  const bytes = tryEncode(format, inputOf(test));
  return bytes === undefined ? passed(test.id) : failed(test.id, `accepted as ${toHex(bytes)}`);
}

/** Compat gives the recorded value and end; strict the same or a refusal with a named reason. */
function checkUnpack(test: Case, format: Format, expected: Json): CaseResult {
  const bytes = fromHex(test.hex ?? '').subarray(test.offset ?? 0);
  const reader = new Reader(bytes, { compat: true });
  const compat = decodeWith(format.type, reader, { tolerateTrailing: true });
  if (!compat.ok) return failed(test.id, `compat: ${compat.error.message}`);
  if (!isSame(expected, format.read(compat.value))) return failed(test.id, 'compat: another value');
  const isSize = test.note?.includes('the returned offset is the size') === true;
  const end = (test.end ?? 0) - (isSize ? 0 : (test.offset ?? 0));
  if (reader.offset !== Math.min(end, bytes.length)) {
    return failed(test.id, `compat: ends at ${reader.offset}, not at ${end}`);
  }
  const strict = decode(format.type, bytes.subarray(0, end));
  if (strict.ok) {
    if (end > bytes.length) return failed(test.id, 'strict accepts a short field');
    const isEqual = isSame(expected, format.read(strict.value));
    if (!isEqual) return failed(test.id, 'strict: another value');
    return passed(test.id, isSize ? 'offset-behind-flags' : undefined);
  }
  const difference = differenceOf(strict.error, end > bytes.length);
  if (difference === undefined) return failed(test.id, `strict: ${strict.error.message}`);
  return passed(test.id, difference);
}

/** The named row that explains why strict decoding refuses what the reference reads. */
export function differenceOf(error: DecodeError, isShort: boolean): Difference | undefined {
  switch (error.reason) {
    case 'too-short':
      return isShort ? 'short-last-field' : undefined;
    case 'bad-bool':
      return 'bool-other-than-0-and-1';
    case 'trailing-bytes':
      return error.field === 'end' ? undefined : 'surplus-bytes-in-a-frame';
    case 'bad-text':
    case 'bad-address':
    case 'bad-constant':
    case 'bad-value':
    case 'unknown-variant':
      return undefined;
    case 'out-of-bounds':
      return 'stated-bounds';
  }
}

function checkRefusedUnpack(test: Case, format: Format): CaseResult {
  const bytes = fromHex(test.hex ?? '').subarray(test.offset ?? 0);
  for (const compat of [true, false]) {
    const decoded = decode(format.type, bytes, { compat, tolerateTrailing: true });
    if (!decoded.ok) continue;
    const isKey = test.format === 'node-list' && isBadKey(format.read(decoded.value));
    if (!isKey) return failed(test.id, `${compat ? 'compat' : 'strict'} accepts it`);
    return passed(test.id, 'keys-are-read-by-the-overlay');
  }
  return passed(test.id);
}

function isBadKey(nodes: unknown): boolean {
  const [node] = Array.isArray(nodes) ? nodes : [];
  return isRecord(node as Json) && (node as { publicKey: Uint8Array }).publicKey.length < 74;
}

/** The bytes, or undefined when the encoder refuses. Anything but a refusal is our own fault and escapes. */
function tryEncode(format: Format, value: unknown): Uint8Array | undefined {
  try {
    return encode(format.type, format.make(value));
  } catch (error) {
    if (error instanceof EncodeError) return undefined;
    throw error;
  }
}
