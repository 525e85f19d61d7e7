/** Values that are wrong in one place. */

/** What a place may hold in the place of what belongs there; of the same kind, so that it can be told. */
function wrongFor(value: unknown): unknown {
  switch (typeof value) {
    case 'number':
      return value < 0 ? 2 ** 40 : -(2 ** 40);
    case 'bigint':
      return value < 0n ? 2n ** 70n : -(2n ** 70n);
    case 'string':
      return 'x'.repeat(400);
    default:
      return value instanceof Uint8Array ? new Uint8Array(400) : value;
  }
}

/** How many places `spoil` knows in the value. */
export function countPlaces(value: unknown): number {
  let count = 0;
  visit(value, () => {
    count++;
    return undefined;
  });
  return count;
}

/** A copy of the value with one place made wrong: the one of that number. */
export function spoil(value: unknown, wanted: number): unknown {
  let at = 0;
  return visit(value, (leaf) => (at++ === wanted ? wrongFor(leaf) : undefined));
}

function visit(value: unknown, change: (leaf: unknown) => unknown): unknown {
  if (value instanceof Set || typeof value === 'boolean') return value;
  if (Array.isArray(value)) return value.map((item) => visit(item, change));
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) {
    return change(value) ?? value;
  }
  // Hosts and the kinds of addresses and unions have words of their own for what is wrong.
  const isNamed = 'host' in value || 'kind' in value;
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [
      name,
      isNamed && typeof part === 'string' ? part : visit(part, change),
    ]),
  );
}
