/**
 * A bounds-checked cursor over received bytes: one method per field, in wire order.
 *
 * Integers are big-endian (arrays little-endian). Every method takes the field's name for its error
 * and throws `DecodeError`; `decode.ts` is the only catch. Byte fields are copies, the longer ones of
 * a message in one: it never pins the datagram it came in.
 *
 * A `compat` reader accepts in payload bytes what py-ipv8 accepts: a short last length-prefixed
 * field, surplus bytes in a frame, any non-zero bool, a short last record; it does not check
 * bounds, ranges and constants.
 * Source: py-ipv8 3.2 ipv8/messaging/serialization.py:161-332,350-366 (slices may be short).
 */
import type { Address } from '../address/address.ts';
import { printIpv6 } from '../address/ip.ts';
import { ipv4Address } from '../address/shared-ipv4.ts';
import { printThrown } from '../base/print-thrown.ts';
import { ADDRESS_TAG } from './address-tag.ts';
import { int32At, int64At, uint16At } from './big-endian.ts';
import { bitsOf } from './bits-of.ts';
import { DecodeError, type DecodeReason } from './codec-error.ts';
import { FieldPath } from './field-path.ts';
import { plainBytes, SharedCopy, SMALL_BYTES_MAX } from './owned-bytes.ts';

type Decodable<T> = { decode(input: Reader): T };

