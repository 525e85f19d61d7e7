import { expect, test } from 'vitest';
import type { VectorValue } from '../../../compiler/ir/model.ts';
import type { WireType } from '../../../compiler/ir/wire-type.ts';
import { createChance } from '../../../compiler/values/chance.ts';
import { createValueGenerator, PAYLOAD_BYTES } from '../../../compiler/values/generate.ts';
import { createDeclarations } from '../../../compiler/wire/declarations.ts';
import { encodeValue } from '../../../compiler/wire/encode-value.ts';
import { interpret } from '../../../compiler/wire/interpret.ts';
import { TEST_SEED } from '../../seed.ts';
import { enumeration, field, flags, list, model, struct } from '../emit/model-factories.ts';
import { DRAWN } from './models.ts';

test.each(DRAWN)('every value of $name is written, and read again', ({ root, declarations }) => {
  const generate = createValueGenerator(declarations);
  for (let number = 0; number < 20; number++) {
    const value = generate(root, createChance(TEST_SEED, root.name, number));
    if (value === undefined) throw new Error('no value');
    const encoded = encodeValue(root, value, declarations);
    if (!encoded.ok) throw new Error(`${encoded.path}: ${encoded.detail}`);
    expect(interpret(root, encoded.bytes, { declarations })).toMatchObject({ ok: true, value });
  }
});

test('one seed gives the same values, another others', () => {
  const [first] = DRAWN;
  if (first === undefined) throw new Error('no model');
  const { root, declarations } = first;
  const draw = (seed: number) =>
    Array.from({ length: 20 }, (_, number) =>
      createValueGenerator(declarations)(root, createChance(seed, root.name, number)),
    );
  expect(draw(7)).toEqual(draw(7));
  expect(draw(7)).not.toEqual(draw(8));
});

/** Values of a struct with one field of the type. */
function drawn(type: WireType, isLarge?: boolean): readonly VectorValue[] {
  const holder = struct('Holder', [field('it', type)]);
  const declarations = createDeclarations(
    model([
      'x.ipv8',
      [
        holder,
        enumeration('Kind', { one: 7 }, { bits: 16 }),
        flags('Bits', { low: 1 }, { bits: 8 }),
      ],
    ]),
  );
  const generate = createValueGenerator(declarations);
  return Array.from({ length: 600 }, (_, number) => {
    const chance = createChance(5, 'holder', number);
    const value = generate(holder, chance, isLarge === undefined ? {} : { isLarge });
    if (typeof value !== 'object' || value.kind !== 'object') throw new Error('no struct');
    const { it } = value.entries;
    if (it === undefined) throw new Error('no value');
    return it;
  });
}

test('edges of numbers are drawn', () => {
  const u64 = drawn({ kind: 'integer', bits: 64, isSigned: false, range: undefined });
  expect(u64).toEqual(expect.arrayContaining([0n, 1n, 2n ** 53n + 1n, 2n ** 64n - 1n]));
  const ranged = drawn({ kind: 'integer', bits: 16, isSigned: false, range: { min: 3n, max: 5n } });
  expect(new Set(ranged)).toEqual(new Set([3, 4, 5]));
  const single = drawn({ kind: 'integer', bits: 8, isSigned: true, range: { min: -4n, max: -4n } });
  expect(new Set(single)).toEqual(new Set([-4]));
  for (const bits of [32, 64] as const) {
    expect(drawn({ kind: 'float', bits })).toEqual(
      expect.arrayContaining([NaN, Infinity, -Infinity, -0, 0]),
    );
  }
});

test('values and bits without a name are drawn too', () => {
  const kinds = drawn({ kind: 'enum', enumName: 'Kind', bits: 16 });
  expect(kinds).toEqual(expect.arrayContaining([7, 0, 65535]));
  const sets = drawn({ kind: 'flags', flagsName: 'Bits', bits: 8 }).map((one) =>
    typeof one === 'object' && one.kind === 'list' ? one.items.length : -1,
  );
  expect(Math.min(...sets)).toBe(0);
  expect(Math.max(...sets)).toBe(8);
});

test('texts have characters of every length in UTF-8; addresses are of every kind', () => {
  const bound = { min: 0, max: 0xffff, sendMax: 0xffff, isStated: false };
  const texts = drawn({ kind: 'string', prefix: 16, bound })
    .map((one) => (typeof one === 'object' && one.kind === 'text' ? one.text : ''))
    .join('');
  for (const character of ['\0', '\u07ff', '\ufeff', '\u{10ffff}'])
    expect(texts).toContain(character);
  const hosts = drawn({ kind: 'address', form: 'address' }).map((one) =>
    typeof one === 'object' && one.kind === 'address' ? one.host : undefined,
  );
  expect(hosts).toEqual(expect.arrayContaining(['255.255.255.255', '::', 'example.org', '']));
});

test('lengths are none, one, the largest that is allowed, or what a datagram holds', () => {
  const lengths = (isLarge: boolean, max: number) => {
    const type = list({ kind: 'fixed-bytes', size: 2 }, 16, {
      min: 0,
      max,
      sendMax: max,
      isStated: true,
    });
    return drawn(type, isLarge).map((one) =>
      typeof one === 'object' && one.kind === 'list' ? one.items.length : -1,
    );
  };
  expect(new Set(lengths(false, 2))).toEqual(new Set([0, 1, 2]));
  expect(Math.max(...lengths(false, 60_000))).toBe(12);
  const most = Math.max(...lengths(true, 60_000));
  expect(most).toBe(Math.floor((PAYLOAD_BYTES - 2) / 2));
});

test('what no datagram can hold has no value', () => {
  const items = list({ kind: 'fixed-bytes', size: 1 }, 32, {
    min: 70_000,
    max: 70_000,
    sendMax: 70_000,
    isStated: true,
  });
  const holder = struct('Holder', [field('it', items)]);
  const declarations = createDeclarations(model(['x.ipv8', [holder]]));
  expect(createValueGenerator(declarations)(holder, createChance(1, '', 1))).toBe(undefined);
});
