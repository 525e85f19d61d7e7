import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { format } from 'prettier';
import { afterAll, expect, test } from 'vitest';
import { emit } from '../../../compiler/emit/emitter.ts';
import { printStubFile } from '../../../compiler/stub/stub-file.ts';
import { RUNTIME_SYMBOLS } from '../../../compiler/emit/runtime-symbols.ts';
import type { Field, Model } from '../../../compiler/ir/model.ts';
import { EVERY_MESSAGES, EVERY_TYPE } from './every-type.ts';
import {
  bytes,
  community,
  field,
  list,
  message,
  model,
  struct,
  uint,
  union,
} from './model-factories.ts';
import { emitToDirectory, ROOT } from './temporary-modules.ts';

const every = emitToDirectory(EVERY_TYPE);
afterAll(() => every.remove());

const PRETTIER = { parser: 'typescript', printWidth: 100, singleQuote: true } as const;
const SPECIFIERS = {
  codegen: 'ipv8/codegen',
  moduleOf: (path: string) => path,
  authorOf: ({ file }: { readonly file: string }) => file,
};

function emitted(one: Model): string {
  return emit(one, () => SPECIFIERS)
    .map((file) => file.text)
    .join('');
}

test.each(every.files)('$name is as Prettier formats it', async ({ text }) => {
  expect(text).toBe(await format(text, PRETTIER));
});

test('names of any length are broken where Prettier breaks them', async () => {
  const word = fc.stringMatching(/^[a-z]{1,18}$/);
  const name = fc.uniqueArray(word, { minLength: 1, maxLength: 5 }).map((words) => words.join('_'));
  const types = EVERY_MESSAGES.flatMap((one) => one.fields.map((each) => each.type));
  const fields = fc.uniqueArray(fc.record({ name, type: fc.constantFrom(...types) }), {
    selector: (one) => one.name.replaceAll('_', ''),
    maxLength: 4,
  });
  const typeName = name.map((text) =>
    text.replace(/(^|_)./g, (part) => part.at(-1)?.toUpperCase() ?? ''),
  );
  await fc.assert(
    fc.asyncProperty(fields, typeName, fc.boolean(), async (made, title, isTimed) => {
      const all: readonly Field[] = made.map((one) => field(one.name, one.type));
      const one = message(title, all, {
        isTimed,
        doc: 'Some words. '.repeat(made.length * 4).trim(),
      });
      const modules = model(
        ...EVERY_TYPE.modules.slice(0, 1).map((each) => [each.path, each.declarations] as const),
        ['schemas/sample.ipv8', [community(title, [one])]],
      );
      const text = emitted(modules);
      for (const file of emit(modules, () => SPECIFIERS).slice(1)) {
        expect(file.text).toBe(await format(file.text, PRETTIER));
      }
      expect(text).toContain(`export class ${title} {`);
    }),
    { numRuns: 60 },
  );
}, 60_000);

test('unions of any length are broken where Prettier breaks them', async () => {
  for (let length = 1; length < 60; length++) {
    const name = 'A'.repeat(length);
    const variants = [{ 0: name }, { 0: name, 7: 'B' }, { 0: name, 300: 'Cc', 5: 'B' }];
    const unions = variants.flatMap((each, at) => [
      union(`U${at}`, each, { bits: 16 }),
      union(`${'U'.repeat(length)}${at}`, each),
    ]);
    const structs = [name, 'B', 'Cc'].map((each) => struct(each, [field('a', uint(8))]));
    const text = emitted(model(['schemas/sample.ipv8', [...structs, ...unions]]));
    expect(text).toBe(await format(text, PRETTIER));
  }
});

test('generated code and stubs compile under every strict flag', () => {
  const stub = printStubFile({
    community: 'Every',
    doc: '',
    messages: EVERY_MESSAGES.filter((one) => one.name !== 'Reader'),
    protocol: { name: 'everyProtocol', specifier: './every.ts' },
    handlersType: 'EveryHandlers2',
    runtime: '../../runtime/index.ts',
  });
  // Handlers of the messages left out come by hand: of a parent, and of a name that an import has too.
  const missing = 'handlers: {\n        ask() {},\n        reader() {},';
  const complete = stub.replace('handlers: {', missing);
  writeFileSync(join(every.directory, 'stub.ts'), complete);
  writeFileSync(join(every.directory, 'incomplete.ts'), stub);
  const config = {
    compilerOptions: {
      target: 'es2022',
      lib: ['es2023', 'es2024.string'],
      types: ['node'],
      module: 'nodenext',
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      noImplicitOverride: true,
      noImplicitReturns: true,
      noFallthroughCasesInSwitch: true,
      noPropertyAccessFromIndexSignature: true,
      noUnusedLocals: true,
      noUnusedParameters: true,
      verbatimModuleSyntax: true,
      erasableSyntaxOnly: true,
      isolatedModules: true,
      allowImportingTsExtensions: true,
      skipLibCheck: true,
      noEmit: true,
    },
    include: ['*.ts'],
  };
  writeFileSync(join(every.directory, 'tsconfig.json'), JSON.stringify(config));
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
  const said = run(process.execPath, [tsc, '-p', every.directory, '--pretty', 'false']).split('\n');
  const faults = said.filter((line) => line.includes('error') && line.includes('.cache/'));
  // The compiler finds the forgotten handlers, and nothing else.
  expect(faults.filter((line) => !line.includes('incomplete.ts'))).toEqual([]);
  expect(faults).toHaveLength(1);
  expect(said.join('\n')).toContain('ask, reader');
}, 60_000);

