/** Classes → their bases and attributes. */
import type { ClassInfo } from '../names/scope.ts';
import { boundValue } from './bindings.ts';
import type { Value } from './value.ts';
import { guarded, type World } from './world.ts';

/** The values of the bases that are written with the class. */
export function basesOf(world: World, { definition, outer }: ClassInfo): readonly Value[] {
  return definition.bases
    .filter(({ name }) => name === undefined)
    .map(({ value }) => world.evaluate(value, outer));
}

/** Classes of one line; what extends more is not followed to its end. */
const LINE_MAX = 100;

/** The class and the bases that are in the files, in the order in which attributes are looked up. */
export function lineageOf(world: World, info: ClassInfo): readonly ClassInfo[] {
  const found = world.lineages.get(info);
  if (found !== undefined) return found;
  const above = guarded(world.busy, info, () =>
    basesOf(world, info).flatMap((base) => {
      const plain = base.kind === 'index' ? base.object : base;
      return plain.kind === 'class' ? lineageOf(world, plain.info) : [];
    }),
  );
  if (above === undefined) return [info];
  above.length = Math.min(above.length, LINE_MAX);
  // Of a base that is reached twice the last place counts, as in Python.
  const last = new Map([info, ...above].map((one, at) => [one, at] as const));
  const line = [info, ...above].filter((one, at) => last.get(one) === at);
  world.lineages.set(info, line);
  return line;
}

/** A class attribute, its own or a base's; what is written to it behind the class counts too. */
export function attributeOf(world: World, info: ClassInfo, name: string): Value | undefined {
  for (const one of lineageOf(world, info)) {
    const written = one.outer.writes
      .filter(({ name: attr, object }) => attr === name && object === one.definition.name.name)
      .map(({ binding }) => binding);
    const own = one.scope.bindings.get(name) ?? [];
    const value = boundValue(world, written, one.outer) ?? boundValue(world, own, one.scope);
    if (value !== undefined) return value;
  }
  return undefined;
}
