/**
 * A growing buffer that generated codecs write to, one method per field, in wire order.
 *
 * A value that does not fit its field is an `EncodeError`, never a shortened or padded field: where
 * py-ipv8 packs with loss (short byte strings padded, long ones cut, floats rounded), this refuses.
 */
import type { Address } from '../address/address.ts';
import { ipv4Number, parseIpv6 } from '../address/ip.ts';
import { sharedBits } from '../address/shared-ipv4.ts';
import { printThrown } from '../base/print-thrown.ts';
import { ADDRESS_TAG } from './address-tag.ts';
import { EncodeError } from './codec-error.ts';
import { FieldPath } from './field-path.ts';

type Encodable<T> = { encode(value: T, out: Writer): void };

const TEXT = new TextEncoder();

/** No message comes near it; a runaway `bytes<u32>` meets it before the machine's memory. */
const SIZE_BYTES_MAX = 16 * 1024 * 1024;

export class Writer {
  readonly path = new FieldPath();
  #bytes = new Uint8Array(256);
  #view = new DataView(this.#bytes.buffer);
  #at = 0;

  /** Bytes written so far. */
  get length(): number {
    return this.#at;
  }

  /** What was written so far, as a view that the next write may change. */
  get written(): Uint8Array {
    return this.#bytes.subarray(0, this.#at);
  }

  /** Begins anew in the same memory. Not after an error: the path to it would stay. */
  clear(): void {
    this.#at = 0;
  }

  /** What was written, as memory of its own. */
  finish(): Uint8Array {
    return this.#bytes.slice(0, this.#at);
  }

  bool(value: boolean, field: string): void {
    if (typeof value !== 'boolean') this.#fail(field, `expected a boolean, got ${String(value)}`);
    const at = this.#grow(1, field);
    this.#bytes[at] = value ? 1 : 0;
  }

  /** 1 or 0 for a flag among bits: what is put together before it is written. */
  flag(value: boolean, field: string): number {
    if (typeof value !== 'boolean') this.#fail(field, `expected a boolean, got ${String(value)}`);
    return value ? 1 : 0;
  }

  u8(value: number, field: string): void {
    if (typeof value !== 'number' || value !== (value & 0xff)) {
      this.#outOfRange(value, 0, 0xff, field);
    }
    const at = this.#grow(1, field);
    this.#bytes[at] = value;
  }

  u16(value: number, field: string): void {
    if (typeof value !== 'number' || value !== (value & 0xffff)) {
      this.#outOfRange(value, 0, 0xffff, field);
    }
    const at = this.#grow(2, field);
    this.#bytes[at] = value >> 8;
    this.#bytes[at + 1] = value;
  }

  u32(value: number, field: string): void {
    if (typeof value !== 'number' || value !== value >>> 0) {
      this.#outOfRange(value, 0, 0xffffffff, field);
    }
    const at = this.#grow(4, field);
    this.#view.setUint32(at, value);
  }

  u64(value: bigint, field: string): void {
    if (typeof value !== 'bigint' || BigInt.asUintN(64, value) !== value) {
      this.#outOfRange(value, 0n, 0xffffffffffffffffn, field);
    }
    const at = this.#grow(8, field);
    this.#view.setBigUint64(at, value);
  }

  i8(value: number, field: string): void {
    if (typeof value !== 'number' || value !== (value << 24) >> 24) {
      this.#outOfRange(value, -0x80, 0x7f, field);
    }
    const at = this.#grow(1, field);
    this.#bytes[at] = value;
  }

  i16(value: number, field: string): void {
    if (typeof value !== 'number' || value !== (value << 16) >> 16) {
      this.#outOfRange(value, -0x8000, 0x7fff, field);
    }
    const at = this.#grow(2, field);
    this.#view.setInt16(at, value);
  }

  i32(value: number, field: string): void {
    if (typeof value !== 'number' || value !== (value | 0)) {
      this.#outOfRange(value, -0x80000000, 0x7fffffff, field);
    }
    const at = this.#grow(4, field);
    this.#view.setInt32(at, value);
  }

  i64(value: bigint, field: string): void {
    if (typeof value !== 'bigint' || BigInt.asIntN(64, value) !== value) {
      this.#outOfRange(value, -0x8000000000000000n, 0x7fffffffffffffffn, field);
    }
    const at = this.#grow(8, field);
    this.#view.setBigInt64(at, value);
  }

  f32(value: number, field: string): void {
    if (typeof value !== 'number') this.#fail(field, `expected a number, got ${String(value)}`);
    if (!Object.is(Math.fround(value), value)) {
      this.#fail(field, `${value} is not a 32-bit float; round it with Math.fround first`);
    }
    const at = this.#grow(4, field);
    this.#view.setFloat32(at, value);
  }

