/** Names → values: assignments, definitions, and imports between the files. */
import type { Binding, Module, Scope } from '../names/scope.ts';
import { combine } from './operators.ts';
import type { Value } from './value.ts';
import { guarded, type World } from './world.ts';

/** Assignments to one name in one place; behind so many, what it stands for is not followed. */
const BINDINGS_MAX = 200;

/** What a name stands for where it is used; undefined for one that nobody defines. */
export function lookUp(
  world: World,
  name: string,
  { at, scope }: { readonly scope: Scope; readonly at: number },
): Value | undefined {
  for (let place: Scope | undefined = scope; place !== undefined; place = place.parent) {
    // A class's names are not those of its methods.
    if (place !== scope && place.kind === 'class') continue;
    const bindings = place.bindings.get(name);
    if (bindings !== undefined) {
      const before = place === scope ? bindings.filter(({ span }) => span.start < at) : bindings;
      const value = boundValue(world, before, place);
      if (value !== undefined) return value;
    }
    const starred = fromStars(world, name, place);
    if (starred !== undefined) return starred;
  }
  return undefined;
}

/** What the last of the bindings gives; undefined when there is none. */
export function boundValue(
  world: World,
  bindings: readonly Binding[],
  scope: Scope,
): Value | undefined {
  const last = bindings.at(-1);
  if (last === undefined) return undefined;
  const before = bindings.slice(0, -1);
  const hidden: Value = { kind: 'unknown', span: last.span };
  // Which one of several holds is known only when the program runs.
  const isOpen =
    bindings.length > BINDINGS_MAX ||
    (last.isConditional && before.some(({ kind }) => kind !== 'import'));
  if (isOpen && last.kind !== 'class' && last.kind !== 'function') return hidden;
  switch (last.kind) {
    case 'class':
      return { kind: 'class', info: last.info };
    case 'function':
      return { kind: 'function', info: last.info };
    case 'import':
      return importedValue(world, last, scope.module());
    case 'value':
      return world.evaluate(last.value, scope);
    case 'update': {
      const old = boundValue(world, before, scope);
      if (old === undefined) return hidden;
      return combine(last.operator, [old, world.evaluate(last.value, scope)]) ?? hidden;
    }
    case 'hidden':
      return hidden;
  }
}

function fromStars(world: World, name: string, scope: Scope): Value | undefined {
  for (const { from } of scope.stars) {
    const module = world.modules.find(from, scope.module());
    const found = module === undefined ? undefined : inModule(world, module, name);
    if (found !== undefined) return found;
  }
  return undefined;
}

function inModule(world: World, module: Module, name: string): Value | undefined {
  return guarded(world.looked, `${module.path}:${name}`, () =>
    world.lookUp(name, module.scope, Infinity),
  );
}

function importedValue(
  world: World,
  { from, path }: Extract<Binding, { readonly kind: 'import' }>,
  module: Module,
): Value {
  const { modules } = world;
  if (from === undefined) {
    const found = modules.find(path, module);
    return found === undefined
      ? { kind: 'library', name: path, from: '' }
      : { kind: 'module', module: found };
  }
  const source = modules.find(from, module);
  const inside = source === undefined ? undefined : inModule(world, source, path);
  if (inside !== undefined) return inside;
  const submodule = modules.find(from.endsWith('.') ? from + path : `${from}.${path}`, module);
  if (submodule !== undefined) return { kind: 'module', module: submodule };
  return { kind: 'library', name: path, from };
}
