import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { json } from '../../../compiler/targets/json/json.ts';
import { programOf } from '../check/expect-problems.ts';
import { EVERY_FORM } from './every-form.ts';

const ROOT = new URL('../../..', import.meta.url).pathname;

const isModel = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(
  JSON.parse(readFileSync(join(ROOT, 'compiler/targets/json/model.schema.json'), 'utf8')) as object,
);

async function modelOf(files: Readonly<Record<string, string>>): Promise<unknown> {
  const { diagnostics, model } = await programOf(files);
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  expect(errors.map(({ code, title }) => `${code}: ${title}`)).toEqual([]);
  const [file, ...others] = json({
    model,
    schemas: new Set(Object.keys(files)),
    placeOf: (path) => path,
  });
  expect([file?.path, others]).toEqual(['model.json', []]);
  return JSON.parse(file?.text ?? '');
}

test('every form of the model is one of the JSON schema', async () => {
  const value = await modelOf({ 'c.ipv8': EVERY_FORM });
  isModel(value);
  expect(isModel.errors).toBe(null);
  expect(value).toMatchObject({
    version: 1,
    schemas: ['c.ipv8'],
    modules: [
      { vectors: [{ value: { entries: { s: '-9223372036854775808' } } }, { name: 'short' }] },
    ],
  });
});

test.each(['schemas', 'test/schemas'])(
  'the model of %s is one of the JSON schema',
  async (root) => {
    const names = readdirSync(join(ROOT, root)).filter((name) => name.endsWith('.ipv8'));
    const files = names.map(
      (name) => [name, readFileSync(join(ROOT, root, name), 'utf8')] as const,
    );
    isModel(await modelOf(Object.fromEntries(files)));
    expect(isModel.errors).toBe(null);
  },
);

test('what has a key more, or one less, is no model', async () => {
  const value = (await modelOf({ 'c.ipv8': EVERY_FORM })) as { modules: { path?: string }[] };
  for (const change of [{ surprise: 1 }, { path: undefined }]) {
    const [first, ...others] = value.modules;
    const changed = { ...value, modules: [{ ...first, ...change }, ...others] };
    expect(isModel(JSON.parse(JSON.stringify(changed)))).toBe(false);
  }
});