  f64(value: number, field: string): void {
    if (typeof value !== 'number') this.#fail(field, `expected a number, got ${String(value)}`);
    const at = this.#grow(8, field);
    this.#view.setFloat64(at, value);
  }

  /** A set of bits as one number, each given by its value. */
  flags8(value: ReadonlySet<number>, field: string): void {
    this.u8(this.#sumOfBits(value, 8, field), field);
  }

  flags16(value: ReadonlySet<number>, field: string): void {
    this.u16(this.#sumOfBits(value, 16, field), field);
  }

  flags32(value: ReadonlySet<number>, field: string): void {
    this.u32(this.#sumOfBits(value, 32, field), field);
  }

  /** Exactly `size` bytes. */
  fixed(value: Uint8Array, size: number, field: string): void {
    this.#checkBytes(value, field);
    if (value.length !== size) this.#fail(field, `expected ${size} bytes, got ${value.length}`);
    this.rest(value, field);
  }

  bytes8(value: Uint8Array, field: string, min: number, max: number): void {
    this.#checkBytes(value, field);
    this.count8(value.length, field, min, max);
    this.rest(value, field);
  }

  bytes16(value: Uint8Array, field: string, min: number, max: number): void {
    this.#checkBytes(value, field);
    this.count16(value.length, field, min, max);
    this.rest(value, field);
  }

  bytes32(value: Uint8Array, field: string, min: number, max: number): void {
    this.#checkBytes(value, field);
    this.count32(value.length, field, min, max);
    this.rest(value, field);
  }

  string8(value: string, field: string, min: number, max: number): void {
    this.bytes8(this.#utf8(value, field), field, min, max);
  }

  string16(value: string, field: string, min: number, max: number): void {
    this.bytes16(this.#utf8(value, field), field, min, max);
  }

  string32(value: string, field: string, min: number, max: number): void {
    this.bytes32(this.#utf8(value, field), field, min, max);
  }

  /**
   * The number of list elements that follow, or the length of bytes, within the schema's bounds.
   */
  count8(count: number, field: string, min: number, max: number): void {
    this.#checkBounds(count, field, min, max);
    this.u8(count, field);
  }

  count16(count: number, field: string, min: number, max: number): void {
    this.#checkBounds(count, field, min, max);
    this.u16(count, field);
  }

  count32(count: number, field: string, min: number, max: number): void {
    this.#checkBounds(count, field, min, max);
    this.u32(count, field);
  }

  /**
   * `array<i64>`: count and elements little-endian, as py-ipv8 writes them on every common host.
   */
  arrayI64(values: readonly bigint[], field: string, min: number, max: number): void {
    this.#arrayCount(values.length, field, min, max);
    for (const value of values) {
      if (typeof value !== 'bigint' || BigInt.asIntN(64, value) !== value) {
        this.#outOfRange(value, -0x8000000000000000n, 0x7fffffffffffffffn, field);
      }
      const at = this.#grow(8, field);
      this.#view.setBigInt64(at, value, true);
    }
  }

  arrayF64(values: readonly number[], field: string, min: number, max: number): void {
    this.#arrayCount(values.length, field, min, max);
    for (const value of values) {
      if (typeof value !== 'number') this.#fail(field, `expected numbers, got ${String(value)}`);
      const at = this.#grow(8, field);
      this.#view.setFloat64(at, value, true);
    }
  }

  arrayBool(values: readonly boolean[], field: string, min: number, max: number): void {
    this.#arrayCount(values.length, field, min, max);
    for (const value of values) this.bool(value, field);
  }

  ipv4(value: Address, field: string): void {
    if (value.kind !== 'ipv4') this.#fail(field, `expected an IPv4 address, got "${value.host}"`);
    const host = sharedBits(value) ?? ipv4Number(this.#host(value, field));
    if (host === undefined) return this.#fail(field, `"${value.host}" is not an IPv4 address`);
    this.u32(host >>> 0, field);
    this.u16(value.port, field);
  }

  ip(value: Address, field: string): void {
    if (value.kind === 'domain') this.#fail(field, `expected an IP address, got "${value.host}"`);
    this.address(value, field);
  }

  address(value: Address, field: string): void {
    this.u8(ADDRESS_TAG[value.kind], field);
    if (value.kind === 'ipv4') return this.ipv4(value, field);
    if (value.kind === 'domain') {
      this.string16(value.host, field, 0, 0xffff);
    } else {
      const bytes = parseIpv6(this.#host(value, field));
      if (bytes === undefined) return this.#fail(field, `"${value.host}" is not an IPv6 address`);
      this.rest(bytes, field);
    }
    this.u16(value.port, field);
  }

  /** The bytes as they are, without a length. */
  rest(value: Uint8Array, field: string): void {
    this.#checkBytes(value, field);
    const at = this.#grow(value.length, field);
    this.#bytes.set(value, at);
  }

  /** A struct or union that stands in this one without a length. */
  nested<T>(type: Encodable<T>, value: T, field: string): void {
    this.path.enter(field);
    type.encode(value, this);
    this.path.leave();
  }

  /** A struct or union behind its 16-bit length. */
  framed<T>(type: Encodable<T>, value: T, field: string): void {
    const start = this.enter16(field);
    this.nested(type, value, field);
    this.leave16(start, field);
  }

  /** What the author's codec puts on the wire for the value. */
  codec<C, V>(codec: { encode(value: V): C }, value: V, field: string): C {
    try {
      return codec.encode(value);
    } catch (error) {
      return this.#fail(field, printThrown(error));
    }
  }

  /** Leaves room for a 16-bit length; gives the place for `leave16`. */
  enter16(field: string): number {
    return this.#grow(2, field) + 2;
  }

  /** Fills in the length of what was written since `enter16`. */
  leave16(start: number, field: string): void {
    const length = this.#at - start;
    if (length > 0xffff) this.#fail(field, `takes ${length} bytes, its frame holds 65535`);
    this.#view.setUint16(start - 2, length);
  }

  /** Checks a whole number against the schema's range and gives it back. */
  range<T extends number | bigint>(value: T, min: T, max: T, field: string): T {
    const isWhole = typeof value === 'bigint' || Number.isInteger(value);
    if (!isWhole || value < min || value > max) this.#outOfRange(value, min, max, field);
    return value;
  }

  /** A value of a union that is none of its variants: only callers without types have one. */
  unknownVariant(value: { readonly kind: unknown }, field: string): never {
    return this.#fail(field, `${String(value.kind)} is the kind of no variant`);
  }

  /** Callers without types may hand over anything. */
  #host(value: Address, field: string): string {
    if (typeof value.host !== 'string') this.#fail(field, 'expected an address with a host');
    return value.host;
  }

  #checkBytes(value: Uint8Array, field: string): void {
    if (!(value instanceof Uint8Array)) this.#fail(field, 'expected a Uint8Array');
  }

  #sumOfBits(value: ReadonlySet<number>, bits: number, field: string): number {
    if (!(value instanceof Set)) this.#fail(field, 'expected a set of flags');
    let sum = 0;
    for (const flag of value) {
      const isNumber = Number.isInteger(flag) && flag > 0 && flag < 2 ** bits;
      if (!isNumber || (flag & (flag - 1)) !== 0) {
        this.#fail(field, `${String(flag)} is not one of ${bits} bits`);
      }
      sum += flag;
    }
    return sum;
  }

  #utf8(value: string, field: string): Uint8Array {
    if (typeof value !== 'string') this.#fail(field, `expected a string, got ${String(value)}`);
    if (!value.isWellFormed()) this.#fail(field, 'has half a surrogate pair, which is not Unicode');
    return TEXT.encode(value);
  }

  #arrayCount(count: number, field: string, min: number, max: number): void {
    this.#checkBounds(count, field, min, max);
    if (count > 0xffff) this.#outOfRange(count, 0, 0xffff, field);
    const at = this.#grow(2, field);
    this.#view.setUint16(at, count, true);
  }

  #checkBounds(count: number, field: string, min: number, max: number): void {
    if (count < min || count > max) this.#fail(field, `length ${count} is outside ${min}..${max}`);
  }

  /** Makes room and gives its offset. */
  #grow(size: number, field: string): number {
    const at = this.#at;
    if (at + size > this.#bytes.length) this.#enlarge(at + size, field);
    this.#at = at + size;
    return at;
  }

  #enlarge(size: number, field: string): void {
    if (size > SIZE_BYTES_MAX)
      this.#fail(field, `makes the message larger than ${SIZE_BYTES_MAX} bytes`);
    const bytes = new Uint8Array(Math.max(size, this.#bytes.length * 2));
    bytes.set(this.#bytes);
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer);
  }

  #outOfRange(
    value: number | bigint,
    min: number | bigint,
    max: number | bigint,
    field: string,
  ): never {
    return this.#fail(field, `${String(value)} is not a whole number in ${min}..${max}`);
  }

  #fail(field: string, detail: string): never {
    throw new EncodeError(this.path.to(field), detail);
  }
}
