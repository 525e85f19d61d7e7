import { expect, test } from 'vitest';
import { applyFixes } from '../../../compiler/diagnostics/apply-fixes.ts';
import { catalog } from '../../../compiler/diagnostics/catalog.ts';
import { diagnose, type Diagnostic } from '../../../compiler/diagnostics/diagnostic.ts';
import { createSource } from '../../../compiler/source/source.ts';
import { programOf } from '../check/expect-problems.ts';
import { readPage } from '../reference/blocks.ts';

const source = createSource('a.ipv8', 'abcdef');

function fault(edits: readonly (readonly [number, number, string])[]): Diagnostic {
  return diagnose(
    'syntax/unclosed',
    { open: '{' },
    {
      at: { source, start: 0, end: 1 },
      suggestions: [
        {
          text: 'change it',
          applicability: 'machine-applicable',
          edits: edits.map(([start, end, replacement]) => ({
            span: { source, start, end },
            replacement,
          })),
        },
      ],
    },
  );
}

test('edits are applied together, whatever their order', () => {
  const { fixed, text } = applyFixes(source, [fault([[4, 6, 'X']]), fault([[0, 1, 'YY']])]);
  expect([text, fixed.length]).toEqual(['YYbcdX', 2]);
});

test('a suggestion that touches another waits, as a whole', () => {
  const both = fault([
    [5, 6, 'X'],
    [2, 2, 'Y'],
  ]);
  const { fixed, text } = applyFixes(source, [fault([[1, 3, '-']]), both]);
  expect([text, fixed.length]).toEqual(['a-def', 1]);
  const inserts = applyFixes(source, [fault([[2, 2, '1']]), fault([[2, 2, '2']])]);
  expect(inserts.text).toBe('ab1cdef');
});

test('edits of another source are not applied', () => {
  const other = createSource('a.ipv8', source.text);
  expect(applyFixes(other, [fault([[0, 1, 'X']])])).toEqual({ text: source.text, fixed: [] });
});

test('a message id and a type are never guessed', async () => {
  for (const code of ['id/taken', 'id/introduction', 'id/reserved', 'name/unknown']) {
    const { diagnostics, sources } = await programOf(readPage(code).faulty);
    for (const one of sources) expect(applyFixes(one, diagnostics).fixed).toEqual([]);
  }
});

/** Every schema of a page after all repairs, and the codes that were repaired. */
async function repaired(schemas: Readonly<Record<string, string>>) {
  const texts = { ...schemas };
  const codes = new Set<string>();
  for (let round = 0; round < 20; round++) {
    const { diagnostics, sources } = await programOf(texts);
    let isChanged = false;
    for (const one of sources) {
      const { fixed, text } = applyFixes(one, diagnostics);
      for (const { code } of fixed) codes.add(code);
      if (fixed.length > 0) [texts[one.path], isChanged] = [text, true];
    }
    if (!isChanged) return { codes, diagnostics };
  }
  throw new Error('the repairs do not end');
}

const FIXABLE: Readonly<Record<string, readonly string[]>> = {
  'syntax/expected': [
    'struct A { a u8 }',
    'community A = dynamic {\n  signed Hello = 1 {}\n}',
    'struct A { a: list<u8 u8> }',
    'struct A { a: bytes[2 }',
    'const A 1',
  ],
  'syntax/unknown-word': ['community A = dynamic {\n  signed mesage Hello = 1 {}\n}'],
  'syntax/missing-separator': ['struct A { a: u8 b: u8 c: u8 }'],
  'syntax/unexpected': [
    'struct A { a: u8; b: u8; };\nconst B = 1; const C = 2;\nstruct D {}; struct E { c: u8;; }',
    'community A = dynamic {\n  unsigned message B = 1 {};\n  reserved 2;\n  unsigned message C = 3 { a: u8; } // c\n}',
    'enum A: u8 { a = 1; b = 2; }',
  ],
  'allow/unused': ['/// A.\n#allow(style/type-name, "told")\nstruct A { a: u8 }'],
  'override/with-id': [
    'abstract community A { unsigned message B = 5 {} }\n' +
      'community C extends A = dynamic { unsigned message D overrides B = 5 { const a: u8 = 1 } }',
  ],
  'import/repeated': [],
  'import/unused': [],
  'size/exceeds-datagram': [],
};

test('the codes with a repair are those listed here', async () => {
  const found = new Set<string>();
  for (const code of Object.keys(catalog)) {
    for (const one of (await repaired(readPage(code).faulty)).codes) found.add(one);
  }
  expect([...found].sort()).toEqual(Object.keys(FIXABLE).sort());
});

test.each(Object.entries(FIXABLE))('%s is gone after its repair', async (code, more) => {
  const all = [readPage(code).faulty, ...more.map((text) => ({ 'a.ipv8': text }))];
  for (const schemas of all) {
    const { codes, diagnostics } = await repaired(schemas);
    expect(codes).toContain(code);
    const left = diagnostics.filter((one) => one.code === code || one.severity === 'error');
    expect(left.map((one) => one.title)).toEqual([]);
  }
});

test('a word near to two is left to a person', async () => {
  const { codes } = await repaired({
    'a.ipv8': 'community A = dynamic {\n  nsigned message Hello = 1 {}\n}',
  });
  expect([...codes]).toEqual([]);
});
