import type { Module } from '../../ir/model.ts';
import type { Target, TargetFile } from '../target.ts';
import { createModelNames } from './model-names.ts';
import { printModule } from './module.ts';
import { createPlaces, createScope } from './scope.ts';
import { printStarter } from './starter.ts';

/**
 * Modules for py-ipv8 3: one per schema with its payloads and communities, and beside it, with the
 * first one, a file in which the author says what is done with each message.
 */
export const python: Target = (input) => {
  const { hasFile, model, schemas } = input;
  const names = createModelNames(model);
  const places = createPlaces(input);
  const parts = { model, names, places };
  const byPath = new Map(model.modules.map((module) => [module.path, module]));
  const done = new Map<string, ReturnType<typeof printModule>>();
  const textOf = (module: Module): ReturnType<typeof printModule> => {
    const known = done.get(module.path);
    if (known !== undefined) return known;
    const addsPackers = (path: string): boolean => {
      const other = byPath.get(path);
      return other !== undefined && textOf(other).addsPackers;
    };
    const printed = printModule(model, createScope(module, parts), addsPackers);
    done.set(module.path, printed);
    return printed;
  };
  const files: TargetFile[] = [];
  for (const module of model.modules.filter(({ path }) => schemas.has(path))) {
    const file = places.fileOf(module.path);
    files.push({ path: `${file}.py`, text: textOf(module).text });
    const own = `${file}_overlay.py`;
    if (hasFile?.(`${file}.py`) === true || hasFile?.(own) === true) continue;
    const text = printStarter(module, model, createScope(module, { ...parts, isBeside: true }));
    if (text !== undefined) files.push({ path: own, text });
  }
  return [...files, ...packageFiles(files, hasFile)];
};

/** A directory below the output directory is a package: else its modules could not be imported. */
function packageFiles(
  files: readonly TargetFile[],
  hasFile: Parameters<Target>[0]['hasFile'],
): readonly TargetFile[] {
  const directories = new Set<string>();
  for (const { path } of files) {
    const parts = path.split('/').slice(0, -1);
    parts.forEach((_, at) => directories.add(parts.slice(0, at + 1).join('/')));
  }
  return [...directories]
    .map((directory) => `${directory}/__init__.py`)
    .filter((path) => hasFile?.(path) !== true)
    .map((path) => ({ path, text: '' }));
}
