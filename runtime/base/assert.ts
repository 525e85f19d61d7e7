/** Fails when our own code broke a promise to itself. Never used for input from outside. */
export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(`broken assumption: ${message}`);
}

/** Marks a place that no value can reach; the argument's type proves it. */
export function unreachable(value: never): never {
  throw new Error(`broken assumption: unexpected ${JSON.stringify(value)}`);
}
