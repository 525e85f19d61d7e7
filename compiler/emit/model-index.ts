/** What every module of a model asks of the whole of it, found once. */
import { createLayout, type Layout, type StructLookup } from '../ir/layout.ts';
import type {
  Codec,
  Community,
  Declaration,
  Field,
  Message,
  Model,
  Struct,
  Union,
} from '../ir/model.ts';

/** Declarations by name, and what their values take on the wire. */
export type ModelIndex = {
  readonly structs: StructLookup;
  readonly communities: (name: string) => Community | undefined;
  readonly codecs: (name: string) => Codec | undefined;
  /** The fields of a struct, or of a message, which is unique in its module only. */
  readonly fieldsOf: (name: string, path: string) => readonly Field[] | undefined;
  /** The path of the module that declares the name. */
  readonly pathOf: (name: string) => string | undefined;
  /** Of what decoding accepts. */
  readonly layout: Layout;
};

/** The index of a model. */
export function createModelIndex(model: Model): ModelIndex {
  const declarations = new Map<string, Declaration>();
  for (const module of model.modules) {
    for (const one of module.declarations) declarations.set(one.name, one);
  }
  const structs = (name: string): Struct | Union | undefined => {
    const found = declarations.get(name);
    return found?.kind === 'struct' || found?.kind === 'union' ? found : undefined;
  };
  const fields = new Map<string, ReadonlyMap<string, readonly Field[]>>();
  const fieldsIn = (path: string): ReadonlyMap<string, readonly Field[]> => {
    const known = fields.get(path) ?? fieldsByName(model, path);
    fields.set(path, known);
    return known;
  };
  return {
    structs,
    communities(name) {
      const found = declarations.get(name);
      return found?.kind === 'community' ? found : undefined;
    },
    codecs(name) {
      const found = declarations.get(name);
      return found?.kind === 'codec' ? found : undefined;
    },
    fieldsOf: (name, path) => fieldsIn(path).get(name),
    pathOf: (name) => declarations.get(name)?.place.path,
    layout: createLayout(structs, { kind: 'accepted' }),
  };
}

/** Of the structs and messages of one module. */
function fieldsByName(model: Model, path: string): ReadonlyMap<string, readonly Field[]> {
  const module = model.modules.find((one) => one.path === path);
  const owners = (module?.declarations ?? []).flatMap((one): readonly (Message | Struct)[] =>
    one.kind === 'community' ? one.messages : one.kind === 'struct' ? [one] : [],
  );
  return new Map(owners.map((owner) => [owner.name, owner.fields]));
}
