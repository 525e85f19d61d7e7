/** Numbers, bytes, texts and addresses by chance. */
import { printIpv4, printIpv6 } from '../../runtime/address/ip.ts';
import { createAddress } from '../../runtime/address/text.ts';
import { toHex } from '../../runtime/base/bytes.ts';
import type { VectorValue } from '../ir/model.ts';
import type { IntegerType } from '../ir/wire-type.ts';
import type { Chance } from './chance.ts';

/** Every other number is at an edge: of its range, of its type, or of what a double says exactly. */
export function drawInteger({ bits, isSigned, range }: IntegerType, chance: Chance): VectorValue {
  const min = range?.min ?? (isSigned ? -(1n << BigInt(bits - 1)) : 0n);
  const max = range?.max ?? (1n << BigInt(isSigned ? bits - 1 : bits)) - 1n;
  const inside = EDGES.filter((one) => one >= min && one <= max);
  const edges = [min, max, min + 1n, max - 1n, ...inside];
  const edge = chance.pick(edges);
  const isEdge = chance.oneIn(2) && edge >= min && edge <= max;
  const value = isEdge ? edge : min + (whole64(chance) % (max - min + 1n));
  return bits === 64 ? value : Number(value);
}

const EDGES = [
  0n,
  1n,
  -1n,
  127n,
  128n,
  255n,
  256n,
  0x7fffn,
  0x8000n,
  0x7fff_ffffn,
  0x8000_0000n,
  (1n << 53n) - 1n,
  1n << 53n,
  (1n << 53n) + 1n,
] as const;

function whole64(chance: Chance): bigint {
  return (BigInt(chance.below(2 ** 32)) << 32n) | BigInt(chance.below(2 ** 32));
}

/** A number that `f32` or `f64` says exactly. */
export function drawFloat(bits: 32 | 64, chance: Chance): number {
  const view = new DataView(new ArrayBuffer(8));
  if (chance.oneIn(2)) return chance.pick(bits === 32 ? EDGES_F32 : EDGES_F64);
  view.setBigUint64(0, whole64(chance));
  const number = bits === 32 ? view.getFloat32(0) : view.getFloat64(0);
  // Not-a-number has many forms, of which programs keep one or another.
  return Number.isNaN(number) ? NaN : number;
}

const EDGES_F32 = [
  0,
  -0,
  1,
  -1,
  0.5,
  Math.fround(1 / 3),
  2 ** -149,
  -(2 ** -149),
  2 ** -126,
  (2 - 2 ** -23) * 2 ** 127,
  Infinity,
  -Infinity,
  NaN,
] as const;

const EDGES_F64 = [
  0,
  -0,
  1,
  -1,
  0.1,
  1 / 3,
  2 ** 53 + 2,
  Number.MIN_VALUE,
  -Number.MIN_VALUE,
  2 ** -1022,
  Number.MAX_VALUE,
  Infinity,
  -Infinity,
  NaN,
] as const;

export function drawBytes(size: number, chance: Chance): VectorValue {
  const fill = chance.below(8);
  if (fill === 0) return { kind: 'bytes', hex: '00'.repeat(size) };
  if (fill === 1) return { kind: 'bytes', hex: 'ff'.repeat(size) };
  return { kind: 'bytes', hex: toHex(chance.bytes(size)) };
}

/** Ends of what UTF-8 says in one, two, three and four bytes, and what programs trip over. */
const CHARACTERS = [
  ['a', 'Z', '0', ' ', '"', '\\', '\n', '\r', '\0', '\u007f'],
  ['\u0080', '\u00e9', '\u0301', '\u07ff'],
  ['\u0800', '\ud7ff', '\ue000', '\ufeff', '\ufffd', '\uffff', '\u2028', '\u6f22'],
  ['\u{10000}', '\u{1f600}', '\u{10ffff}'],
] as const;

/** Text of exactly `size` bytes in UTF-8. */
export function drawText(size: number, chance: Chance): string {
  let text = '';
  const isPlain = chance.oneIn(2);
  for (let left = size; left > 0;) {
    const width = isPlain ? 1 : 1 + chance.below(Math.min(left, CHARACTERS.length));
    text += chance.oneIn(2)
      ? chance.pick(CHARACTERS[width - 1] ?? CHARACTERS[0])
      : characterOf(width, chance);
    left -= width;
  }
  return text;
}

/** The smallest code point that takes so many bytes, and the one behind the largest. */
const RANGES = [
  [0, 0x80],
  [0x80, 0x800],
  [0x800, 0x1_0000],
  [0x1_0000, 0x11_0000],
] as const;

function characterOf(width: number, chance: Chance): string {
  const [from, to] = RANGES[width - 1] ?? RANGES[0];
  const code = from + chance.below(to - from);
  // Halves of surrogate pairs are no characters.
  return String.fromCodePoint(code >= 0xd800 && code < 0xe000 ? code - 0x1000 : code);
}

const PORTS = [0, 1, 8090, 0xfffe, 0xffff] as const;
const IPV4_HOSTS = ['0.0.0.0', '127.0.0.1', '255.255.255.255', '192.168.0.1'] as const;
const IPV6_HOSTS = ['::', '::1', 'fe80::1', '::ffff:1.2.3.4', '1:0:2:0:0:3:0:0'] as const;
const NAMES = [
  '',
  'a',
  'localhost',
  'example.org',
  'xn--bcher-kva.example',
  '日本.example',
] as const;
const NAME_BYTES = 40;

export function drawAddress(form: 'ipv4' | 'ip' | 'address', chance: Chance): VectorValue {
  const port = chance.oneIn(2) ? chance.pick(PORTS) : chance.below(0x1_0000);
  const families = { ipv4: 1, ip: 2, address: 3 } as const;
  const host = [ipv4, ipv6, name][chance.below(families[form])] ?? ipv4;
  return { kind: 'address', host: createAddress(host(chance), port).host, port };
}

function ipv4(chance: Chance): string {
  return chance.oneIn(4) ? chance.pick(IPV4_HOSTS) : printIpv4(chance.bytes(4), 0);
}

function ipv6(chance: Chance): string {
  if (chance.oneIn(4)) return chance.pick(IPV6_HOSTS);
  const bytes = chance.bytes(16);
  // Runs of zeros are what is written in more than one way.
  return printIpv6(
    bytes.map((byte, at) => (chance.oneIn(2) && at % 2 === 1 ? 0 : byte)),
    0,
  );
}

function name(chance: Chance): string {
  const text = chance.oneIn(2) ? chance.pick(NAMES) : drawText(chance.below(NAME_BYTES), chance);
  // What is an IP address would be written as one.
  return createAddress(text, 0).kind === 'domain' ? text : 'example.org';
}
