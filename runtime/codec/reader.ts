/**
 * A bounds-checked cursor over received bytes. Generated codecs call one method per field, in wire
 * order.
 *
 * Integers are big-endian (arrays little-endian). Every method takes the field's name for its error
 * and throws `DecodeError`; `decode.ts` is the only catch. Byte fields are copies: a message never
 * pins the datagram it came in.
 *
 * A `compat` reader accepts in payload bytes what py-ipv8 accepts: a short last length-prefixed
 * field, surplus bytes in a frame, any non-zero bool, a short last record; it does not check
 * bounds, ranges and constants.
 * Source: py-ipv8 3.2 ipv8/messaging/serialization.py:161-332,350-366 (slices that may silently be
 * short).
 */
import type { Address } from '../address/address.ts';
import { printIpv4, printIpv6 } from '../address/ip.ts';
import { ADDRESS_TAG } from './address-tag.ts';
import { bitsOf } from './bits-of.ts';
import { DecodeError, type DecodeReason } from './codec-error.ts';

const TEXT = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export class Reader {
  readonly isCompat: boolean;
  readonly #bytes: Uint8Array;
  #at: number;
  #end: number;

  constructor(bytes: Uint8Array, options: { readonly compat?: boolean } = {}) {
    this.#bytes = bytes;
    this.#at = 0;
    this.#end = bytes.length;
    this.isCompat = options.compat ?? false;
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
    const at = this.#take(2, field);
    const bytes = this.#bytes;
    return ((bytes[at] as number) << 8) | (bytes[at + 1] as number);
  }

  u32(field: string): number {
    return this.i32(field) >>> 0;
  }

  u64(field: string): bigint {
    const high = this.u32(field);
    return (BigInt(high) << 32n) | BigInt(this.u32(field));
  }

  i8(field: string): number {
    return (this.u8(field) << 24) >> 24;
  }

  i16(field: string): number {
    return (this.u16(field) << 16) >> 16;
  }

  i32(field: string): number {
    const at = this.#take(4, field);
    const bytes = this.#bytes;
    return (
      ((bytes[at] as number) << 24) |
      ((bytes[at + 1] as number) << 16) |
      ((bytes[at + 2] as number) << 8) |
      (bytes[at + 3] as number)
    );
  }

  i64(field: string): bigint {
    return BigInt.asIntN(64, this.u64(field));
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
    return this.#copy(at, at + size);
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

  /**
   * `array<i64>`: a little-endian 16-bit count and elements, as py-ipv8 writes them on every common
   * host.
   */
  arrayI64(field: string, min: number, max: number): bigint[] {
    const values: bigint[] = [];
    const view = this.#array(8, field, min, max);
    for (let at = 0; at < view.byteLength; at += 8) values.push(view.getBigInt64(at, true));
    return values;
  }

  /** `array<f64>`, little-endian. */
  arrayF64(field: string, min: number, max: number): number[] {
    const values: number[] = [];
    const view = this.#array(8, field, min, max);
    for (let at = 0; at < view.byteLength; at += 8) values.push(view.getFloat64(at, true));
    return values;
  }

  /** `array<bool>`: a little-endian 16-bit count and one byte each. */
  arrayBool(field: string, min: number, max: number): boolean[] {
    const values: boolean[] = [];
    const view = this.#array(1, field, min, max);
    for (let at = 0; at < view.byteLength; at++) {
      const value = view.getUint8(at);
      if (value > 1 && !this.isCompat) {
        this.#fail('bad-bool', field, view.byteLength - at, `expected 0 or 1, found ${value}`);
      }
      values.push(value !== 0);
    }
    return values;
  }

  /** Four bytes and a port: 6 bytes. */
  ipv4(field: string): Address {
    const at = this.#take(6, field);
    return { kind: 'ipv4', host: printIpv4(this.#bytes, at), port: this.#port(at + 4) };
  }

  /** A tag byte, then an IPv4 (6 bytes) or IPv6 (18 bytes) address. */
  ip(field: string): Address {
    const tag = this.u8(field);
    if (tag === ADDRESS_TAG.ipv4) return this.ipv4(field);
    if (tag === ADDRESS_TAG.ipv6) return this.#ipv6(field);
    return this.#fail('bad-address', field, 1, `no IP address has tag ${tag}`);
  }

  /** As `ip`, or a name: tag, 16-bit length, UTF-8, port. */
  address(field: string): Address {
    const tag = this.u8(field);
    if (tag === ADDRESS_TAG.ipv4) return this.ipv4(field);
    if (tag === ADDRESS_TAG.ipv6) return this.#ipv6(field);
    if (tag !== ADDRESS_TAG.domain) {
      return this.#fail('bad-address', field, 1, `no address has tag ${tag}`);
    }
    const host = this.string16(field, 0, 0xffff);
    return { kind: 'domain', host, port: this.u16(field) };
  }

  /** Everything to the end of the frame or packet, copied. */
  rest(): Uint8Array {
    const at = this.#at;
    this.#at = this.#end;
    return this.#copy(at, this.#end);
  }

  /**
   * One record of a list of fixed-size records that runs to the end; compat reads a short last one.
   */
  record(size: number, field: string): Uint8Array {
    const left = this.#end - this.#at;
    return this.fixed(this.isCompat && left < size ? left : size, field);
  }

  /**
   * `count` records of `size` bytes each, copied. All of them must be there before any is made;
   * compat reads as many as there are, and a short last one.
   */
  records(count: number, size: number, field: string): Uint8Array[] {
    if (!this.isCompat && count * size > this.#end - this.#at) this.#tooShort(field, count * size);
    const records: Uint8Array[] = [];
    for (let index = 0; index < count && (!this.isCompat || this.more()); index++) {
      records.push(this.record(size, field));
    }
    return records;
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
      this.#fail('trailing-bytes', field, 0, `${this.#end - this.#at} bytes are left in the frame`);
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

  /** Nothing may be left. Called once, after the last payload of a packet. */
  finish(): void {
    if (this.#at < this.#end) {
      const left = this.#end - this.#at;
      this.#fail('trailing-bytes', 'end', 0, `${left} bytes are left after the last field`);
    }
  }

  #take(size: number, field: string): number {
    const at = this.#at;
    if (size > this.#end - at) this.#tooShort(field, size);
    this.#at = at + size;
    return at;
  }

  #counted(length: number, field: string, min: number, max: number): Uint8Array {
    const at = this.#at;
    const end = this.#span(length, field, min, max);
    return this.#copy(at, end);
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
    const left = this.#end - this.#at;
    if (length > left) {
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
    const left = this.#end - this.#at;
    let size = count * elementSize;
    if (size > left) {
      // py-ipv8 takes what is there when it holds whole elements.
      if (!this.isCompat || left % elementSize !== 0) this.#tooShort(field, size);
      size = left;
    }
    const at = this.#at;
    this.#at += size;
    return this.#view(at, size);
  }

  #view(at: number, size: number): DataView {
    return new DataView(this.#bytes.buffer, this.#bytes.byteOffset + at, size);
  }

  #ipv6(field: string): Address {
    const at = this.#take(18, field);
    return { kind: 'ipv6', host: printIpv6(this.#bytes, at), port: this.#port(at + 16) };
  }

  #port(at: number): number {
    return ((this.#bytes[at] as number) << 8) | (this.#bytes[at + 1] as number);
  }

  /**
   * A copy that is a plain `Uint8Array` with memory of its own, also when the input is a pooled
   * Buffer.
   */
  #copy(from: number, to: number): Uint8Array {
    const copy = new Uint8Array(to - from);
    copy.set(this.#bytes.subarray(from, to));
    return copy;
  }

  #tooShort(field: string, size: number): never {
    const left = this.#end - this.#at;
    return this.#fail('too-short', field, 0, `needs ${size} bytes, ${left} are left`);
  }

  /** `back` is how many bytes the offending value took: the error points at its start. */
  /** A tag of `size` bytes, just read, that stands for no struct. */
  unknownVariant(tag: number, size: number, field: string): never {
    return this.#fail('unknown-variant', field, size, `${tag} is the tag of no variant`);
  }

  #fail(reason: DecodeReason, field: string, back: number, detail: string): never {
    throw new DecodeError(reason, { field, offset: this.#at - back }, detail);
  }
}
