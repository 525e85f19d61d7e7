/**
 * What one generated module knows while it is printed: the model, the names in use, and the imports
 * it turned out to need.
 */
import type { Layout } from '../ir/layout.ts';
import type { Community, Module } from '../ir/model.ts';
import type { ModelIndex } from './model-index.ts';
import { createNames, type Names } from './names.ts';
import type { RuntimeSymbol } from './runtime-symbols.ts';

/**
 * One imported name; `local` differs from `name` when the module has a declaration of that name
 * itself.
 */
export type ImportedName = { readonly name: string; readonly local: string };

export type ModuleScope = {
  readonly module: Module;
  /** Of what decoding accepts. */
  readonly layout: Layout;
  readonly communities: (name: string) => Community | undefined;
  /** Every name that the module's declarations have, so that locals do not hide them. */
  readonly declared: ReadonlySet<string>;
  /** The name of something the codegen entry exports; remembers the import. */
  runtime(symbol: RuntimeSymbol): string;
  /** The name of a struct, an enum, flags or a union used as a type. */
  typeName(name: string): string;
  /**
   * The name of a struct's class, or of a message's class of the module at `path`, used as a value.
   */
  className(name: string, path: string): string;
  /** The name of a struct's class or of a union's codec. */
  codecName(name: string): string;
  /** A fresh name at the top of the module. */
  topName(wanted: string): string;
  /** What was asked for so far, by module path; `undefined` is the codegen entry. */
  readonly typeImports: ReadonlyMap<string | undefined, ReadonlyMap<string, ImportedName>>;
  readonly valueImports: ReadonlyMap<string | undefined, ReadonlyMap<string, ImportedName>>;
};

type Imports = Map<string | undefined, Map<string, ImportedName>>;

/** The scope of a module before anything of it is printed. */
export function createModuleScope(index: ModelIndex, module: Module): ModuleScope {
  const names = createNames([]);
  const own = ownNames(module, names);
  const declared = new Set(own.values());
  const typeImports: Imports = new Map();
  const valueImports: Imports = new Map();

  function imported(imports: Imports, path: string | undefined, name: string): string {
    const known = imports.get(path) ?? new Map<string, ImportedName>();
    imports.set(path, known);
    const local = known.get(name)?.local ?? names.take(name);
    known.set(name, { name, local });
    declared.add(local);
    return local;
  }

  /** A class that is imported as a value serves as a type too. */
  function importedType(path: string, name: string): string {
    const value = valueImports.get(path)?.get(name);
    return value?.local ?? imported(typeImports, path, name);
  }

  function className(name: string, path: string): string {
    if (path === module.path) return own.get(name) ?? name;
    return imported(valueImports, path, name);
  }

  return {
    module,
    layout: index.layout,
    communities: index.communities,
    declared,
    runtime: (symbol) => imported(typeImports, undefined, symbol),
    typeName(name) {
      const path = index.pathOf(name) ?? module.path;
      if (path === module.path) return own.get(name) ?? name;
      // A struct's class is needed by the codecs anyway: one import serves both.
      const isStruct = index.structs(name) !== undefined;
      return isStruct ? imported(valueImports, path, name) : importedType(path, name);
    },
    className,
    codecName: (name) => className(name, index.pathOf(name) ?? module.path),
    topName: (wanted) => names.take(wanted),
    typeImports,
    valueImports,
  };
}

/** What the module exports by names of the schema: structs, enums, flags, unions and messages. */
function ownNames(module: Module, names: Names): Map<string, string> {
  const own = new Map<string, string>();
  for (const declaration of module.declarations) {
    if (declaration.kind !== 'community') own.set(declaration.name, names.take(declaration.name));
  }
  for (const declaration of module.declarations) {
    if (declaration.kind !== 'community') continue;
    for (const message of declaration.messages) own.set(message.name, names.take(message.name));
  }
  return own;
}
