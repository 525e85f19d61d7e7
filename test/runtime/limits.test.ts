/**
 * One page of all limits, made from the code: `runtime/limits.md` (`npm run generate:limits` writes it). Each limit
 * says why it is what it is, what happens beyond it, and has a test that sends ten times as much; each collection says
 * what bounds it.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { NETWORK_LIMITS } from '../../runtime/network/limits.ts';
import { VERIFY_PACES } from '../../runtime/budget/limits.ts';

const ROOT = new URL('../..', import.meta.url).pathname;

function filesIn(folder: string, suffix: string): readonly string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(suffix))
    .map((name) => join(folder, name))
    .toSorted();
}

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

const limitFiles = filesIn('runtime', 'limits.ts').filter((path) => !path.includes('simulation'));

type Limit = {
  readonly room: string;
  readonly name: string;
  readonly value: string;
  readonly reason: string;
  /** What happens to what is more; undefined of a time or a share. */
  readonly beyond: string | undefined;
};

/** The values of tables of limits, whose reasons stand at the fields of their types. */
const TABLES: Readonly<Record<string, unknown>> = { ...NETWORK_LIMITS, ...VERIFY_PACES };

/** A doc comment, and the constant, or field of a type, that it stands in front of. */
const DOCUMENTED =
  /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\n(?:export const ([A-Z_0-9]+)\b(?:: [^=]+)? = ([\s\S]*?);\n| {2}readonly ([a-zA-Z]+):)/g;

function limitsOf(path: string): readonly Limit[] {
  const room = path.split('/').slice(1, -1).join('/');
  return [...read(path).matchAll(DOCUMENTED)].flatMap(
    ([, doc = '', constant, text = '', field]) => {
      const words = doc.replaceAll(/\s*\n\s*\* ?/g, ' ').trim();
      const [reason = '', beyond] = words.split(/\s*Beyond it: /);
      if (constant !== undefined) {
        return { room, name: constant, value: text.replaceAll(/\s+/g, ' '), reason, beyond };
      }
      const value: unknown = Reflect.get(TABLES, field ?? '');
      return value === undefined
        ? []
        : { room, name: field ?? '', value: printValue(value), reason, beyond };
    },
  );
}

function printValue(value: unknown): string {
  if (typeof value === 'number') return value.toLocaleString('en').replaceAll(',', '_');
  return Object.entries(value as object)
    .map(([name, number]) => `${name} ${String(number)}`)
    .join(', ');
}

const limits = limitFiles.flatMap(limitsOf);

/** A constant whose doc comment was not found would be missing from the page. */
function exportedIn(path: string): readonly string[] {
  return [...read(path).matchAll(/^export const ([A-Z_0-9]+)\b/gm)].map(([, name = '']) => name);
}

/** Tables, which are on the page field by field. */
const FIELD_BY_FIELD = ['NETWORK_LIMITS', 'VERIFY_PACES'];

test('every limit has its reason in front of it', () => {
  const names = limits.map(({ name }) => name);
  const all = limitFiles.flatMap(exportedIn).filter((name) => !FIELD_BY_FIELD.includes(name));
  const fields = [...Object.keys(NETWORK_LIMITS), ...Object.keys(VERIFY_PACES)];
  expect([...all, ...fields].filter((name) => !names.includes(name))).toEqual([]);
  expect(new Set(names).size).toBe(names.length);
});

const isMaximum = ({ name }: Limit): boolean => /(_MAX(_|$)|Max$)/.test(name);

test('every maximum says what happens beyond it', () => {
  expect(limits.filter(isMaximum).length).toBeGreaterThan(30);
  expect(limits.filter((one) => isMaximum(one) && one.beyond === undefined)).toEqual([]);
});

test('every maximum has a test that sends ten times as much', () => {
  const tests = filesIn('test', '.test.ts').map(read).join('\n');
  const untested = limits.filter(isMaximum).filter(({ name }) => {
    // A test may give a smaller maximum, under the name of the option.
    const option = name
      .toLowerCase()
      .replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
    const own = `(?:[A-Z_]+\\.)?(?:${name}|${option})`;
    return !new RegExp(`\\b10 \\* ${own}\\b|\\b${own} \\* 10\\b`).test(tests);
  });
  expect(untested.map(({ name }) => name)).toEqual([]);
});

/** Made once and kept: fields of classes, constants of modules and of functions that make things. */
const COLLECTION =
  /^( {2}readonly #\w+|( {2})?#\w+|const \w+| {2}(?:const|let) \w+)(?:: [^=\n]+)? = (?:new (?:Map|Set|WeakMap|WeakSet)\b|\[\];)/;

test('every collection that is kept says what bounds it', () => {
  const unbounded: string[] = [];
  let found = 0;
  for (const path of filesIn('runtime', '.ts')) {
    if (/^runtime\/(simulation|config)\//.test(path)) continue;
    const lines = read(path).split('\n');
    for (const [at, line] of lines.entries()) {
      const isKept =
        COLLECTION.test(line) &&
        !/^const \w+: (Readonly|readonly)/.test(line) &&
        (!/^ {2}(const|let)/.test(line) || isInMaker(lines, at));
      if (!isKept) continue;
      found += 1;
      if (!docAbove(lines, at).includes('BOUNDED'))
        unbounded.push(`${path}:${at + 1} ${line.trim()}`);
    }
  }
  expect(found).toBeGreaterThan(30);
  expect(unbounded).toEqual([]);
});

/** True inside a function that makes something which lives on. */
function isInMaker(lines: readonly string[], at: number): boolean {
  const head = lines.slice(0, at).findLast((line) => /^(export )?(async )?function /.test(line));
  return head !== undefined && /function create/.test(head);
}

/** The comment that ends in the line above. */
function docAbove(lines: readonly string[], at: number): string {
  if (lines[at - 1]?.trim().endsWith('*/') !== true) return '';
  const start = lines.slice(0, at).findLastIndex((line) => line.trim().startsWith('/**'));
  return lines.slice(start, at).join('\n');
}

function page(): string {
  const rows = limits.map(({ room, name, value, reason, beyond }) => {
    const cells = [`\`${room}\``, `\`${name}\``, `\`${value}\``, reason, beyond ?? ''];
    return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  });
  return [
    '# Limits',
    '',
    'Made from the `limits.ts` of each room by `npm run generate:limits`; a test compares them. Every maximum has a test that sends ten',
    'times as much.',
    '',
    '| room | limit | value | why | beyond it |',
    '|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}

test('the page says what the code does', async () => {
  await expect(page()).toMatchFileSnapshot('../../runtime/limits.md');
});
