import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { message, programOf } from '../check/expect-problems.ts';

/** In the form of a curve25519 key: the tag and 64 bytes. */
const MASTER_KEY = Buffer.from(`LibNaCLPK:${'k'.repeat(64)}`).toString('base64');

async function fieldsOf(fields: string) {
  const { model, diagnostics } = await programOf({
    'a.ipv8': `const TWO = 2\nenum E: u16 { a = 1 }\nstruct T { a: u8 }\n${message(fields)}`,
  });
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  const community = model.modules[0]?.declarations.find(({ kind }) => kind === 'community');
  return community?.kind === 'community' ? (community.messages[0]?.fields ?? []) : [];
}

const bound = (min: number, max: number, sendMax = max, isStated = true) => ({
  min,
  max,
  sendMax,
  isStated,
});

test('every type has its wire type', async () => {
  const fields = await fieldsOf(`
    a: bytes[20], b: bytes<u16>, c: bytes<u8, TWO..8 send ..7>, d: string<u32, ..9>
    e: list<inline T, u8, ..8>, f: list<T, u16>, g: array<i64, ..3>
    h: bits { x, n[TWO], e: E[4], _ }
    i: E, j: T, k: inline T, l: ip, m: i16 -5..0x0f, n: f32, o: list<bytes[2], rest>`);
  expect(fields.map(({ type }) => type)).toEqual([
    { kind: 'fixed-bytes', size: 20 },
    { kind: 'bytes', prefix: 16, bound: bound(0, 65_535, 65_535, false) },
    { kind: 'bytes', prefix: 8, bound: bound(2, 8, 7) },
    { kind: 'string', prefix: 32, bound: bound(0, 9) },
    {
      kind: 'list',
      element: { kind: 'struct', structName: 'T', isInline: true },
      count: 8,
      bound: bound(0, 8),
    },
    {
      kind: 'list',
      element: { kind: 'struct', structName: 'T', isInline: false },
      count: 16,
      bound: bound(0, 65_535, 65_535, false),
    },
    { kind: 'array', element: 'i64', bound: bound(0, 3) },
    {
      kind: 'bits',
      members: [
        { kind: 'flag', name: 'x', doc: '' },
        { kind: 'number', name: 'n', doc: '', bits: 2 },
        { kind: 'enum', name: 'e', doc: '', bits: 4, enumName: 'E' },
        { kind: 'unused', bits: 1 },
      ],
    },
    { kind: 'enum', enumName: 'E', bits: 16 },
    { kind: 'struct', structName: 'T', isInline: false },
    { kind: 'struct', structName: 'T', isInline: true },
    { kind: 'address', form: 'ip' },
    { kind: 'integer', bits: 16, isSigned: true, range: { min: -5n, max: 15n } },
    { kind: 'float', bits: 32 },
    {
      kind: 'list',
      element: { kind: 'fixed-bytes', size: 2 },
      count: 'rest',
      bound: bound(0, 65_535, 65_535, false),
    },
  ]);
});

test('constants have their values', async () => {
  const fields = await fieldsOf(
    'const a: u8 = 0x59, const b: bytes[2] = hex"00FF", const c: bool = true, const d: u8 = TWO',
  );
  expect(fields.map(({ constant }) => constant)).toEqual([
    { kind: 'integer', value: 0x59n },
    { kind: 'bytes', hex: '00ff' },
    { kind: 'bool', value: true },
    { kind: 'integer', value: 2n },
  ]);
});

test('every form of identity gives 20 bytes, and a child shares its parent’s', async () => {
  const { model, diagnostics } = await programOf({
    'a.ipv8': `community A = sha1("abc") { reserved 7..8 for E }
      community B = master("${MASTER_KEY}") {}
      community C version 3 = hex"A9993E364706816ABA3E25717850C26C9CD0D89D" {}
      community D = dynamic {}
      community E extends A { signed message M = 7 {} }
      abstract community F {}`,
  });
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  expect(errors).toEqual([]);
  // FIPS 180-2: the SHA-1 of "abc".
  const communityId = 'a9993e364706816aba3e25717850c26c9cd0d89d';
  const masterId = createHash('sha1').update(MASTER_KEY, 'base64').digest('hex');
  const communities = (model.modules[0]?.declarations ?? []).flatMap((one) =>
    one.kind === 'community' ? [one] : [],
  );
  expect(communities.map(({ identity, version, parent }) => [identity, version, parent])).toEqual([
    [{ kind: 'fixed', communityId }, 2, undefined],
    [{ kind: 'fixed', communityId: masterId }, 2, undefined],
    [{ kind: 'fixed', communityId }, 3, undefined],
    [{ kind: 'dynamic' }, 2, undefined],
    [{ kind: 'inherited' }, 2, 'A'],
    [{ kind: 'abstract' }, 2, undefined],
  ]);
});

test('imports are read once, and the model names those in use', async () => {
  const { model, sources, diagnostics } = await programOf({
    'a.ipv8': 'import "./b.ipv8"\nimport "./c.ipv8"\nstruct A { b: B, c: bytes[C] }',
    'b.ipv8': 'struct B { a: u8 }',
    'c.ipv8': 'const C = 4',
  });
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(sources.map(({ path }) => path)).toEqual(['a.ipv8', 'b.ipv8', 'c.ipv8']);
  expect(model.modules[0]?.imports).toEqual(['b.ipv8']);
});

test('a doc comment belongs to what follows it', async () => {
  const fields = await fieldsOf(
    '/// One.\n/// Two.\na: u8 /// not here\nb: u8\n//// nor this\nc: u8',
  );
  expect(fields.map(({ doc }) => doc)).toEqual(['One.\nTwo.', '', '']);
});

test('an import is not called unused where its use may be what is broken', async () => {
  const codes = async (text: string): Promise<readonly string[]> => {
    const host = { 'a.ipv8': `import "./b.ipv8"\n${text}\n`, 'b.ipv8': 'struct Bee { a: u8 }\n' };
    const { diagnostics } = await programOf(host);
    const inA = diagnostics.filter(({ primary }) => primary.span.source.path === 'a.ipv8');
    return inA.map(({ code }) => code).filter((code) => code !== 'style/undocumented');
  };
  expect(await codes('struct A { b: u8 }')).toEqual(['import/unused']);
  expect(await codes('struct A { b: Beee }')).toEqual(['name/unknown']);
  expect(await codes('struct { b: Bee }')).toEqual(['syntax/expected']);
});
