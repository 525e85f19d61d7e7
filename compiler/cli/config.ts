/**
 * `ipv8.config.json`: where schemas are, where generated code goes, and how it finds the runtime.
 */
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { nearName } from './near-name.ts';
import { UsageError } from './usage-error.ts';

export const CONFIG_FILE = 'ipv8.config.json';

export type Config = {
  /**
   * Absolute; relative paths of the configuration start here, and schemas are named relative to it.
   */
  readonly directory: string;
  /** Files and directories of schemas. */
  readonly schemas: readonly string[];
  /** The directory that generated modules are written to. */
  readonly out: string;
  /** What generated modules import the codegen entry from. With a dot in front: a path. */
  readonly codegen: string;
  /** What handler stubs import the runtime from. With a dot in front: a path. */
  readonly runtime: string;
  /** The directory that tests made of vectors are written to; undefined for none. */
  readonly tests: string | undefined;
};

const DEFAULTS = {
  schemas: ['schemas'],
  out: 'generated',
  codegen: 'ipv8/codegen',
  runtime: 'ipv8',
} as const;

/** Every setting. */
const SETTINGS: readonly string[] = [...Object.keys(DEFAULTS), 'tests'];

/**
 * The configuration of the nearest directory upwards that has one; the defaults at `cwd` where none
 * has.
 */
export async function loadConfig(cwd: string): Promise<Config> {
  for (let directory = cwd; ; directory = dirname(directory)) {
    const file = join(directory, CONFIG_FILE);
    const text = await readOptional(file);
    if (text !== undefined) return parseConfig(text, file);
    if (dirname(directory) === directory) return { directory: cwd, ...DEFAULTS, tests: undefined };
  }
}

/** @throws UsageError that lists everything that is wrong at once. */
export function parseConfig(text: string, file: string): Config {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${file} is not JSON: ${error instanceof Error ? error.message : ''}`);
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw new UsageError(`${file}: expected an object at the top`);
  }
  const values = new Map<string, unknown>(Object.entries(json));
  const problems: string[] = [];
  for (const key of values.keys()) {
    if (!SETTINGS.includes(key) && key !== '$schema') problems.push(unknownKey(key));
  }
  const textOf = (key: 'out' | 'codegen' | 'runtime'): string => {
    const value = values.has(key) ? values.get(key) : DEFAULTS[key];
    if (typeof value === 'string' && value !== '') return value;
    problems.push(`"${key}" must be a text that is not empty`);
    return DEFAULTS[key];
  };
  const config = {
    directory: dirname(file),
    schemas: schemaPaths(values, problems),
    out: textOf('out'),
    codegen: textOf('codegen'),
    runtime: textOf('runtime'),
    tests: testsPath(values, problems),
  };
  if (problems.length > 0) throw new UsageError([file, ...problems].join('\n  '));
  return config;
}

function schemaPaths(values: ReadonlyMap<string, unknown>, problems: string[]): readonly string[] {
  const value = values.has('schemas') ? values.get('schemas') : DEFAULTS.schemas;
  const isList = Array.isArray(value) && value.length > 0;
  if (isList && value.every((one): one is string => typeof one === 'string' && one !== '')) {
    return value;
  }
  problems.push('"schemas" must be a list of paths');
  return DEFAULTS.schemas;
}

function testsPath(values: ReadonlyMap<string, unknown>, problems: string[]): string | undefined {
  const value = values.get('tests');
  if (value === undefined || (typeof value === 'string' && value !== '')) return value;
  problems.push('"tests" must be a text that is not empty');
  return undefined;
}

function unknownKey(key: string): string {
  const near = nearName(key, SETTINGS);
  const hint = near === undefined ? `known are ${SETTINGS.join(', ')}` : `the nearest is "${near}"`;
  return `"${key}" is not a setting; ${hint}`;
}

async function readOptional(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
