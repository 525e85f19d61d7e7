/** Whatever a file looks like, stubs are inserted and nothing else happens to it. */
import * as fc from 'fast-check';
import { format, type Options } from 'prettier';
import { ts } from 'ts-morph';
import { expect, test } from 'vitest';
import type { FileStyle } from '../../../compiler/stub/file-style.ts';
import { request, reviewed } from './requests.ts';
import { NAMES, printUserFile, userFile } from './user-files.ts';
import { runs } from '../../effort.ts';

const ALL = request(...NAMES);
const HANDLERS = NAMES.map((name) => name.charAt(0).toLowerCase() + name.slice(1));

/** How often each name is a member of an object or class. */
function memberCounts(text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const visit = (node: ts.Node): void => {
    const isMember = ts.isClassElement(node) || ts.isObjectLiteralElementLike(node);
    const name = isMember ? node.name : undefined;
    if (name !== undefined && (ts.isIdentifier(name) || ts.isStringLiteral(name))) {
      counts.set(name.text, (counts.get(name.text) ?? 0) + 1);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('sample.ts', text, ts.ScriptTarget.Latest));
  return counts;
}

/** Adds what is missing, and checks all that must hold of any file. */
async function completed(text: string, style: Partial<FileStyle> = {}): Promise<string> {
  const once = await reviewed(text, { ...ALL, style });
  expect(once.isReadable, text).toBe(true);
  let left = once.text;
  for (const { replacement, span } of once.edits.toSorted((a, b) => a.span.start - b.span.start)) {
    expect(span.end).toBe(span.start);
    expect(left.slice(span.start).startsWith(replacement)).toBe(true);
    left = left.slice(0, span.start) + left.slice(span.start + replacement.length);
  }
  expect(left).toBe(text);
  const counts = memberCounts(once.text);
  for (const name of HANDLERS) expect(counts.get(name), `${name} in\n${once.text}`).toBe(1);
  const twice = await reviewed(once.text, { ...ALL, style });
  expect(twice.codes, once.text).toEqual([]);
  expect(twice.text).toBe(once.text);
  return once.text;
}

test('every handler once, no other byte changed, nothing the second time', async () => {
  await fc.assert(
    fc.asyncProperty(userFile, async (file) => {
      const text = printUserFile(file);
      const after = await completed(text);
      const ends = after.match(/\r?\n/g) ?? [];
      expect(new Set(ends)).toEqual(new Set([file.endOfLine]));
    }),
    runs(20),
  );
});

const prettierOptions = fc.record({
  printWidth: fc.constantFrom(80, 100, 120),
  tabWidth: fc.constantFrom(2, 4),
  useTabs: fc.boolean(),
  semi: fc.boolean(),
  singleQuote: fc.boolean(),
  trailingComma: fc.constantFrom('all', 'es5', 'none'),
  bracketSpacing: fc.boolean(),
  endOfLine: fc.constantFrom('lf', 'crlf'),
});

/** False where Prettier itself breaks the head of an empty class once it holds a method. */
async function keepsHead(text: string, options: Options): Promise<boolean> {
  const head = /\(class\s+implements [\w.]+ \{(?=\}\))/.exec(text)?.[0];
  if (head === undefined) return true;
  return (await format(text.replace(head, `${head} first() {} `), options)).includes(head);
}

test('a file that Prettier accepts stays one', async () => {
  await fc.assert(
    fc.asyncProperty(userFile, prettierOptions, async (file, chosen) => {
      const options: Options = { ...chosen, parser: 'typescript' };
      const text = await format(printUserFile(file), options);
      // Spaces in an object of one line cannot become parts of indentation by tabs.
      fc.pre(!(chosen.useTabs && /\{ ?\w+\(\) \{\}(, | \})/.test(text)));
      fc.pre(await keepsHead(text, options));
      const after = await completed(text, {
        unit: chosen.useTabs ? '\t' : ' '.repeat(chosen.tabWidth),
        braceSpace: chosen.bracketSpacing ? ' ' : '',
        width: chosen.printWidth,
        tabWidth: chosen.tabWidth,
        trailingCommas: chosen.trailingComma,
      });
      expect(after).toBe(await format(after, options));
    }),
    runs(20),
  );
});
