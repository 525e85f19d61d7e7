import { expect, test } from 'vitest';
import { applyAllows } from '../../../compiler/program/allows.ts';
import { loadProgram } from '../../../compiler/program/program.ts';
import { applyFixes } from '../../../compiler/diagnostics/apply-fixes.ts';
import { memoryHost, programOf } from '../check/expect-problems.ts';

async function codesOf(text: string): Promise<readonly string[]> {
  const { diagnostics } = await programOf({ 'a.ipv8': text });
  return diagnostics.map(({ code }) => code);
}

const FIELD = '#allow(style/field-name, "as there")';
const TYPE = '#allow(style/type-name, "as there")';
const DOC = '#allow(style/undocumented, "plain")';

test('an allow takes away the warnings of the node behind it, and of no other', async () => {
  expect(await codesOf(`${DOC}\nstruct A { ${FIELD} aB: u8 }`)).toEqual([]);
  expect(await codesOf(`${DOC}\nstruct A { ${FIELD} aB: u8, cD: u8 }`)).toEqual([
    'style/field-name',
  ]);
  expect(await codesOf(`${DOC}\n${FIELD}\nstruct A { aB: u8, cD: u8 }`)).toEqual([]);
  expect(await codesOf(`${DOC}\nstruct A {}\nstruct B {}`)).toEqual(['style/undocumented']);
});

test('allows stand in front of everything that has a name', async () => {
  const schema = `${DOC} ${TYPE} ${FIELD}
community c = dynamic {
  ${DOC} ${FIELD}
  unsigned message A = 1 { iD: u32 }
  ${DOC}
  ${FIELD} // three in a row
  unsigned message B = 2 { iD: u32, marks: bits { ${FIELD} oN, _[7] } }
  ${DOC} ${FIELD} request askB(A): B by iD
}
${DOC} enum E: u8 { ${FIELD} aB = 1 }
${DOC} ${FIELD} codec jSon: u8 via { ts: "a#b" }
#allow(style/constant-name, "as there") const A__B = 1
`;
  // What the community allows is allowed further in: there the inner ones are the ones in use.
  expect(await codesOf(schema)).toEqual(['allow/unused']);
});

test('an allowed import stays unused in peace', async () => {
  const { diagnostics } = await programOf({
    'a.ipv8': '#allow(import/unused, "for later")\nimport "./b.ipv8"',
    'b.ipv8': 'const B = 1',
  });
  expect(diagnostics).toEqual([]);
});

test('a comment in front of an allow documents what is behind it', async () => {
  const { model, diagnostics } = await programOf({
    'a.ipv8': `/// One.\n${TYPE}\n/// Two.\nstruct a { /// behind\n /// F.\n ${FIELD} aB: u8 }`,
  });
  expect(diagnostics).toEqual([]);
  expect(model.modules[0]?.declarations[0]).toMatchObject({
    doc: 'One.\nTwo.',
    fields: [{ doc: 'F.' }],
  });
});

test('errors cannot be allowed, and stay', async () => {
  const schema = '/// A.\nstruct A { #allow(name/unknown, "it comes") a: Missing }';
  expect(await codesOf(schema)).toEqual(['allow/error', 'name/unknown']);
});

test('an allow that takes nothing away is removed by its fix, with its line', async () => {
  const host = memoryHost({
    'a.ipv8': `/// A.\n${TYPE}\nstruct A {\n  ${FIELD}\n  a: u8, ${FIELD} b: u8\n}\n`,
  });
  const { diagnostics, sources } = await loadProgram(host, ['a.ipv8']);
  expect(diagnostics.map(({ code }) => code)).toEqual([
    'allow/unused',
    'allow/unused',
    'allow/unused',
  ]);
  const [source] = sources;
  const fixed = source && applyFixes(source, diagnostics).text;
  expect(fixed).toBe('/// A.\nstruct A {\n  a: u8, b: u8\n}\n');
});

test('codes of checks that did not run are left aside', async () => {
  const schema = '/// A.\n#allow(stub/unknown-handler, "kept")\nstruct A { a: u8 }';
  expect(await codesOf(schema)).toEqual([]);
  const { schemas } = await programOf({ 'a.ipv8': schema });
  const allows = schemas.flatMap(({ schema: { allows: own } }) => own);
  const told = applyAllows(allows, [], (code) => code.startsWith('stub/'));
  expect(told.map(({ code }) => code)).toEqual(['allow/unused']);
});

test('an allow is not called idle where something is broken', async () => {
  const allowed = (type: string): string =>
    `${DOC} community C = dynamic {\n  ${DOC} #allow(size/unbounded, "rare")\n` +
    `  unsigned message A = 1 { a: bytes<u16>, b: ${type} }\n}\n`;
  expect(await codesOf(allowed('u8'))).toEqual([]);
  expect(await codesOf(allowed('nope'))).toEqual(['name/unknown']);
  expect(await codesOf(`${allowed('u8')}struct A {`)).not.toContain('allow/unused');
});
