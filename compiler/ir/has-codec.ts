import type { StructLookup } from './layout.ts';
import type { Field } from './model.ts';
import type { WireType } from './wire-type.ts';

/**
 * True when a value of these fields holds one that the author's code makes: only that code knows
 * which bytes it refuses.
 */
export function hasCodec(fields: readonly Field[], structs: StructLookup): boolean {
  const seen = new Set<string>();
  const waiting = fields.map(({ type }) => type);
  const add = (name: string): void => {
    if (seen.has(name)) return;
    seen.add(name);
    const found = structs(name);
    if (found?.kind === 'struct') waiting.push(...found.fields.map(({ type }) => type));
    else for (const { structName } of found?.variants ?? []) add(structName);
  };
  for (let type: WireType | undefined = waiting.pop(); type !== undefined; type = waiting.pop()) {
    if (type.kind === 'codec') return true;
    if (type.kind === 'list') waiting.push(type.element);
    else if (type.kind === 'struct') add(type.structName);
    else if (type.kind === 'union') add(type.unionName);
  }
  return false;
}
