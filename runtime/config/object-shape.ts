/** Shapes of objects: their fields by our names and by those of py-ipv8. */
import { unknownName } from './near-names.ts';
import { describe, isRecord, note } from './shape.ts';
import type { Found, JsonSchema, Shape } from './shape.ts';

/** A field that may be left out. */
export type Optional<T> = { readonly optional: Shape<T> };

export function optional<T>(shape: Shape<T>): Optional<T> {
  return { optional: shape };
}

/** A field that may be left out and then has a value of its own. */
export type Defaulted<T> = { readonly otherwise: T; readonly shape: Shape<T> };

export function otherwise<T>(value: T, shape: Shape<T>): Defaulted<T> {
  return { otherwise: value, shape };
}

type Fields = {
  readonly [name: string]: Shape<unknown> | Optional<unknown> | Defaulted<unknown>;
};

/** What an object of these fields is: optional ones may be missing, never undefined. */
export type ObjectOf<F extends Fields> = {
  readonly [
    Name in keyof F as F[Name] extends Optional<unknown> ? never : Name
  ]: F[Name] extends Defaulted<infer T> ? T : F[Name] extends Shape<infer T> ? T : never;
} & {
  readonly [
    Name in keyof F as F[Name] extends Optional<unknown> ? Name : never
  ]?: F[Name] extends Optional<infer T> ? T : never;
};

type ObjectOptions = {
  /** Other fields are somebody else's to judge, and are kept. */
  readonly isOpen?: boolean;
};

/**
 * An object with these fields. Each may also be written as py-ipv8 writes it, `bootstrap_timeout`
 * for `bootstrapTimeout`, but not both.
 */
export function object<const F extends Fields>(
  fields: F,
  options: ObjectOptions = {},
): Shape<ObjectOf<F>> {
  const entries = Object.entries(fields).map(([name, field]) => entryOf(name, field));
  const { isOpen = false } = options;
  return {
    read(found) {
      const { value } = found;
      if (!isRecord(value)) return note(found, `this must be an object, not ${describe(value)}.`);
      if (!isOpen) noteUnknown(found, value, entries);
      const read: [string, unknown][] = isOpen ? others(value, entries) : [];
      for (const entry of entries) {
        const field = fieldOf(found, value, entry);
        const part = field === undefined ? entry.otherwise : entry.shape.read(field);
        if (part !== undefined) read.push([entry.name, part]);
      }
      // Of a field that is missing something was noted, so nobody uses an object without it.
      return Object.fromEntries(read) as ObjectOf<F>;
    },
    schema: schemaOf(entries, isOpen),
  };
}

type Entry = {
  readonly name: string;
  readonly pythonName: string;
  readonly shape: Shape<unknown>;
  readonly isOptional: boolean;
  /** The value of a field that is not there; undefined when it has none. */
  readonly otherwise: unknown;
};

function entryOf(name: string, field: Fields[string]): Entry {
  const pythonName = snakeCase(name);
  if ('read' in field) {
    return { name, pythonName, shape: field, isOptional: false, otherwise: undefined };
  }
  const shape = 'optional' in field ? field.optional : field.shape;
  const value = 'optional' in field ? undefined : field.otherwise;
  return { name, pythonName, shape, isOptional: true, otherwise: value };
}

function noteUnknown(
  { path, problems }: Found,
  value: Readonly<Record<string, unknown>>,
  entries: readonly Entry[],
): void {
  const names = entries.map(({ name }) => name);
  for (const name of Object.keys(value)) {
    if (isNameOf(name, entries)) continue;
    problems.push({ path: join(path, name), message: unknownName('setting', name, names) });
  }
}

function others(
  value: Readonly<Record<string, unknown>>,
  entries: readonly Entry[],
): [string, unknown][] {
  return Object.entries(value).filter(([name]) => !isNameOf(name, entries));
}

function isNameOf(name: string, entries: readonly Entry[]): boolean {
  return entries.some((entry) => entry.name === name || entry.pythonName === name);
}

/** The field's value under either name; undefined when it is not there. */
function fieldOf(
  { path, problems }: Found,
  value: Readonly<Record<string, unknown>>,
  { name, pythonName, isOptional }: Entry,
): Found | undefined {
  const isHere = (one: string): boolean => Object.hasOwn(value, one) && value[one] !== undefined;
  const hasOther = pythonName !== name && isHere(pythonName);
  if (isHere(name)) {
    const message = `"${name}" stands beside this and means the same: leave one out.`;
    if (hasOther) problems.push({ path: join(path, pythonName), message });
    return { value: value[name], path: join(path, name), problems };
  }
  if (hasOther) return { value: value[pythonName], path: join(path, pythonName), problems };
  if (!isOptional) problems.push({ path: join(path, name), message: 'this is missing.' });
  return undefined;
}

