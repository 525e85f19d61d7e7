/** Fails when whoever writes a test asks a world for what it cannot do: `message` says what, where and what to give. */
export function demand(condition: boolean, message: string): asserts condition {
  if (!condition) throw new RangeError(message);
}
