/** Reads the few options the examples have. */
import { parseArgs } from 'node:util';

/**
 * The options with their defaults: numbers above 0, and choices, of which the first is the default.
 */
export type OptionDefaults = { readonly [name: string]: number | readonly [string, ...string[]] };

export type Options<D extends OptionDefaults> = {
  readonly [Name in keyof D]: D[Name] extends readonly string[] ? D[Name][number] : number;
};

/**
 * The options of this process. A wrong one ends it with exit code 2 and a line that says what would
 * be right.
 */
export function readOptions<const D extends OptionDefaults>(defaults: D): Options<D> {
  const names = Object.keys(defaults);
  try {
    const options = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]));
    const { values } = parseArgs({ options });
    const read = names.map((name) => [name, readOne(name, defaults[name], values[name])]);
    return Object.fromEntries(read) as Options<D>;
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    console.error(`Options: ${names.map((name) => describe(name, defaults[name])).join(', ')}`);
    process.exit(2);
  }
}

function readOne(
  name: string,
  standard: OptionDefaults[string] | undefined,
  text: string | boolean | undefined,
): number | string {
  if (typeof standard !== 'number') {
    const value = text ?? standard?.[0];
    if (typeof value === 'string' && standard?.includes(value) === true) return value;
    throw new Error(`--${name} takes one of ${standard?.join(', ')}, not "${String(text)}"`);
  }
  const value = Number(text ?? standard);
  if (!(value > 0 && value < Infinity)) {
    throw new Error(`--${name} takes a number above 0, not "${String(text)}"`);
  }
  return value;
}

function describe(name: string, standard: OptionDefaults[string] | undefined): string {
  return typeof standard === 'number' ? `--${name} N` : `--${name} ${standard?.join('|')}`;
}
