/** Numbers among bytes that are known to be there. */

export function uint16At(bytes: Uint8Array, at: number): number {
  return ((bytes[at] as number) << 8) | (bytes[at + 1] as number);
}

export function int32At(bytes: Uint8Array, at: number): number {
  return (uint16At(bytes, at) << 16) | uint16At(bytes, at + 2);
}

export function int64At(bytes: Uint8Array, at: number): bigint {
  return (BigInt(int32At(bytes, at)) << 32n) | BigInt(int32At(bytes, at + 4) >>> 0);
}

export function uint64At(bytes: Uint8Array, at: number): bigint {
  const high = int32At(bytes, at) >>> 0;
  const low = BigInt(int32At(bytes, at + 4) >>> 0);
  // Nearly all are small, and each step with a bigint makes another one.
  return high === 0 ? low : (BigInt(high) << 32n) | low;
}
