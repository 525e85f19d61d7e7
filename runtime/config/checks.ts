/** Small checks over `unknown`, each of which notes what is wrong and where. */
import type { ConfigProblem } from './config-error.ts';
import { unknownName } from './near-names.ts';

/** A value to be checked: where it stands and where problems are noted. */
export type Found = {
  readonly value: unknown;
  readonly path: string;
  readonly problems: ConfigProblem[];
};

export function note(found: Found, message: string): undefined {
  found.problems.push({ path: found.path, message });
  return undefined;
}

/** The fields of an object. `known` are all it may have; those with a question mark it may lack. */
export function fields<const Names extends readonly string[]>(
  found: Found,
  known: Names,
): { readonly [Name in Names[number] as Plain<Name>]: Found } | undefined {
  const { value, path, problems } = found;
  if (!isRecord(value)) return note(found, `this must be an object, not ${describe(value)}.`);
  const names = known.map((name) => name.replace('?', ''));
  for (const name of Object.keys(value)) {
    if (names.includes(name)) continue;
    problems.push({ path: join(path, name), message: unknownName('setting', name, names) });
  }
  for (const [at, name] of names.entries()) {
    if (value[name] !== undefined || known[at]?.endsWith('?') === true) continue;
    problems.push({ path: join(path, name), message: 'this is missing.' });
  }
  const entries = names.map((name) => [
    name,
    { value: value[name], path: join(path, name), problems },
  ]);
  // The entries are made from `known`, name by name.
  return Object.fromEntries(entries) as { [Name in Names[number] as Plain<Name>]: Found };
}

type Plain<Name extends string> = Name extends `${infer Bare}?` ? Bare : Name;

/**
 * The elements of an array; none, noted, when it is no array. A missing one was noted by `fields`.
 */
export function elements(found: Found): readonly Found[] {
  const { value, path, problems } = found;
  if (value === undefined) return [];
  if (!Array.isArray(value)) {
    note(found, `this must be a list, not ${describe(value)}.`);
    return [];
  }
  return value.map((element: unknown, at) => ({
    value: element,
    path: `${path}[${at}]`,
    problems,
  }));
}

export function text(found: Found): string | undefined {
  const { value } = found;
  if (value === undefined) return undefined;
  if (typeof value === 'string' && value !== '') return value;
  return note(found, `this must be text, not ${describe(value)}.`);
}

/** One of a few names. */
export function choice<const Name extends string>(
  found: Found,
  what: string,
  known: readonly Name[],
): Name | undefined {
  const name = text(found);
  if (name === undefined) return undefined;
  const match = known.find((candidate) => candidate === name);
  return match ?? note(found, unknownName(what, name, known));
}

/** What a number has to be. */
export type NumberRule = {
  readonly min: number;
  readonly max?: number;
  readonly isWhole?: boolean;
  /** Above `min`, not equal to it. */
  readonly isAbove?: boolean;
};

export function number(found: Found, rule: NumberRule): number | undefined {
  const { value } = found;
  if (value === undefined) return undefined;
  const isNumber = typeof value === 'number' && Number.isFinite(value);
  const isWhole = rule.isWhole !== true || Number.isInteger(value);
  if (isNumber && isWhole && isWithin(value, rule)) return value;
  return note(found, `this must be ${describeRule(rule)}, not ${describe(value)}.`);
}

function isWithin(value: number, { min, max = Infinity, isAbove = false }: NumberRule): boolean {
  return value <= max && (isAbove ? value > min : value >= min);
}

function describeRule({ min, max, isWhole, isAbove }: NumberRule): string {
  const kind = isWhole === true ? 'a whole number' : 'a number';
  if (max !== undefined) return `${kind} from ${min} to ${max}`;
  return `${kind} ${isAbove === true ? 'above' : 'from'} ${min}`;
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function join(path: string, name: string): string {
  if (!/^[A-Za-z_$][\w$]*$/.test(name)) return `${path}[${JSON.stringify(name)}]`;
  return path === '' ? name : `${path}.${name}`;
}

function describe(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'string') return JSON.stringify(value.slice(0, 40));
  if (typeof value === 'object' && value !== null) return 'an object';
  return String(value);
}
