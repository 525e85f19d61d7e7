/** The declarations that the interpreter looks up by name. */
import type { StructLookup } from '../ir/layout.ts';
import type { Declaration, Message, Model, Struct, Union } from '../ir/model.ts';

/** What bytes can be read as by itself. */
export type Root = Struct | Message | Union;

export type Declarations = {
  /** @throws Error for a name that the model does not hold: a model with errors is not for here. */
  struct(name: string): Struct;
  union(name: string): Union;
  /** The same without a word about what there is not. */
  readonly lookup: StructLookup;
  /** The names of an enum's or flags' values; empty when there are none. */
  valueNames(name: string): ReadonlyMap<number, string>;
};

export function createDeclarations(model: Model): Declarations {
  const byName = new Map<string, Declaration>();
  for (const { declarations } of model.modules) {
    for (const one of declarations) byName.set(one.name, one);
  }
  const find = (name: string, kind: 'struct' | 'union'): Declaration => {
    const found = byName.get(name);
    if (found?.kind === kind) return found;
    throw new Error(`the model has no ${kind} ${name}`);
  };
  const named = new Map<string, ReadonlyMap<number, string>>();
  return {
    struct: (name) => find(name, 'struct') as Struct,
    union: (name) => find(name, 'union') as Union,
    lookup(name) {
      const found = byName.get(name);
      return found?.kind === 'struct' || found?.kind === 'union' ? found : undefined;
    },
    valueNames(name) {
      const known = named.get(name);
      if (known !== undefined) return known;
      const found = byName.get(name);
      const members = found?.kind === 'enum' || found?.kind === 'flags' ? found.members : [];
      const names = new Map(members.map((member) => [member.value, member.name]));
      named.set(name, names);
      return names;
    },
  };
}
