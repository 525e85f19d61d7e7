/** One side of a comparison: a model, and its declarations by name. */
import type {
  Codec,
  Community,
  Declaration,
  Enum,
  Flags,
  Model,
  Struct,
  Union,
} from '../ir/model.ts';

export type World = {
  readonly model: Model;
  readonly structs: ReadonlyMap<string, Struct>;
  readonly unions: ReadonlyMap<string, Union>;
  readonly enums: ReadonlyMap<string, Enum | Flags>;
  readonly codecs: ReadonlyMap<string, Codec>;
  readonly communities: readonly Community[];
};

export function worldOf(model: Model): World {
  const all = model.modules.flatMap(({ declarations }) => declarations);
  const named = <T extends Declaration>(is: (one: Declaration) => one is T) =>
    new Map(all.filter(is).map((one) => [one.name, one] as const));
  return {
    model,
    structs: named((one) => one.kind === 'struct'),
    unions: named((one) => one.kind === 'union'),
    enums: named((one): one is Enum | Flags => one.kind === 'enum' || one.kind === 'flags'),
    codecs: named((one) => one.kind === 'codec'),
    communities: all.filter((one) => one.kind === 'community'),
  };
}
