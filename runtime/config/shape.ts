/**
 * Shapes: each reads a value of unknown origin and says, as JSON Schema, what it reads. A
 * configuration is described once, in shapes, so that its parser and its published schema cannot
 * disagree.
 */
import type { ConfigProblem } from './config-error.ts';
import { unknownName } from './near-names.ts';

/** JSON Schema, draft 2020-12, as far as shapes need it. */
export type JsonSchema = { readonly [keyword: string]: unknown };

/** A value to be checked: where it stands and where problems are noted. */
export type Found = {
  readonly value: unknown;
  readonly path: string;
  readonly problems: ConfigProblem[];
};

export type Shape<T> = {
  /** The value, made anew; undefined when something was noted. */
  read(found: Found): T | undefined;
  readonly schema: JsonSchema;
};

export function note(found: Found, message: string): undefined {
  found.problems.push({ path: found.path, message });
  return undefined;
}

/** The same shape with a sentence on what it is for. */
export function described<T>(description: string, shape: Shape<T>): Shape<T> {
  return { read: (found) => shape.read(found), schema: { description, ...shape.schema } };
}

/** Whatever JSON can hold. */
export const anything: Shape<unknown> = { read: ({ value }) => value, schema: {} };

/** Text that is not empty. */
export const text: Shape<string> = {
  read(found) {
    const { value } = found;
    if (typeof value === 'string' && value !== '') return value;
    return note(found, `this must be text, not ${describe(value)}.`);
  },
  schema: { type: 'string', minLength: 1 },
};

/** Text that may be empty. */
export const anyText: Shape<string> = {
  read: (found) =>
    typeof found.value === 'string'
      ? found.value
      : note(found, `this must be text, not ${describe(found.value)}.`),
  schema: { type: 'string' },
};

/** Text of which `complaint` says what is wrong when it does not match; `pattern` is anchored. */
export function matching(pattern: string, complaint: (value: string) => string): Shape<string> {
  const expression = new RegExp(pattern, 'u');
  return {
    read(found) {
      const value = text.read(found);
      if (value === undefined || expression.test(value)) return value;
      return note(found, complaint(value));
    },
    schema: { type: 'string', minLength: 1, pattern },
  };
}

/** One of a few names. */
export function choice<const Name extends string>(
  what: string,
  known: readonly Name[],
): Shape<Name> {
  return {
    read(found) {
      const name = text.read(found);
      if (name === undefined) return undefined;
      const match = known.find((candidate) => candidate === name);
      return match ?? note(found, unknownName(what, name, known));
    },
    schema: { enum: known },
  };
}

/** What a number has to be. */
export type NumberRule = {
  readonly min: number;
  readonly max?: number;
  readonly isWhole?: boolean;
  /** Above `min`, not equal to it. */
  readonly isAbove?: boolean;
};

export function number(rule: NumberRule): Shape<number> {
  const { min, max, isWhole = false, isAbove = false } = rule;
  const type = isWhole ? 'integer' : 'number';
  const least = isAbove ? { exclusiveMinimum: min } : { minimum: min };
  return {
    read(found) {
      const { value } = found;
      const isNumber = typeof value === 'number' && Number.isFinite(value);
      if (isNumber && (!isWhole || Number.isInteger(value)) && isWithin(value, rule)) return value;
      return note(found, `this must be ${describeRule(rule)}, not ${describe(value)}.`);
    },
    schema: { type, ...least, ...(max !== undefined && { maximum: max }) },
  };
}

function isWithin(value: number, { min, max = Infinity, isAbove = false }: NumberRule): boolean {
  return value <= max && (isAbove ? value > min : value >= min);
}

function describeRule({ min, max, isWhole, isAbove }: NumberRule): string {
  const kind = isWhole === true ? 'a whole number' : 'a number';
  if (max !== undefined) return `${kind} from ${min} to ${max}`;
  return `${kind} ${isAbove === true ? 'above' : 'from'} ${min}`;
}

/** A list of any length, or of those that `length` allows. */
export function list<T>(of: Shape<T>, length: ListLength = {}): Shape<readonly T[]> {
  const { min = 0, max = Infinity, complaint } = length;
  return {
    read(found) {
      const all = elements(found);
      if (all === undefined) return undefined;
      if (all.length < min || all.length > max) {
        note(found, complaint?.(all.length) ?? `a list of ${all.length} does not fit here.`);
      }
      return all.flatMap((one) => {
        const value = of.read(one);
        return value === undefined ? [] : [value];
      });
    },
    schema: {
      type: 'array',
      items: of.schema,
      ...(min > 0 && { minItems: min }),
      ...(max < Infinity && { maxItems: max }),
    },
  };
}

export type ListLength = {
  readonly min?: number;
  readonly max?: number;
  /** What is wrong with another length. */
  readonly complaint?: (length: number) => string;
};

/** A list of exactly two, which is called `name` when it is not. */
export function pair<A, B>(
  name: string,
  first: Shape<A>,
  second: Shape<B>,
): Shape<readonly [A, B]> {
  return {
    read(found) {
      const all = elements(found);
      if (all === undefined) return undefined;
      const [one, other, ...more] = all;
      if (one === undefined || other === undefined || more.length > 0) {
        return note(found, `this must be ${name}.`);
      }
      const a = first.read(one);
      const b = second.read(other);
      return a === undefined || b === undefined ? undefined : [a, b];
    },
    schema: {
      type: 'array',
      prefixItems: [first.schema, second.schema],
      minItems: 2,
      maxItems: 2,
      items: false,
    },
  };
}

/** The elements of a list; undefined, noted, when it is none. */
export function elements(found: Found): readonly Found[] | undefined {
  const { value, path, problems } = found;
  if (!Array.isArray(value)) return note(found, `this must be a list, not ${describe(value)}.`);
  return value.map((element: unknown, at) => ({
    value: element,
    path: `${path}[${at}]`,
    problems,
  }));
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function describe(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'string') return JSON.stringify(value.slice(0, 40));
  if (typeof value === 'object' && value !== null) return 'an object';
  return String(value);
}
