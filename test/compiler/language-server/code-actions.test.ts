import { expect, test } from 'vitest';
import { codeActions, FIX_ALL } from '../../../compiler/language-server/code-actions.ts';
import { diagnosticsOf } from '../../../compiler/language-server/diagnostics.ts';
import { applied, viewOf } from './views.ts';

const BROKEN = `/// A.
struct Address { a u8, b: u16 c: u8 }

/// B.
struct Other { a: Adress‸ }
`;

test('the repairs of what is wrong at a place are offered, near names among them', async () => {
  const { position, view } = await viewOf({ 'a.ipv8': BROKEN });
  const range = { start: position, end: position };
  const actions = await codeActions(view, { range, only: ['quickfix'] });
  expect(actions.map(({ isPreferred, kind, title }) => [title, kind, isPreferred])).toEqual([
    ['a similar name exists: `Address`', 'quickfix', false],
  ]);
  expect(actions[0]?.diagnostics?.[0]).toEqual(
    diagnosticsOf(view, 'a.ipv8').find(({ code }) => code === 'name/unknown'),
  );
  const text = applied(view, actions[0]?.edit ?? {})['a.ipv8'];
  expect(text).toContain('struct Other { a: Address }');
});

test('all that cannot be wrong is repaired at once', async () => {
  const { view } = await viewOf({ 'a.ipv8': BROKEN });
  const start = { line: 0, character: 0 };
  const actions = await codeActions(view, {
    range: { start, end: start },
    only: ['source.fixAll'],
  });
  expect(actions.map(({ kind }) => kind)).toEqual([FIX_ALL]);
  const text = applied(view, actions[0]?.edit ?? {})['a.ipv8'];
  expect(text).toContain('struct Address { a: u8, b: u16, c: u8 }');
  expect(text).toContain('a: Adress }');
});

test('what is sound has nothing to repair', async () => {
  const { view } = await viewOf({ 'a.ipv8': '/// A.\nstruct A { a: u8 }\n' });
  const range = { start: { line: 0, character: 0 }, end: { line: 9, character: 9 } };
  expect(await codeActions(view, { range, only: undefined })).toEqual([]);
});

test('a diagnostic says where else to look, what is known and what to do', async () => {
  const { view } = await viewOf({
    'a.ipv8': 'import "./b.ipv8"\n\n/// A.\nstruct A { a: u8 }\n\n/// A.\nstruct A { b: u8 }\n',
    'b.ipv8': '/// B.\nstruct B { a: u8 }\n',
  });
  expect(diagnosticsOf(view, 'a.ipv8')).toMatchInlineSnapshot(`
    [
      {
        "code": "import/unused",
        "message": "nothing of \`b.ipv8\` is used",
        "range": {
          "end": {
            "character": 17,
            "line": 0,
          },
          "start": {
            "character": 0,
            "line": 0,
          },
        },
        "relatedInformation": [],
        "severity": 2,
        "source": "ipv8",
        "tags": [
          1,
        ],
      },
      {
        "code": "name/duplicate",
        "message": "the name \`A\` is declared twice: declared again here",
        "range": {
          "end": {
            "character": 8,
            "line": 6,
          },
          "start": {
            "character": 7,
            "line": 6,
          },
        },
        "relatedInformation": [
          {
            "location": {
              "range": {
                "end": {
                  "character": 8,
                  "line": 3,
                },
                "start": {
                  "character": 7,
                  "line": 3,
                },
              },
              "uri": "file:///a.ipv8",
            },
            "message": "first declared here",
          },
        ],
        "severity": 1,
        "source": "ipv8",
      },
    ]
  `);
});

test('of one document a hundred diagnostics are shown', async () => {
  const { view } = await viewOf({ 'a.ipv8': 'struct A { a: Gone }\n'.repeat(500) });
  expect(diagnosticsOf(view, 'a.ipv8')).toHaveLength(100);
});

test('a warning is allowed in front of what it is about', async () => {
  const text = '/// A.\nstruct A {\n  /// B.\n  aB: u8‸, cD: u8\n}\n';
  const { position, view } = await viewOf({ 'a.ipv8': text });
  const range = { start: { line: 0, character: 0 }, end: position };
  const actions = await codeActions(view, { range, only: ['quickfix'] });
  const allow = actions.find(({ title }) => title === 'allow `style/field-name` here');
  expect(applied(view, allow?.edit ?? {})['a.ipv8']).toBe(
    '/// A.\nstruct A {\n  /// B.\n  #allow(style/field-name, "say why")\n  aB: u8, cD: u8\n}\n',
  );
  const after = await viewOf({ 'a.ipv8': applied(view, allow?.edit ?? {})['a.ipv8'] ?? '' });
  expect(diagnosticsOf(after.view, 'a.ipv8')).toHaveLength(1);
});

test('an error cannot be allowed', async () => {
  const { position, view } = await viewOf({ 'a.ipv8': BROKEN });
  const range = { start: position, end: position };
  const actions = await codeActions(view, { range, only: ['quickfix'] });
  expect(actions.filter(({ title }) => title.startsWith('allow'))).toEqual([]);
});

test('a name of a schema that is not imported is repaired by its import', async () => {
  const text = '/// A.\nstruct A { a: Far‸ }\n';
  const far = { 'far/far.ipv8': '/// Far.\nstruct Far { a: u8 }\n' };
  const { position, view } = await viewOf({ 'a.ipv8': text, ...far });
  const actions = await codeActions(view, {
    range: { start: position, end: position },
    only: ['quickfix'],
  });
  expect(actions.map(({ title }) => title)).toEqual(['import the schema that declares it']);
  const changed = applied(view, actions[0]?.edit ?? {})['a.ipv8'] ?? '';
  expect(changed).toMatch(/^import "\.\/far\/far\.ipv8"\n\n\/\/\/ A\.\n/);
  const after = await viewOf({ 'a.ipv8': changed, ...far });
  expect(diagnosticsOf(after.view, 'a.ipv8')).toEqual([]);
});
