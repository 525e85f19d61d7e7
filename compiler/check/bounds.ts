import type { BoundNode } from '../ast/nodes.ts';
import type { Bound, IntegerType, PrefixBits } from '../ir/wire-type.ts';
import type { Symbols } from './symbols.ts';

/** The most elements a list without a count can have: more bytes than a datagram holds. */
export const REST_COUNT_MAX = 65_535;

/** The most that a length or count can say. */
export function prefixMax(prefix: PrefixBits | 'rest'): number {
  return prefix === 'rest' ? REST_COUNT_MAX : 2 ** prefix - 1;
}

/** A bound with what the schema leaves out filled in; undefined when it makes no sense. */
export function lowerBound(
  symbols: Symbols,
  node: BoundNode | undefined,
  prefix: PrefixBits | 'rest',
): Bound | undefined {
  const limit = prefixMax(prefix);
  if (node === undefined) return { min: 0, max: limit, sendMax: limit, isStated: false };
  const min = node.min === undefined ? 0 : symbols.evaluateSize(node.min);
  const max = symbols.evaluateSize(node.max);
  if (min === undefined || max === undefined || min > max || max > limit) return undefined;
  const sendMax = node.sendMax === undefined ? max : symbols.evaluateSize(node.sendMax);
  if (sendMax === undefined || sendMax > max || sendMax < min) return undefined;
  return { min, max, sendMax, isStated: true };
}

/** The smallest and the largest value of an integer type. */
export function integerLimits(type: Pick<IntegerType, 'bits' | 'isSigned'>): {
  readonly min: bigint;
  readonly max: bigint;
} {
  const values = 1n << BigInt(type.bits);
  if (!type.isSigned) return { min: 0n, max: values - 1n };
  return { min: -values / 2n, max: values / 2n - 1n };
}