const TEXT = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export class Reader {
  readonly isCompat: boolean;
  readonly #bytes: Uint8Array;
  #path: FieldPath | undefined;
  #copy: SharedCopy | undefined;
  #at = 0;
  #end: number;

  constructor(bytes: Uint8Array, options: { readonly compat?: boolean } = {}) {
    this.#bytes = plainBytes(bytes);
    this.#end = bytes.length;
    this.isCompat = options.compat ?? false;
  }

  /** The way to where it stands; most messages have no lists or structs, and need none. */
  get path(): FieldPath {
    this.#path ??= new FieldPath();
    return this.#path;
  }

  /** Bytes read so far. */
  get offset(): number {
    return this.#at;
  }

  /** True while the frame, or the packet, has bytes left. Ends lists that run to the end. */
  more(): boolean {
    return this.#at < this.#end;
  }

  bool(field: string): boolean {
    const value = this.u8(field);
    if (value > 1 && !this.isCompat)
      this.#fail('bad-bool', field, 1, `expected 0 or 1, found ${value}`);
    return value !== 0;
  }

  u8(field: string): number {
    const at = this.#take(1, field);
    return this.#bytes[at] as number;
  }

  u16(field: string): number {
    return uint16At(this.#bytes, this.#take(2, field));
  }

  u32(field: string): number {
    return this.i32(field) >>> 0;
  }

  u64(field: string): bigint {
    return BigInt.asUintN(64, this.i64(field));
  }

  i8(field: string): number {
    return (this.u8(field) << 24) >> 24;
  }

  i16(field: string): number {
    return (this.u16(field) << 16) >> 16;
  }

  i32(field: string): number {
    return int32At(this.#bytes, this.#take(4, field));
  }

  i64(field: string): bigint {
    return int64At(this.#bytes, this.#take(8, field));
  }

  f32(field: string): number {
    return this.#view(this.#take(4, field), 4).getFloat32(0);
  }

  f64(field: string): number {
    return this.#view(this.#take(8, field), 8).getFloat64(0);
  }

  /** The bits that are set, each as its value; those without a name in the schema too. */
  flags8(field: string): ReadonlySet<number> {
    return bitsOf(this.u8(field));
  }

  flags16(field: string): ReadonlySet<number> {
    return bitsOf(this.u16(field));
  }

  flags32(field: string): ReadonlySet<number> {
    return bitsOf(this.u32(field));
  }

  /** Exactly `size` bytes, copied. */
  fixed(size: number, field: string): Uint8Array {
    const at = this.#take(size, field);
    return this.#owned(at, at + size);
  }

  /** Bytes behind an 8-bit length. `max` and `min` are the schema's bounds on the length. */
  bytes8(field: string, min: number, max: number): Uint8Array {
    return this.#counted(this.u8(field), field, min, max);
  }

  /** Bytes behind a 16-bit length. */
  bytes16(field: string, min: number, max: number): Uint8Array {
    return this.#counted(this.u16(field), field, min, max);
  }

  /** Bytes behind a 32-bit length. */
  bytes32(field: string, min: number, max: number): Uint8Array {
    return this.#counted(this.u32(field), field, min, max);
  }

  /** UTF-8 behind an 8-bit length in bytes. A byte order mark is kept. */
  string8(field: string, min: number, max: number): string {
    return this.#text(this.u8(field), field, min, max);
  }

  /** UTF-8 behind a 16-bit length in bytes. */
  string16(field: string, min: number, max: number): string {
    return this.#text(this.u16(field), field, min, max);
  }

  /** UTF-8 behind a 32-bit length in bytes. */
  string32(field: string, min: number, max: number): string {
    return this.#text(this.u32(field), field, min, max);
  }

  /** An 8-bit number of list elements that follow. */
  count8(field: string, min: number, max: number): number {
    return this.#bounded(this.u8(field), field, min, max, 1);
  }

  /** A 16-bit number of list elements that follow. */
  count16(field: string, min: number, max: number): number {
    return this.#bounded(this.u16(field), field, min, max, 2);
  }

  /** A 32-bit number of list elements that follow. */
  count32(field: string, min: number, max: number): number {
    return this.#bounded(this.u32(field), field, min, max, 4);
  }

  /** `array<i64>`: a 16-bit count and elements, little-endian as py-ipv8 writes them. */
  arrayI64(field: string, min: number, max: number): bigint[] {
    const view = this.#array(8, field, min, max);
    return Array.from({ length: view.byteLength / 8 }, (_, at) => view.getBigInt64(8 * at, true));
  }

  /** `array<f64>`, little-endian. */
  arrayF64(field: string, min: number, max: number): number[] {
    const view = this.#array(8, field, min, max);
    return Array.from({ length: view.byteLength / 8 }, (_, at) => view.getFloat64(8 * at, true));
  }

  /** `array<bool>`: a little-endian 16-bit count and one byte each. */
  arrayBool(field: string, min: number, max: number): boolean[] {
    const view = this.#array(1, field, min, max);
    const values = Array.from({ length: view.byteLength }, (_, at) => view.getUint8(at));
    const bad = values.findIndex((value) => value > 1);
    if (bad !== -1 && !this.isCompat) {
      this.#fail('bad-bool', field, values.length - bad, `expected 0 or 1, found ${values[bad]}`);
    }
    return values.map((value) => value !== 0);
  }

  /** Four bytes and a port: 6 bytes. */
  ipv4(field: string): Address {
    const at = this.#take(6, field);
    return ipv4Address(int32At(this.#bytes, at), uint16At(this.#bytes, at + 4));
  }

  /** A tag byte, then an IPv4 (6 bytes) or IPv6 (18 bytes) address. */
  ip(field: string): Address {
    return this.#tagged(field) ?? this.#badTag(field, 'IP address');
  }

  /** As `ip`, or a name: tag, 16-bit length, UTF-8, port. */
  address(field: string): Address {
    const address = this.#tagged(field);
    if (address !== undefined) return address;
    if (this.#bytes[this.#at - 1] !== ADDRESS_TAG.domain) return this.#badTag(field, 'address');
    const host = this.string16(field, 0, 0xffff);
    return { kind: 'domain', host, port: this.u16(field) };
  }

  /** Everything to the end of the frame or packet, copied. */
  rest(): Uint8Array {
    const at = this.#at;
    this.#at = this.#end;
    return this.#owned(at, this.#end);
  }

  /** One record of a list that runs to the end; compat reads a short last one. */
  record(size: number, field: string): Uint8Array {
    return this.fixed(this.isCompat ? Math.min(this.#left(), size) : size, field);
  }

  /** `count` records, all of them there before any is made; compat reads what there is. */
  records(count: number, size: number, field: string): Uint8Array[] {
    if (!this.isCompat && count * size > this.#left()) this.#tooShort(field, count * size);
    const records: Uint8Array[] = [];
    for (let index = 0; index < count && (!this.isCompat || this.more()); index++) {
      records.push(this.record(size, field));
    }
    return records;
  }

  /** A struct or union that stands in this one without a length. */
  nested<T>(type: Decodable<T>, field: string): T {
    this.path.enter(field);
    const value = type.decode(this);
    this.path.leave();
    return value;
  }

  /** A struct or union behind its 16-bit length. */
  framed<T>(type: Decodable<T>, field: string): T {
    const outer = this.enter16(field);
    const value = this.nested(type, field);
    this.leave(outer, field);
    return value;
  }

  /** What the author's codec makes of the carrier, whose bytes began at `start`. */
  codec<C, V>(codec: { decode(carrier: C): V }, start: number, carrier: C, field: string): V {
    try {
      return codec.decode(carrier);
    } catch (error) {
      return this.#fail('bad-value', field, this.#at - start, printThrown(error));
    }
  }

  /** Reads a 16-bit length and narrows the reader to it. Gives the outer end, for `leave`. */
  enter16(field: string): number {
    const length = this.u16(field);
    const outer = this.#end;
    if (length > outer - this.#at) {
      if (!this.isCompat) this.#tooShort(field, length);
    } else {
      this.#end = this.#at + length;
    }
    return outer;
  }

  /** Ends the frame: nothing may be left in it, and reading goes on behind it. */
  leave(outer: number, field: string): void {
    if (this.#at < this.#end && !this.isCompat) {
      this.#fail('trailing-bytes', field, 0, `${this.#left()} bytes are left in the frame`);
    }
    this.#at = this.#end;
    this.#end = outer;
  }

  /** Checks a constant field that was just read and took `size` bytes. */
  constant(isExpected: boolean, size: number, field: string): void {
    if (!isExpected && !this.isCompat) {
      this.#fail('bad-constant', field, size, 'not the constant that the schema gives');
    }
  }

  /** Checks a number that was just read against the schema's range and gives it back. */
  range<T extends number | bigint>(value: T, min: T, max: T, size: number, field: string): T {
    if ((value < min || value > max) && !this.isCompat) {
      this.#fail('out-of-bounds', field, size, `${value} is outside ${min}..${max}`);
    }
    return value;
  }

  /** A tag of `size` bytes, just read, that stands for no struct. */
  unknownVariant(tag: number, size: number, field: string): never {
    return this.#fail('unknown-variant', field, size, `${tag} is the tag of no variant`);
  }

  /** Nothing may be left. Called once, after the last payload of a packet. */
  finish(): void {
    if (this.#at < this.#end) {
      this.#fail('trailing-bytes', 'end', 0, `${this.#left()} bytes are left after the last field`);
    }
  }

  #take(size: number, field: string): number {
    const at = this.#at;
    if (size > this.#end - at) this.#tooShort(field, size);
    this.#at = at + size;
    return at;
  }

  #owned(from: number, to: number): Uint8Array {
    if (to - from <= SMALL_BYTES_MAX) return this.#bytes.slice(from, to);
    this.#copy ??= new SharedCopy(this.#bytes, from);
    return this.#copy.view(from, to);
  }

  #counted(length: number, field: string, min: number, max: number): Uint8Array {
    const at = this.#at;
    return this.#owned(at, this.#span(length, field, min, max));
  }

  #text(length: number, field: string, min: number, max: number): string {
    const at = this.#at;
    const end = this.#span(length, field, min, max);
    try {
      return TEXT.decode(this.#bytes.subarray(at, end));
    } catch {
      return this.#fail('bad-text', field, end - at, 'not UTF-8');
    }
  }

  /** Moves over `length` bytes and gives their end; compat stops at the end of the bytes. */
  #span(length: number, field: string, min: number, max: number): number {
    if (length > this.#left()) {
      if (!this.isCompat) this.#tooShort(field, length);
      this.#at = this.#end;
      return this.#end;
    }
    this.#bounded(length, field, min, max, 0);
    this.#at += length;
    return this.#at;
  }

  #bounded(value: number, field: string, min: number, max: number, back: number): number {
    if ((value < min || value > max) && !this.isCompat) {
      this.#fail('out-of-bounds', field, back, `length ${value} is outside ${min}..${max}`);
    }
    return value;
  }

  #array(elementSize: number, field: string, min: number, max: number): DataView {
    const swapped = this.u16(field);
    const count = ((swapped & 0xff) << 8) | (swapped >> 8);
    this.#bounded(count, field, min, max, 2);
    let size = count * elementSize;
    if (size > this.#left()) {
      // py-ipv8 takes what is there when it holds whole elements.
      if (!this.isCompat || this.#left() % elementSize !== 0) this.#tooShort(field, size);
      size = this.#left();
    }
    this.#at += size;
    return this.#view(this.#at - size, size);
  }

  #view(at: number, size: number): DataView {
    return new DataView(this.#bytes.buffer, this.#bytes.byteOffset + at, size);
  }

  /** Undefined, behind the tag, for one that is of no IP address. */
  #tagged(field: string): Address | undefined {
    const tag = this.u8(field);
    if (tag === ADDRESS_TAG.ipv4) return this.ipv4(field);
    if (tag !== ADDRESS_TAG.ipv6) return undefined;
    const at = this.#take(18, field);
    return { kind: 'ipv6', host: printIpv6(this.#bytes, at), port: uint16At(this.#bytes, at + 16) };
  }

  #badTag(field: string, what: string): never {
    return this.#fail('bad-address', field, 1, `no ${what} has tag ${this.#bytes[this.#at - 1]}`);
  }

  #left(): number {
    return this.#end - this.#at;
  }

  #tooShort(field: string, size: number): never {
    return this.#fail('too-short', field, 0, `needs ${size} bytes, ${this.#left()} are left`);
  }

  /** `back` is how many bytes the offending value took: the error points at its start. */
  #fail(reason: DecodeReason, field: string, back: number, detail: string): never {
    throw new DecodeError(reason, { field: this.path.to(field), offset: this.#at - back }, detail);
  }
}
