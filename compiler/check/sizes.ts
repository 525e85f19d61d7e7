/** Questions about the bytes of types that only structs make hard: they contain other types. */
import type { Struct, Union } from '../ir/model.ts';
import type { WireType } from '../ir/wire-type.ts';

/** Structs and unions by name, as far as they are known. */
export type StructsByName = ReadonlyMap<string, Struct | Union>;

/** Structs inside structs beyond this are refused, so that no question about them goes deep. */
export const STRUCT_DEPTH_MAX = 32;

/**
 * Answers by struct: structs that hold each other twice would otherwise take time without end. One
 * that is still being looked at, and so holds itself, counts as false; it has been reported.
 */
type Answers = Map<string, boolean>;

const emptiness = new WeakMap<StructsByName, Answers>();
const openness = new WeakMap<StructsByName, Answers>();

/** True when a value of the type can take no bytes at all. */
export function canBeEmpty(type: WireType, structs: StructsByName, depth = 0): boolean {
  switch (type.kind) {
    case 'rest':
      return true;
    case 'list':
      return type.count === 'rest' && type.bound.min === 0;
    case 'struct': {
      if (!type.isInline) return false;
      const struct = structs.get(type.structName);
      // A struct that is unknown, circular or too deep has been reported as that.
      if (struct?.kind !== 'struct' || depth > STRUCT_DEPTH_MAX) return false;
      return answer(answersOf(emptiness, structs), type.structName, () =>
        struct.fields.every((field) => canBeEmpty(field.type, structs, depth + 1)),
      );
    }
    case 'codec':
      return canBeEmpty(type.carrier, structs, depth);
    default:
      return false;
  }
}

/** True when a value of the type runs to the end of the packet or frame it stands in. */
export function runsToEnd(type: WireType, structs: StructsByName, depth = 0): boolean {
  if (type.kind === 'rest') return true;
  if (type.kind === 'list') return type.count === 'rest';
  if (type.kind === 'codec') return runsToEnd(type.carrier, structs, depth);
  if (type.kind === 'union' && type.isInline) {
    const union = structs.get(type.unionName);
    const variants = union?.kind === 'union' && depth <= STRUCT_DEPTH_MAX ? union.variants : [];
    return variants.some(({ structName }) =>
      runsToEnd({ kind: 'struct', structName, isInline: true }, structs, depth + 1),
    );
  }
  if (type.kind !== 'struct' || !type.isInline || depth > STRUCT_DEPTH_MAX) return false;
  const struct = structs.get(type.structName);
  const fields = struct?.kind === 'struct' ? struct.fields : [];
  return answer(answersOf(openness, structs), type.structName, () =>
    fields.some((field) => runsToEnd(field.type, structs, depth + 1)),
  );
}

function answersOf(all: WeakMap<StructsByName, Answers>, structs: StructsByName): Answers {
  const answers = all.get(structs) ?? new Map<string, boolean>();
  all.set(structs, answers);
  return answers;
}

function answer(answers: Answers, name: string, find: () => boolean): boolean {
  const known = answers.get(name);
  if (known !== undefined) return known;
  answers.set(name, false);
  const found = find();
  answers.set(name, found);
  return found;
}
