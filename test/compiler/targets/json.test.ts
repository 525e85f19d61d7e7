import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { json } from '../../../compiler/targets/json/json.ts';
import { programOf } from '../check/expect-problems.ts';

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

/** One schema with every form that the model has. */
const EVERY_FORM = `/// C.
community C version 3 = sha1("C") {
  reserved 200..210 for D
  reserved 220

  /// A.
  signed timed message A = 1 {
    /// A range.
    a: u16 1..9
    b: bool
    c: f32
    d: bytes[20]
    e: string<u8, 1..9 send ..7>
    f: list<inline S, u8, ..3>
    g: array<i64, ..4>
    h: bits { x, y: E[2], z[4], _ }
    i: E
    j: F
    k: U
    l: ip
    m: text
    identifier: u16
    const n: u64 = 18446744073709551615
    const o: bool = true
    const p: bytes[2] = hex"00ff"
    q: rest
  }

  /// B.
  unsigned message B = 2 via cell, data {
    circuit_id: u32
    identifier: u16
  }

  /// An answer.
  signed message R = 3 { identifier: u16 }

  /// Asks.
  request ask(A): R by identifier timeout 2s retry 1
}

/// D.
community D extends C {
}

/// E.
enum E: u8 {
  one = 1
}

/// F.
flags F: u16 {
  two = 2
}

/// S.
struct S { s: i64 }

/// U.
union U: u8 {
  7: S
}

/// T.
codec text: bytes<u16, ..9> via { ts: "./text.ts#text" }

vector "one" S { s: -9223372036854775808 } = hex"8000000000000000"
malformed "short" S hex"80"
`;

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
