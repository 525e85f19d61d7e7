/** The files of one import, and which of them an `import` of Python means. */
import { createSource } from '../../source/source.ts';
import { parsePython } from '../python/parse.ts';
import { type Module, type Scope, scopeOf } from './scope.ts';

/** A file as it was given. */
export type PythonFile = {
  /** With `/`. */
  readonly path: string;
  readonly text: string;
  readonly module?: string;
  /** False for one that was come across: that it holds nothing is nothing to say. */
  readonly isNamed?: boolean;
};

export type Modules = {
  readonly all: readonly Module[];
  /** The file that `name` means in an import by the module `from`; undefined for one not given. */
  find(name: string, from: Module): Module | undefined;
  /** Files that others import from. */
  readonly used: ReadonlySet<Module>;
};

/** Reads all files. */
export function readModules(files: readonly PythonFile[]): Modules {
  const all = files.map(readModule);
  const byPath = new Map(all.map((one) => [one.path, one] as const));
  const used = new Set<Module>();
  const find = (name: string, from: Module): Module | undefined => {
    const dots = /^\.*/.exec(name)?.[0].length ?? 0;
    const parts = name.slice(dots).split('.').filter(Boolean);
    if (dots > 0) return byPath.get([...packageOf(from, dots), ...parts].join('/'));
    const end = parts.join('/');
    return (
      all.find((one) => one.name === name) ??
      byPath.get(end) ??
      all.find(({ path }) => path.endsWith(`/${end}`))
    );
  };
  return {
    all,
    used,
    find(name, from) {
      const found = find(name, from);
      if (found !== undefined) used.add(found);
      return found;
    },
  };
}

function readModule({ isNamed = true, module: given, path, text }: PythonFile): Module {
  const python = parsePython(createSource(path, text));
  const place = path.replace(/\.pyi?$/, '').replace(/\/__init__$/, '');
  const parts = place.split('/').filter((part) => part !== '' && part !== '.' && part !== '..');
  const scope: Scope = scopeOf(python.body, {
    kind: 'module',
    parent: undefined,
    module: () => module,
  });
  const module: Module = { python, path: place, name: given ?? parts.join('.'), scope, isNamed };
  return module;
}

/** The directory that so many dots mean: one dot is the package of the module. */
function packageOf({ path, python }: Module, dots: number): readonly string[] {
  const parts = path.split('/');
  const isPackage = /(?:^|\/)__init__\.pyi?$/.test(python.source.path);
  const up = isPackage ? dots - 1 : dots;
  return parts.slice(0, Math.max(0, parts.length - up));
}
