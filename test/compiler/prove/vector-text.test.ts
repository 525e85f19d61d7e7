/** What is printed for a schema is read by the compiler as the same value and bytes. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { malformedText, vectorText } from '../../../compiler/prove/vector-text.ts';
import { createChance } from '../../../compiler/values/chance.ts';
import { createValueGenerator } from '../../../compiler/values/generate.ts';
import { jsonValue } from '../../../compiler/values/json-value.ts';
import { createDeclarations } from '../../../compiler/wire/declarations.ts';
import { encodeValue } from '../../../compiler/wire/encode-value.ts';
import { rootsOf } from '../../../compiler/wire/roots.ts';
import { TEST_SEED } from '../../seed.ts';
import { programOf } from '../check/expect-problems.ts';
import { EVERY_FORM } from '../targets/every-form.ts';

const ROOT = new URL('../../..', import.meta.url).pathname;
const VALUES = 4;

function schemasIn(folder: string): Readonly<Record<string, string>> {
  const names = readdirSync(join(ROOT, folder)).filter((name) => name.endsWith('.ipv8'));
  const texts = names.map((name) => [name, readFileSync(join(ROOT, folder, name), 'utf8')]);
  return Object.fromEntries(texts) as Readonly<Record<string, string>>;
}

const SCHEMAS = [
  ['every form', { 'every-form.ipv8': EVERY_FORM }],
  ['schemas', schemasIn('schemas')],
  ['test/schemas', schemasIn('test/schemas')],
] as const;

test.each(SCHEMAS)('vectors of %s', async (_, files) => {
  const { model } = await programOf(files);
  const declarations = createDeclarations(model);
  const generate = createValueGenerator(declarations);
  const texts = new Map<string, string[]>();
  const expected = new Map<string, unknown>();
  let unwritable = 0;
  for (const { name, root } of rootsOf(model)) {
    if ('variants' in root) continue;
    for (let number = 0; number < VALUES; number++) {
      const value = generate(root, createChance(TEST_SEED, name, number), { isLarge: false });
      if (value === undefined) throw new Error(`${name}: no value`);
      const encoded = encodeValue(root, value, declarations);
      if (!encoded.ok) throw new Error(`${name}: ${encoded.detail}`);
      const label = `${name} ${number}`;
      const text = vectorText(value, { name: label, root, hex: encoded.hex, declarations });
      if (text === undefined) {
        unwritable++;
        continue;
      }
      const { path } = root.place;
      texts.set(path, [...(texts.get(path) ?? []), text]);
      expected.set(label, { hex: encoded.hex, value: jsonValue(value) });
    }
  }
  const more = Object.entries(files).map(([path, text]) => {
    return [path, [text, ...(texts.get(path) ?? [])].join('\n')];
  });
  const again = await programOf(Object.fromEntries(more) as Readonly<Record<string, string>>);
  const errors = again.diagnostics.filter(({ severity }) => severity === 'error');
  expect(errors.map(({ code, title }) => `${code}: ${title}`)).toEqual([]);
  const read = again.model.modules
    .flatMap(({ vectors }) => vectors)
    .filter(({ name }) => expected.has(name));
  expect(read.length).toBe(expected.size);
  for (const { hex, name, value } of read) {
    expect({ hex, value: value && jsonValue(value) }).toEqual(expected.get(name));
  }
  // Not-a-number, control characters and odd names.
  expect(unwritable).toBeLessThan(expected.size / 2);
});

test('malformed bytes', async () => {
  const { model } = await programOf({ 'x.ipv8': EVERY_FORM });
  const [rooted] = rootsOf(model).filter(({ root }) => root.name === 'S');
  if (rooted === undefined) throw new Error('no struct');
  const text = malformedText({ name: 'a "b"', root: rooted.root, hex: '80' });
  expect(text).toBe('malformed "a \\"b\\"" S hex"80"');
});
