import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { hasCodec } from '../../../compiler/ir/has-codec.ts';
import type { TargetFile } from '../../../compiler/targets/target.ts';
import { vectors } from '../../../compiler/targets/vectors/vectors.ts';
import { type JsonValue, jsonValue } from '../../../compiler/values/json-value.ts';
import { interpret } from '../../../compiler/wire/interpret.ts';
import { toleratesTrailing } from '../../../compiler/wire/roots.ts';
import { fromHex, toHex } from '../../../runtime/base/bytes.ts';
import { decode, encode, type MessageType } from '../../../runtime/codegen.ts';
import { type Coded, loadCoded } from '../../fuzz/schemas.ts';
import { programOf } from '../check/expect-problems.ts';
import { plainFields } from '../wire/plain-value.ts';
import { EVERY_FORM } from './every-form.ts';

const ROOT = new URL('../../..', import.meta.url).pathname;

type Refusal = { readonly reason: string; readonly field: string; readonly offset: number };

type VectorFile = {
  readonly types: readonly {
    readonly name: string;
    readonly valid: readonly { readonly value: JsonValue; readonly bytes: string }[];
    readonly malformed: readonly {
      readonly bytes: string;
      readonly strict: Refusal;
      readonly compat: Refusal | { readonly value: JsonValue };
    }[];
  }[];
};

const isVectors = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(
  JSON.parse(
    readFileSync(join(ROOT, 'compiler/targets/vectors/vectors.schema.json'), 'utf8'),
  ) as object,
);

async function filesOf(files: Readonly<Record<string, string>>): Promise<readonly TargetFile[]> {
  const { model } = await programOf(files);
  const placeOf = (path: string): string => path.replace(/\.ipv8$/, '');
  return vectors({ model, schemas: new Set(Object.keys(files)), placeOf });
}

function schemasIn(folder: string): Readonly<Record<string, string>> {
  const names = readdirSync(join(ROOT, folder)).filter((name) => name.endsWith('.ipv8'));
  const texts = names.map((name) => [name, readFileSync(join(ROOT, folder, name), 'utf8')]);
  return Object.fromEntries(texts) as Readonly<Record<string, string>>;
}

test('every form has its vectors, the same each time', async () => {
  const schema = { 'every-form.ipv8': EVERY_FORM };
  const [file, ...others] = await filesOf(schema);
  expect([file?.path, others]).toEqual(['every-form.vectors.json', []]);
  await expect(file?.text).toMatchFileSnapshot('every-form.vectors.json');
  expect(await filesOf(schema)).toEqual([file]);
});

const coded = await loadCoded();

test.each(['schemas', 'test/schemas'])(
  'vectors of %s have their form, and the interpreter and generated code agree with each case',
  async (folder) => {
    let valid = 0;
    let malformed = 0;
    let taken = 0;
    const takesAnything: string[] = [];
    for (const { path, text } of await filesOf(schemasIn(folder))) {
      const { types } = JSON.parse(text) as VectorFile;
      isVectors(JSON.parse(text));
      expect(isVectors.errors).toBe(null);
      const schema = path.replace(/\.vectors\.json$/, '');
      expect(types.map(({ name }) => `${schema}.${name}`)).toEqual(
        coded.filter(({ name }) => name.startsWith(`${schema}.`)).map(({ name }) => name),
      );
      for (const type of types) {
        const code = coded.find(({ name }) => name === `${schema}.${type.name}`);
        if (code === undefined) throw new Error(`${schema}.${type.name}: no generated code`);
        const readers = readersOf(code);
        expect(type.valid.length, type.name).toBeGreaterThan(0);
        if (type.malformed.length === 0) takesAnything.push(type.name);
        for (const { bytes, value } of type.valid) {
          for (const read of readers) expectSame(read(bytes, false), { value, again: bytes });
          valid++;
        }
        for (const { bytes, compat, strict } of type.malformed) {
          for (const read of readers) {
            expectSame(read(bytes, false), strict);
            expectSame(read(bytes, true), 'value' in compat ? { ...compat, again: bytes } : compat);
          }
          malformed++;
          if ('value' in compat) taken++;
        }
      }
    }
    expect(valid).toBeGreaterThan(200);
    expect(malformed).toBeGreaterThan(100);
    expect(taken).toBeGreaterThan(20);
    expect(takesAnything.length).toBeLessThan(5);
    for (const name of takesAnything) {
      const fields = coded.flatMap(({ root }) =>
        root.name === name && 'fields' in root ? root.fields : [],
      );
      expect(fields.map(({ type }) => type.kind)).toEqual(['rest']);
    }
  },
);

/** As text: comparing these by their parts takes long. */
function expectSame(found: object, expected: object): void {
  expect(JSON.stringify(found)).toBe(JSON.stringify(expected));
}

type Read = (hex: string, compat: boolean) => Refusal | { value: JsonValue; again: string };

/** The interpreter, and generated code where no code of an author's makes values. */
function readersOf(code: Coded): readonly Read[] {
  const { declarations, root } = code;
  const tolerates = 'via' in root && toleratesTrailing(root);
  const interpreter: Read = (hex, compat) => {
    const options = { declarations, compat, tolerateTrailing: compat && tolerates };
    const read = interpret(root, fromHex(hex), options);
    if (read.ok) return { value: jsonValue(read.value), again: hex };
    const { offset, path, reason } = read.error;
    return { reason, field: path, offset };
  };
  if ('variants' in root || hasCodec(root.fields, declarations.lookup)) return [interpreter];
  const type = code.type as MessageType<object>;
  const generated: Read = (hex, compat) => {
    const read = decode(type, fromHex(hex), {
      compat,
      tolerateTrailing: compat && tolerates,
    });
    if (!read.ok) {
      const { field, offset, reason } = read.error;
      return { reason, field, offset };
    }
    const value = jsonValue(plainFields(root.fields, read.value, declarations));
    return { value, again: compat ? hex : toHex(encode(type, read.value)) };
  };
  return [interpreter, generated];
}
