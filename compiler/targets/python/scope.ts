/** What a module is printed with: names, imports, and what else must stand in it. */
import type { Community, Declaration, Model, Module } from '../../ir/model.ts';
import type { TargetInput } from '../target.ts';
import { HELPERS, type HelperName } from './helpers.ts';
import { createImports, type Imports } from './imports.ts';
import type { ModelNames } from './model-names.ts';
import { moduleName } from './names.ts';
import type { Expression } from './text.ts';

/** One module on its way to text. */
export type Scope = {
  readonly module: Module;
  readonly names: ModelNames;
  readonly imports: Imports;
  readonly find: (name: string) => Declaration | undefined;
  /** The name of a declaration's class; its import is for annotations only where `isShown`. */
  readonly className: (name: string, isShown?: 'in annotations') => string;
  /** A name out of the module of another schema, or of this one. */
  readonly from: (path: string, name: string, isShown?: 'in annotations') => string;
  /** A function or class of `helpers.ts`, which then stands in the module. */
  readonly helper: (name: HelperName) => string;
  /** Says that the formats need a packer of that name. */
  readonly addPacker: (name: string, packer: Expression) => void;
  readonly helpers: ReadonlySet<HelperName>;
  readonly packers: ReadonlyMap<string, Expression>;
};

/** Where modules lie, and how they import each other. */
export type Places = {
  /** Below the output directory, without an ending. */
  readonly fileOf: (path: string) => string;
  /** How the module at one path imports that of another. */
  readonly moduleOf: (from: string, to: string) => string;
};

/**
 * Modules lie as their schemas do. Where the output directory is a package they import each other
 * by relative names, and otherwise by names from that directory, which is then on Python's path.
 */
export function createPlaces({ placeOf, hasFile }: TargetInput): Places {
  const isPackage = hasFile?.('__init__.py') === true;
  const fileOf = (path: string): string => placeOf(path).split('/').map(moduleName).join('/');
  return {
    fileOf,
    moduleOf(from, to) {
      const end = fileOf(to).split('/');
      if (!isPackage) return end.join('.');
      const start = fileOf(from).split('/').slice(0, -1);
      let shared = 0;
      while (shared < start.length && start[shared] === end[shared]) shared++;
      return `${'.'.repeat(start.length - shared + 1)}${end.slice(shared).join('.')}`;
    },
  };
}

type ScopeParts = {
  readonly model: Model;
  readonly names: ModelNames;
  readonly places: Places;
  /** True for a file beside the module, which imports that too. */
  readonly isBeside?: boolean;
};

/** A module that nothing is printed of yet. */
export function createScope(
  module: Module,
  { isBeside = false, model, names, places }: ScopeParts,
): Scope {
  const declarations = new Map<string, readonly [declaration: Declaration, path: string]>();
  for (const { declarations: all, path } of model.modules) {
    for (const one of all) declarations.set(one.name, [one, path]);
  }
  const imports = createImports();
  const helpers = new Set<HelperName>();
  const packers = new Map<string, Expression>();
  const from: Scope['from'] = (path, name, isShown) => {
    if (path === module.path && !isBeside) return name;
    const other = places.moduleOf(module.path, path);
    return isShown === undefined ? imports.use(other, name) : imports.annotate(other, name);
  };
  const helper: Scope['helper'] = (name) => {
    if (helpers.has(name)) return name;
    helpers.add(name);
    const { needs, uses } = HELPERS[name];
    for (const [source, used] of Object.entries(uses)) {
      for (const one of used) imports.use(source, one);
    }
    for (const one of needs ?? []) helper(one);
    return name;
  };
  return {
    module,
    names,
    imports,
    helper,
    helpers,
    packers,
    find: (name) => declarations.get(name)?.[0],
    className: (name, isShown) => {
      const path = declarations.get(name)?.[1] ?? module.path;
      return from(path, names.ofDeclaration(name), isShown);
    },
    from,
    addPacker: (name, packer) => void packers.set(name, packer),
  };
}

/** The community that another extends, where it names one. */
export function parentOf(community: Community, scope: Pick<Scope, 'find'>): Community | undefined {
  const parent = scope.find(community.parent ?? '');
  return parent?.kind === 'community' ? parent : undefined;
}