function schemaOf(entries: readonly Entry[], isOpen: boolean): JsonSchema {
  const properties: [string, JsonSchema][] = [];
  const required: string[] = [];
  const rules: JsonSchema[] = [];
  for (const { name, pythonName, shape, isOptional } of entries) {
    properties.push([name, shape.schema]);
    const isOneName = name === pythonName;
    if (!isOneName) properties.push([pythonName, shape.schema]);
    if (isOneName && !isOptional) required.push(name);
    if (isOneName) continue;
    if (isOptional) rules.push({ not: { required: [name, pythonName] } });
    else rules.push({ oneOf: [{ required: [name] }, { required: [pythonName] }] });
  }
  return {
    type: 'object',
    properties: Object.fromEntries(properties),
    ...(required.length > 0 && { required }),
    ...(rules.length > 0 && { allOf: rules }),
    ...(!isOpen && { additionalProperties: false }),
  };
}

/**
 * An object whose field `on` says which of several shapes it has; `what` is what such an object is
 * called. The shapes have that field too.
 */
export function variant<V extends { readonly [name: string]: Shape<unknown> }>(
  on: string,
  what: string,
  variants: V,
): Shape<ReadOf<V[keyof V]>> {
  const known = Object.keys(variants);
  return {
    read(found) {
      const { value, path, problems } = found;
      if (!isRecord(value)) return note(found, `this must be an object, not ${describe(value)}.`);
      const name = value[on];
      const place = { value: name, path: join(path, on), problems };
      if (name === undefined) return note(place, 'this is missing.');
      const shape =
        typeof name === 'string' && Object.hasOwn(variants, name) ? variants[name] : undefined;
      // The settings of what nobody knows are nobody's to judge.
      if (shape === undefined) {
        if (typeof name === 'string') return note(place, unknownName(what, name, known));
        return note(place, `this must be text, not ${describe(name)}.`);
      }
      // One of the variants read it.
      return shape.read(found) as ReadOf<V[keyof V]> | undefined;
    },
    // Each has `on` with its own name, so no object has two of them.
    schema: { oneOf: Object.values(variants).map(({ schema }) => schema) },
  };
}

type ReadOf<S> = S extends Shape<infer T> ? T : never;

/** As one of the variants when the field `on` names it; of any other name it is an `open` one. */
export function knownVariant<V extends { readonly [name: string]: Shape<unknown> }, O>(
  on: string,
  variants: V,
  open: Shape<O>,
): Shape<ReadOf<V[keyof V]> | O> {
  const other = { properties: { [on]: { not: { enum: Object.keys(variants) } } } };
  return {
    read(found) {
      const name = isRecord(found.value) ? found.value[on] : undefined;
      const isKnown = typeof name === 'string' && Object.hasOwn(variants, name);
      const shape: Shape<unknown> = (isKnown ? variants[name] : undefined) ?? open;
      // One of them read it.
      return shape.read(found) as ReadOf<V[keyof V]> | O | undefined;
    },
    schema: {
      oneOf: [
        ...Object.values(variants).map(({ schema }) => schema),
        { allOf: [open.schema, other] },
      ],
    },
  };
}

/** `present`, which needs the field `on`, when the object has it; otherwise `absent`, which knows no such field. */
export function dependingOn<A, B>(
  on: string,
  branches: { readonly present: Shape<A>; readonly absent: Shape<B> },
): Shape<A | B> {
  const { present, absent } = branches;
  return {
    read(found) {
      const { value } = found;
      const isThere = isRecord(value) && Object.hasOwn(value, on) && value[on] !== undefined;
      return isThere ? present.read(found) : absent.read(found);
    },
    schema: { oneOf: [present.schema, absent.schema] },
  };
}

/** `bootstrapTimeout` → `bootstrap_timeout`. */
function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function join(path: string, name: string): string {
  if (!/^[A-Za-z_$][\w$]*$/.test(name)) return `${path}[${JSON.stringify(name)}]`;
  return path === '' ? name : `${path}.${name}`;
}
