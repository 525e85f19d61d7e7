/** Vectors: what they are of, and their values as plain data. */
import type { MessageNode, Name, StructNode, VectorNode } from '../ast/nodes.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { VectorValue } from '../ir/model.ts';
import { readFields } from './literals.ts';
import type { Symbols } from './symbols.ts';

/** The struct or message that a vector is of. */
export function vectorTarget(symbols: Symbols, name: Name): StructNode | MessageNode | undefined {
  return symbols.findStruct(name) ?? symbols.findMessage(name);
}

/** The digits of a vector's bytes in lower case; undefined when they are no bytes. */
export function vectorBytes({ bytes }: VectorNode): string | undefined {
  return /^(?:[0-9a-fA-F]{2})*$/.test(bytes.text) ? bytes.text.toLowerCase() : undefined;
}

/** The value of a vector; undefined when it does not fit, for which `report` is given the reasons. */
export function vectorValue(
  symbols: Symbols,
  { of, value }: VectorNode,
  report: (diagnostic: Diagnostic) => void,
): VectorValue | undefined {
  const target = vectorTarget(symbols, of);
  if (target === undefined || value?.kind !== 'object') return undefined;
  return readFields({ symbols, report }, target, value);
}
