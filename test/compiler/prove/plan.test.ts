import { expect, test } from 'vitest';
import { planPython, type PythonPlan } from '../../../compiler/prove/plan.ts';
import { programOf } from '../check/expect-problems.ts';

async function planOf(
  files: Readonly<Record<string, string>>,
  named = Object.keys(files),
): Promise<PythonPlan> {
  const { diagnostics, model } = await programOf(files);
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  expect(errors.map(({ title }) => title)).toEqual([]);
  const schemas = new Set(Object.keys(files));
  const placeOf = (path: string): string => `sub/${path.replace(/\.ipv8$/, '')}`;
  return planPython({ model, schemas, placeOf }, new Set(named));
}

const OTHER = `/// Named.
enum Kind: u8 { one = 1 }
/// Somewhere else.
struct Away { kind: Kind }
`;

const SCHEMA = `import "./my-other.ipv8"
/// A tag.
union Either: u8 { 1: Away }
/// All kinds of types.
community All = sha1("all") {
  /// Some of each.
  unsigned message Some = 1 via cell {
    circuit_id: u32
    const tag: u8 = 7
    long: i64
    class: list<Away, u8>
    bits_of_it: bits { x, y: Kind[2], _[5] }
    either: Either
    numbers: array<f64>
  }
}
`;

test('types are told by what the target calls them', async () => {
  const files = { 'all.ipv8': SCHEMA, 'my-other.ipv8': OTHER };
  const { roots, skipped } = await planOf(files, ['all.ipv8']);
  const away = ['object', ['sub.my_other', 'Away'], [['kind', ['enum', ['sub.my_other', 'Kind']]]]];
  const bits = [
    'object',
    ['sub.all', 'SomeBitsOfIt'],
    [
      ['x', 'same'],
      ['y', ['enum', ['sub.my_other', 'Kind']]],
    ],
  ];
  expect(
    roots.map(({ name, toleratesTrailing, type }) => ({ name, toleratesTrailing, type })),
  ).toEqual([
    {
      name: 'All.Some',
      toleratesTrailing: true,
      type: [
        'object',
        ['sub.all', 'SomePayload'],
        [
          ['circuit_id', 'integer'],
          ['long', 'long'],
          ['class', ['list', away]],
          ['bits_of_it', bits],
          ['either', ['union', [['Away', away]]]],
          ['numbers', ['list', 'float']],
        ],
      ],
    },
  ]);
  expect(skipped).toEqual([
    { name: 'Either', why: 'Python has no class of a union; what holds it is compared' },
  ]);
});

test('what code in Python makes is skipped, and what code in TypeScript alone makes is not', async () => {
  const { roots, skipped } = await planOf({
    'x.ipv8': `/// Both.
codec both: u8 via { ts: "./x.ts#both", py: "app.x:both" }
/// One.
codec one: u8 via { ts: "./x.ts#one" }
/// Holds one.
struct HoldsOne { a: list<one, u8> }
/// Holds both, deep inside.
struct HoldsBoth { a: list<HoldsInner, u8> }
/// Inside.
struct HoldsInner { a: u8, b: both }
`,
  });
  expect(roots.map(({ name, type }) => ({ name, type }))).toEqual([
    { name: 'HoldsOne', type: ['object', ['sub.x', 'HoldsOne'], [['a', ['list', 'integer']]]] },
  ]);
  expect(skipped).toEqual([
    { name: 'HoldsBoth', why: 'its values are made by app.x:both' },
    { name: 'HoldsInner', why: 'its values are made by app.x:both' },
  ]);
});
