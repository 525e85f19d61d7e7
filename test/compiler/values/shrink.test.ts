import { expect, test } from 'vitest';
import type { VectorValue } from '../../../compiler/ir/model.ts';
import { createChance } from '../../../compiler/values/chance.ts';
import { createValueGenerator } from '../../../compiler/values/generate.ts';
import { jsonValue } from '../../../compiler/values/json-value.ts';
import { plainestOf, smallerValues } from '../../../compiler/values/shrink-value.ts';
import { shrinkValue } from '../../../compiler/values/shrink.ts';
import { createDeclarations } from '../../../compiler/wire/declarations.ts';
import { encodeValue } from '../../../compiler/wire/encode-value.ts';
import { TEST_SEED } from '../../seed.ts';
import { field, list, model, struct, uint } from '../emit/model-factories.ts';
import { DRAWN } from './models.ts';

test.each(DRAWN)('what is smaller than a value of $name may be sent too', (drawn) => {
  const { root, declarations } = drawn;
  const generate = createValueGenerator(declarations);
  for (let number = 0; number < 2; number++) {
    const value = generate(root, createChance(TEST_SEED, root.name, number));
    if (value === undefined) throw new Error('no value');
    let seen = 0;
    for (const smaller of smallerValues(root, value, declarations)) {
      if (seen++ > 100) break;
      const text = JSON.stringify(jsonValue(smaller));
      if (text === JSON.stringify(jsonValue(value))) throw new Error(`${text} is not smaller`);
      const encoded = encodeValue(root, smaller, declarations);
      if (!encoded.ok) throw new Error(`${encoded.path} of ${text}: ${encoded.detail}`);
    }
  }
  const plainest = plainestOf(root, declarations);
  expect(encodeValue(root, plainest, declarations)).toMatchObject({ ok: true });
  expect([...smallerValues(root, plainest, declarations)]).toEqual([]);
});

test.each(DRAWN)('where everything fails, $name ends with its plainest value', async (drawn) => {
  const { root, declarations } = drawn;
  const value = createValueGenerator(declarations)(root, createChance(TEST_SEED, root.name, 1));
  if (value === undefined) throw new Error('no value');
  const shrunk = await shrinkValue(value, {
    smaller: (one) => smallerValues(root, one, declarations),
    firstFailing: async (values) => (values.length === 0 ? -1 : 0),
  });
  // Variants of a union stay what they are when only their fields shrink.
  expect([...smallerValues(root, shrunk, declarations)]).toEqual([]);
});

test('a fault in one place is all that is left', async () => {
  const pair = struct('Pair', [field('a', uint(32)), field('b', uint(64))]);
  const pairs = list({ kind: 'struct', structName: 'Pair', isInline: true }, 16);
  const root = struct('Pairs', [field('pairs', pairs), field('tail', { kind: 'rest' })]);
  const declarations = createDeclarations(model(['x.ipv8', [pair, root]]));
  const object = (entries: Readonly<Record<string, VectorValue>>): VectorValue => {
    return { kind: 'object', variant: undefined, entries };
  };
  const items = Array.from({ length: 40 }, (_, at) => object({ a: at * 1000, b: 2n ** 60n }));
  const tail = { kind: 'bytes', hex: 'ab'.repeat(50) } as const;
  const value = object({ pairs: { kind: 'list', items }, tail });
  const isFault = (one: VectorValue): boolean => {
    const { pairs: found } = jsonValue(one) as unknown as { pairs: { a: number; b: string }[] };
    return found.some(({ a, b }) => a > 12_345 && BigInt(b) > 255n);
  };
  let asked = 0;
  const shrunk = await shrinkValue(value, {
    smaller: (one) => smallerValues(root, one, declarations),
    firstFailing: async (values) => {
      asked++;
      return values.findIndex(isFault);
    },
  });
  expect(jsonValue(shrunk)).toEqual({ pairs: [{ a: 12_346, b: '256' }], tail: '' });
  expect(asked).toBeLessThan(400);
});