function run(program: string, args: readonly string[]): string {
  try {
    return execFileSync(program, args, { encoding: 'utf8', cwd: ROOT });
  } catch (error) {
    if (error instanceof Error && 'stdout' in error) return String(error.stdout);
    throw error;
  }
}

test('every name generated code imports is exported by the codegen entry', () => {
  const entry = readFileSync(join(ROOT, 'runtime/codegen.ts'), 'utf8');
  const exported = new Set(
    [...entry.matchAll(/\{([^}]*)\}/g)].flatMap((match) => match[1]?.split(/[\s,]+/) ?? []),
  );
  expect(RUNTIME_SYMBOLS.filter((name) => !exported.has(name))).toEqual([]);
});

test('a class says its size, its sender and its place', () => {
  const fields = [field('a', uint(16)), field('b', bytes(8, { max: 4 }))];
  const text = emitted(
    model([
      'schemas/sample.ipv8',
      [community('Sample', [message('One', fields, { doc: 'Says one.' })])],
    ]),
  );
  expect(text).toContain(
    [
      '/**',
      ' * Says one.',
      ' *',
      ' * Wire: at least 3, at most 7 bytes. Signed.',
      ' *',
      ' * @generated from message One (schemas/sample.ipv8:1)',
      ' */',
    ].join('\n'),
  );
});

test('a protocol has the messages and the identity of its parents', () => {
  const text = every.files.find((file) => file.name === 'every.ts')?.text ?? '';
  expect(text).toContain(`communityId: '${'ab'.repeat(20)}'`);
  expect(text).toContain("import { Ask, Entry, NodeInfo, Tail } from './shared.ts';");
  expect(text).toMatch(/messages: \{\n {4}ask: Ask,\n {4}scalars: Scalars,/);
});

test('an override stands in front of what it overrides, and the introduction is left to the runtime', () => {
  const text = emitted(
    model([
      'schemas/sample.ipv8',
      [
        community('Base', [
          message('First', [], { id: 1 }),
          message('Second', [], { id: 2 }),
          message('Introduce', [], { id: 246 }),
        ]),
        community(
          'Sample',
          [
            message('Third', [], { id: 3 }),
            message('OtherSecond', [], { id: 2, overrides: 'Second' }),
            message('OtherIntroduce', [], { id: 246, overrides: 'Introduce' }),
          ],
          { parent: 'Base', identity: { kind: 'inherited' } },
        ),
        community('Last', [], { parent: 'Sample', identity: { kind: 'inherited' } }),
      ],
    ]),
  );
  const messages = [...text.matchAll(/messages: \{([^}]*)\}/g)].map((match) =>
    (match[1] ?? '').split(',').map((entry) => entry.trim().split(':')[0]),
  );
  const sample = ['first', 'otherSecond', 'second', 'third', 'otherIntroduce', ''];
  expect(messages).toEqual([['first', 'second', 'introduce', ''], sample, sample]);
  expect(text).toContain('Wire: 0 bytes. Signed. Overrides Second.');
});

test('a message that never travels alone has no send function', () => {
  const text = every.files.find((file) => file.name === 'every.ts')?.text ?? '';
  expect(text).not.toContain('sendInCell');
  expect(text).toContain('inCell: InCell');
});

test('nothing runs when a generated module is loaded', () => {
  const isCall = /^(?!export function|import|export type|export class|\s|\}|\/| \*).*\(/;
  for (const { text } of every.files) {
    const calls = text.split('\n').filter((line) => isCall.test(line));
    expect(calls).toEqual([]);
  }
});

test('text of a schema cannot leave its comment', () => {
  const doc = 'ends */ process.exit(1); /* here';
  const text = emitted(
    model([
      'schemas/sample.ipv8',
      [struct('One', [field('a', list(uint(8), 8), { doc })], { doc })],
    ]),
  );
  expect(text.replace(/\/\*[\s\S]*?\*\//g, '')).not.toContain('process');
});
