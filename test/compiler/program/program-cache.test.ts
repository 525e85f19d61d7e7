/** A cache that is loaded again and again says what a fresh load says. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  createProgramCache,
  loadProgram,
  type Program,
} from '../../../compiler/program/program.ts';
import { renderDiagnostics } from '../../../compiler/diagnostics/render.ts';
import { memoryHost } from '../check/expect-problems.ts';
import { runs } from '../../effort.ts';

type Files = Readonly<Record<string, string>>;

/** What each schema goes to and fro between; the first ones are sound together. */
const VARIANTS: Readonly<Record<string, readonly string[]>> = {
  'a.ipv8': [
    'const ONE = 1\n/// A.\nstruct A { a: u8 }',
    'const ONE = 300\n/// A.\nstruct A { a: u8 }',
    'const ONE = 8\n/// A, longer.\nstruct A { a: u8, rest: rest }',
    'const ONE = 8\n/// A that may be empty.\nstruct A { rest: rest }',
    'const ONE = 1\nstruct A { A: u8 }',
    'const TWO = 1\nstrut A { a: u8 }',
  ],
  'b.ipv8': [
    'import "./a.ipv8"\n/// B.\nstruct B { a: A, b: u16 }\n/// E.\nenum E: u8 { one = ONE }',
    'import "./a.ipv8"\n/// B.\nstruct B { a: inline A, b: u16 }\n/// E.\nenum E: u8 { one = ONE }',
    'import "./a.ipv8"\nimport "./d.ipv8"\n/// B.\nstruct B { a: A, b: u16 }\n/// E.\nenum E: u8 { one = 1 }',
    '/// B.\nstruct B { b: u16 }\n/// E.\nenum E: u8 { one = 2 }\n}',
  ],
  'c.ipv8': [
    'import "./b.ipv8"\nimport "./a.ipv8"\n/// P.\nabstract community P {\n/// M.\nsigned message M = ONE { b: B, e: E }\n}',
    'import "./b.ipv8"\n/// P.\nabstract community P version 9 {\nreserved 7..8 for Q\n/// M.\nsigned message M = 2 { b: B, l: list<inline B, u8> }\n}',
    'import "./b.ipv8"\n/// P.\nabstract community P {\n/// M.\nsigned message M = 2 { b: inline B, e: E }\n}',
    '/// P.\ncommunity P = sha1("q") { }',
  ],
  'd.ipv8': [
    'import "./c.ipv8"\n/// Q.\ncommunity Q extends P = sha1("q") {\n/// N.\nsigned message N = 7 { n: u8 }\n}',
    'import "./c.ipv8"\n/// Q.\ncommunity Q extends P = sha1("r") {\n/// N.\nsigned message N = 1 { n: u8 }\n}',
    'import "./c.ipv8"\n/// R.\ncommunity R extends P = sha1("q") {\n/// N.\nsigned message N = 8 { n: u8 }\n}',
    'import "./c.ipv8"\n/// A too.\nstruct A { n: u8 }',
  ],
};

const SOUND: Files = Object.fromEntries(
  Object.entries(VARIANTS).map(([path, [first]]) => [path, first ?? '']),
);

const step = fc.constantFrom(...Object.keys(VARIANTS)).chain((path) =>
  fc.record({
    path: fc.constant(path),
    text: fc.option(fc.constantFrom(...(VARIANTS[path] ?? [])), { nil: undefined, freq: 8 }),
  }),
);

function said({ model, diagnostics, sources }: Program) {
  const report = renderDiagnostics(diagnostics, { color: false, width: 100 });
  return { model, report, texts: sources.map(({ path, text }) => `${path}\n${text}`) };
}

test('the schemas are sound to begin with', async () => {
  const { diagnostics } = await loadProgram(memoryHost(SOUND), Object.keys(SOUND));
  expect(diagnostics.map(({ code }) => code)).toEqual([]);
});

test('whatever changes, a cache says the same as a fresh load', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
      const cache = createProgramCache();
      let files = SOUND;
      await cache.load(memoryHost(files), Object.keys(files));
      for (const { path, text } of steps) {
        const { [path]: _, ...others } = files;
        files = text === undefined ? others : { ...others, [path]: text };
        const roots = Object.keys(files).sort();
        const warm = said(await cache.load(memoryHost(files), roots));
        expect(warm).toEqual(said(await loadProgram(memoryHost(files), roots)));
      }
    }),
    runs(40),
  );
});

test('only what a change can have touched becomes another object', async () => {
  const cache = createProgramCache();
  const load = async (files: Files): Promise<Program> =>
    cache.load(memoryHost(files), Object.keys(files));
  const files = {
    'a.ipv8': '/// A.\nstruct A { a: u8 }',
    'b.ipv8': 'import "./a.ipv8"\n/// B.\nstruct B { a: A }',
    'c.ipv8': 'import "./b.ipv8"\n/// C.\nstruct C { b: B }',
    'd.ipv8': '/// D.\nstruct D { d: u8 }',
  };
  const first = await load(files);
  const second = await load({ ...files, 'b.ipv8': `${files['b.ipv8']}\n` });
  expect(kept(first.sources, second.sources)).toEqual([true, false, true, true]);
  expect(kept(first.model.modules, second.model.modules)).toEqual([true, false, false, true]);
  const third = await load({ ...files, 'd.ipv8': '/// D.\nstruct E { d: u8 }' });
  expect(kept(second.model.modules, third.model.modules)).toEqual([false, false, false, false]);
});

test('a schema that is gone is forgotten', async () => {
  const cache = createProgramCache();
  await cache.load(memoryHost({ 'a.ipv8': 'struct' }), ['a.ipv8']);
  const { sources, diagnostics } = await cache.load(memoryHost({}), ['a.ipv8']);
  expect(sources).toEqual([]);
  expect(diagnostics.map(({ code }) => code)).toEqual(['import/missing-file']);
});

function kept(before: readonly object[], after: readonly object[]): boolean[] {
  return after.map((one, at) => one === before[at]);
}
