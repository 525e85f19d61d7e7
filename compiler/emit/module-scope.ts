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

/** A file of the author's that a codec names, and the schema to which its path is relative. */
export type AuthorFile = { readonly schemaPath: string; readonly file: string };

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
  /** The name of what the author exports for a codec. */
  authorCodec(name: string): string;
  /** A fresh name at the top of the module. */
  topName(wanted: string): string;
  /** What was asked for so far, by module path; `undefined` is the codegen entry. */
  readonly typeImports: ReadonlyMap<string | undefined, ReadonlyMap<string, ImportedName>>;
  readonly valueImports: ReadonlyMap<string | undefined, ReadonlyMap<string, ImportedName>>;
  /** As `valueImports`, of the author's files, by schema and file. */
  readonly authorImports: ReadonlyMap<string, AuthorImport>;
};

export type AuthorImport = AuthorFile & { readonly names: ReadonlyMap<string, ImportedName> };

type Imports = Map<string | undefined, Map<string, ImportedName>>;

/** The scope of a module before anything of it is printed. */
export function createModuleScope(index: ModelIndex, module: Module): ModuleScope {
  const names = createNames([]);
  const own = ownNames(module, names);
  const declared = new Set(own.values());
  const typeImports: Imports = new Map();
  const valueImports: Imports = new Map();
  const authorImports = new Map<string, AuthorFile & { names: Map<string, ImportedName> }>();

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

  function authorCodec(codecName: string): string {
    const codec = index.codecs(codecName);
    const target = codec?.targets['ts'];
    if (codec === undefined || target === undefined) {
      throw new Error(`codec ${codecName} does not say where its TypeScript is`);
    }
    const [file = '', name = codecName] = target.split('#');
    const schemaPath = codec.place.path;
    const key = `${schemaPath}\n${file}`;
    const known = authorImports.get(key) ?? { schemaPath, file, names: new Map() };
    authorImports.set(key, known);
    const local = known.names.get(name)?.local ?? names.take(name);
    known.names.set(name, { name, local });
    declared.add(local);
    return local;
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
    authorCodec,
    topName: (wanted) => names.take(wanted),
    typeImports,
    valueImports,
    authorImports,
  };
}

/** What the module exports by names of the schema: structs, enums, flags, unions and messages. */
function ownNames(module: Module, names: Names): Map<string, string> {
  const own = new Map<string, string>();
  for (const { kind, name } of module.declarations) {
    if (kind !== 'community' && kind !== 'codec') own.set(name, names.take(name));
  }
  for (const declaration of module.declarations) {
    if (declaration.kind !== 'community') continue;
    for (const message of declaration.messages) own.set(message.name, names.take(message.name));
  }
  return own;
}
