import * as fc from 'fast-check';
import { format } from 'prettier';
import { expect, test } from 'vitest';
import { createEmit } from '../../../compiler/emit/emitter.ts';
import { printVectorTests } from '../../../compiler/emit/vector-tests.ts';
import type { Model, Vector, VectorValue } from '../../../compiler/ir/model.ts';
import { createDeclarations } from '../../../compiler/wire/declarations.ts';
import { encodeValue } from '../../../compiler/wire/encode-value.ts';
import { plainFields } from '../wire/plain-value.ts';
import { messagesOf, RANDOM_PATH, randomModel } from '../wire/random-model.ts';
import { EVERY_MESSAGES, EVERY_PATH, EVERY_TYPE } from './every-type.ts';
import { community, field, list, message, model, struct, uint } from './model-factories.ts';
import { initArbitrary } from './value-arbitrary.ts';
import { runs } from '../../effort.ts';

const PRETTIER = { parser: 'typescript', printWidth: 100, singleQuote: true } as const;
const SPECIFIERS = {
  codegen: 'ipv8/codegen',
  moduleOf: (path: string) => `./${path}.ts`,
  authorOf: ({ file }: { readonly file: string }) => file,
};

/** The tests of a model in which the module at `path` has these vectors. */
function testsOf(one: Model, path: string, vectors: readonly Vector[]): string {
  const modules = one.modules.map((module) =>
    module.path === path ? { ...module, vectors } : module,
  );
  const files = createEmit(printVectorTests)({ modules }, () => SPECIFIERS);
  return files.find(({ schemaPath }) => schemaPath === path)?.text ?? '';
}

function vector(name: string, of: string, value: VectorValue | undefined, path: string): Vector {
  return { name, of: { name: of, path }, value, hex: '00', place: { path, line: 3 } };
}

const name = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(`it's`, `"a" 'b'`, 'a\nb\\'));

test('tests of any values are as Prettier formats them', async () => {
  const [random] = fc.sample(randomModel(8), 1);
  if (random === undefined) throw new Error('no model');
  const cases = [
    ...EVERY_MESSAGES.map((one) => ({ one, model: EVERY_TYPE, path: EVERY_PATH })),
    ...messagesOf(random).map((one) => ({ one, model: random, path: RANDOM_PATH })),
  ];
  for (const { model: whole, one, path } of cases) {
    const declarations = createDeclarations(whole);
    const value = initArbitrary(one.fields, whole).map((init) =>
      plainFields(one.fields, init, declarations),
    );
    await fc.assert(
      fc.asyncProperty(name, value, async (title, plain) => {
        const encoded = encodeValue(one, plain, declarations);
        const hex = encoded.ok ? encoded.hex : '';
        const made = { ...vector(title, one.name, plain, path), hex };
        const text = testsOf(whole, path, [made, { ...made, value: undefined }]);
        expect(text).toBe(await format(text, PRETTIER));
      }),
      { ...runs(8), endOnFailure: true },
    );
  }
});

const NUMBERS = struct('Numbers', [
  field('a', list(uint(8), 16)),
  field('long_name', list(uint(64), 16)),
]);

test.each([1, 2, 20, 30, 40, 200])('%i numbers are put on as few lines as fit', async (count) => {
  const numbers = Array.from({ length: count }, (_, at) => (at * 37) % 256);
  const value = {
    kind: 'object',
    variant: undefined,
    entries: {
      a: { kind: 'list', items: numbers },
      long_name: { kind: 'list', items: numbers.map(BigInt) },
    },
  } as const;
  const path = 'schemas/sample.ipv8';
  const text = testsOf(model([path, [NUMBERS]]), path, [vector('n', 'Numbers', value, path)]);
  expect(text).toBe(await format(text, PRETTIER));
});

test('classes of one name from two schemas, and a schema without vectors', () => {
  const [one, other] = ['schemas/one.ipv8', 'schemas/other.ipv8'];
  const ping = (path: string) =>
    message('Ping', [field('n', uint(8))], { place: { path, line: 1 } });
  const both = model(
    [one, [community('One', [ping(one)])]],
    [other, [community('Other', [ping(other)])]],
  );
  const value = { kind: 'object', variant: undefined, entries: { n: 1 } } as const;
  const text = testsOf(both, one, [
    vector('a', 'Ping', value, one),
    { ...vector('b', 'Ping', value, one), of: { name: 'Ping', path: other } },
  ]);
  expect(text).toContain("import { Ping } from './schemas/one.ipv8.ts';");
  expect(text).toContain("import { Ping as Ping2 } from './schemas/other.ipv8.ts';");
  expect(text).toContain('encode(Ping2, value)');
  expect(testsOf(both, other, [])).toBe('');
});

test('classes do not hide what tests use', () => {
  const path = 'schemas/sample.ipv8';
  const names = ['Number', 'Set', 'decode', 'Fine'];
  const value = { kind: 'object', variant: undefined, entries: {} } as const;
  const text = testsOf(
    model([path, names.map((one) => struct(one, []))]),
    path,
    names.map((one) => vector('v', one, value, path)),
  );
  expect(text).toContain(
    "import { Fine, Number as Number2, Set as Set2, decode as decode2 } from './schemas/sample.ipv8.ts';",
  );
  expect(text).toContain('const value = new Number2();');
});

test('what has a codec is decoded and encoded again', () => {
  const path = 'schemas/sample.ipv8';
  const carrier = uint(8);
  const note = struct('Note', [field('json', { kind: 'codec', codecName: 'json', carrier })]);
  const value = { kind: 'object', variant: undefined, entries: { json: 1 } } as const;
  const text = testsOf(model([path, [note]]), path, [vector('v', 'Note', value, path)]);
  expect(text).toContain('assert.deepEqual(encode(Note, decoded.value), bytes);');
  expect(text).not.toContain('new Note');
});
