/** A reader that counts what it is asked for: the cost of decoding without a clock. */
import { Reader } from '../../runtime/codegen.ts';

/** The methods that take bytes and give a value. Those that only bound or check are not among them. */
const READS = [
  'bool',
  'u8',
  'u16',
  'u32',
  'u64',
  'i8',
  'i16',
  'i32',
  'i64',
  'f32',
  'f64',
  'flags8',
  'flags16',
  'flags32',
  'fixed',
  'bytes8',
  'bytes16',
  'bytes32',
  'string8',
  'string16',
  'string32',
  'count8',
  'count16',
  'count32',
  'arrayI64',
  'arrayF64',
  'arrayBool',
  'ipv4',
  'ip',
  'address',
  'rest',
  'record',
  'records',
  'enter16',
] as const satisfies readonly (keyof Reader)[];

export class CountingReader extends Reader {
  /** Calls of methods that take bytes. */
  reads = 0;
  /** Bytes of the values given out, without what objects take around them. */
  allocated = 0;
  /** Methods ask each other. */
  depth = 0;
}

for (const name of READS) {
  const original: unknown = Reader.prototype[name];
  if (typeof original !== 'function') throw new Error(`a reader has no ${name}`);
  Reflect.set(
    CountingReader.prototype,
    name,
    function counted(this: CountingReader, ...given: unknown[]): unknown {
      if (this.depth > 0) return Reflect.apply(original, this, given);
      this.reads += 1;
      this.depth += 1;
      try {
        const value: unknown = Reflect.apply(original, this, given);
        this.allocated += sizeOf(value);
        return value;
      } finally {
        this.depth -= 1;
      }
    },
  );
}

/** Bytes that the value needs at the very least. */
function sizeOf(value: unknown): number {
  if (typeof value === 'string') return 2 * value.length;
  if (typeof value === 'bigint') return 8;
  if (typeof value !== 'object' || value === null) return 0;
  if (value instanceof Uint8Array) return value.length;
  if (value instanceof Set) return 8 * value.size;
  if (Array.isArray(value)) return value.reduce((sum: number, one) => sum + 8 + sizeOf(one), 0);
  return 'host' in value ? sizeOf(value.host) : 0;
}
