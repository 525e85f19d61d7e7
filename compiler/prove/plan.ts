/** What the Python side is told before it is asked: where modules lie, and what each type is there. */
import type { Field, Model } from '../ir/model.ts';
import type { WireType } from '../ir/wire-type.ts';
import { createModelNames, type ModelNames } from '../targets/python/model-names.ts';
import { createPlaces } from '../targets/python/scope.ts';
import type { TargetInput } from '../targets/target.ts';
import type { JsonValue } from '../values/json-value.ts';
import { createDeclarations, type Declarations } from '../wire/declarations.ts';
import { type Rooted, rootsOf } from '../wire/roots.ts';

export type PythonPlan = {
  /** In the order of their places. */
  readonly roots: readonly (Rooted & { readonly type: JsonValue })[];
  /** What cannot be compared, and why. */
  readonly skipped: readonly { readonly name: string; readonly why: string }[];
};

/**
 * Everything in the named schemas that the target `python` writes a class of; `input` is what the
 * target is given.
 */
export function planPython(input: TargetInput, named: ReadonlySet<string>): PythonPlan {
  const { model } = input;
  const declarations = createDeclarations(model);
  const places = createPlaces(input);
  const naming: Naming = {
    declarations,
    model,
    names: createModelNames(model),
    moduleOf: (path) => places.fileOf(path).split('/').join('.'),
  };
  const roots: (Rooted & { readonly type: JsonValue })[] = [];
  const skipped: { readonly name: string; readonly why: string }[] = [];
  const modules = model.modules.filter(({ path }) => named.has(path));
  for (const one of rootsOf({ modules })) {
    const { name, root } = one;
    if ('variants' in root) {
      skipped.push({ name, why: 'Python has no class of a union; what holds it is compared' });
      continue;
    }
    const codec = codecIn(root.fields, naming, new Set());
    if (codec !== undefined) {
      skipped.push({ name, why: `its values are made by ${codec}` });
      continue;
    }
    const className =
      'auth' in root ? naming.names.ofPayload(root) : naming.names.ofDeclaration(name);
    roots.push({ ...one, type: objectPlan(root.place.path, className, root.fields, root, naming) });
  }
  return { roots, skipped };
}

type Naming = {
  readonly declarations: Declarations;
  readonly model: Model;
  readonly names: ModelNames;
  /** Of a schema, as the worker imports it. */
  readonly moduleOf: (path: string) => string;
};

/** A class, and what each of its attributes is, in the order of the fields. */
function objectPlan(
  path: string,
  className: string,
  fields: readonly Field[],
  owner: object,
  naming: Naming,
): JsonValue {
  const own = fields.filter(({ constant }) => constant === undefined);
  const attributes = own.map(({ name, type }): JsonValue => {
    return [name, typePlan(type, { owner, path, field: name }, naming)];
  });
  return ['object', [naming.moduleOf(path), className], attributes];
}

/** Whose field a type is of: classes of `bits` are called by it. */
type Holder = { readonly owner: object; readonly path: string; readonly field: string };

function typePlan(type: WireType, holder: Holder, naming: Naming): JsonValue {
  switch (type.kind) {
    case 'bool':
    case 'string':
      return 'same';
    case 'integer':
      return type.bits === 64 ? 'long' : 'integer';
    case 'float':
      return 'float';
    case 'fixed-bytes':
    case 'bytes':
    case 'rest':
      return 'bytes';
    case 'address':
      return 'address';
    case 'array':
      return ['list', { bool: 'same', f64: 'float', i64: 'long' }[type.element]];
    case 'list':
      return ['list', typePlan(type.element, holder, naming)];
    case 'codec':
      return typePlan(type.carrier, holder, naming);
    case 'enum':
      return ['enum', declaredPlace(type.enumName, naming)];
    case 'flags':
      return ['flags', declaredPlace(type.flagsName, naming)];
    case 'struct':
      return structPlan(type.structName, naming);
    case 'union': {
      const { variants } = naming.declarations.union(type.unionName);
      const plans = variants.map(({ structName }) => [structName, structPlan(structName, naming)]);
      return ['union', plans];
    }
    case 'bits': {
      const name = naming.names.ofBits(holder.owner, holder.field);
      const members = type.members.flatMap((member): JsonValue[] => {
        if (member.kind === 'unused') return [];
        if (member.kind === 'flag') return [[member.name, 'same']];
        if (member.kind === 'number') return [[member.name, 'integer']];
        return [[member.name, ['enum', declaredPlace(member.enumName, naming)]]];
      });
      return ['object', [naming.moduleOf(holder.path), name], members];
    }
  }
}

function structPlan(name: string, naming: Naming): JsonValue {
  const struct = naming.declarations.struct(name);
  const className = naming.names.ofDeclaration(name);
  return objectPlan(struct.place.path, className, struct.fields, struct, naming);
}

function declaredPlace(name: string, { model, moduleOf, names }: Naming): JsonValue {
  const found = model.modules
    .flatMap(({ declarations }) => declarations)
    .find((one) => one.name === name);
  return [moduleOf(found?.place.path ?? ''), names.ofDeclaration(name)];
}

/** Where the Python code of the first codec is that has some: without it the value is the carrier's. */
function codecIn(fields: readonly Field[], naming: Naming, seen: Set<string>): string | undefined {
  for (const { type } of fields) {
    const found = codecOf(type, naming, seen);
    if (found !== undefined) return found;
  }
  return undefined;
}

function codecOf(type: WireType, naming: Naming, seen: Set<string>): string | undefined {
  const inStruct = (name: string): string | undefined => {
    if (seen.has(name)) return undefined;
    seen.add(name);
    return codecIn(naming.declarations.struct(name).fields, naming, seen);
  };
  switch (type.kind) {
    case 'list':
      return codecOf(type.element, naming, seen);
    case 'struct':
      return inStruct(type.structName);
    case 'union':
      for (const { structName } of naming.declarations.union(type.unionName).variants) {
        const found = inStruct(structName);
        if (found !== undefined) return found;
      }
      return undefined;
    case 'codec': {
      const declared = naming.model.modules
        .flatMap(({ declarations }) => declarations)
        .find(({ name }) => name === type.codecName);
      const code = declared?.kind === 'codec' ? declared.targets['py'] : undefined;
      return code ?? codecOf(type.carrier, naming, seen);
    }
    default:
      return undefined;
  }
}
