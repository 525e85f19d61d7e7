import { expect, test } from 'vitest';
import type { VectorValue } from '../../../compiler/ir/model.ts';
import type { WireType } from '../../../compiler/ir/wire-type.ts';
import { createDeclarations } from '../../../compiler/wire/declarations.ts';
import { encodeValue } from '../../../compiler/wire/encode-value.ts';
import { interpret } from '../../../compiler/wire/interpret.ts';
import { nodeAt, type WireNode } from '../../../compiler/wire/wire-node.ts';
import { fromHex, toHex } from '../../../runtime/base/bytes.ts';
import {
  bytes,
  community,
  field,
  flags,
  IPV4,
  list,
  message,
  model,
  REST,
  struct,
  uint,
  union,
} from '../emit/model-factories.ts';

const JSON_TEXT: WireType = {
  kind: 'codec',
  codecName: 'json',
  carrier: {
    kind: 'string',
    prefix: 16,
    bound: { min: 0, max: 65535, sendMax: 65535, isStated: false },
  },
};
const NODE = struct('Node', [field('address', IPV4), field('key', bytes(8))]);
const ASK = message('Ask', [
  field('tag', uint(8), { constant: { kind: 'integer', value: 0x59n } }),
  field('nodes', list({ kind: 'struct', structName: 'Node', isInline: false }, 8)),
  field('choice', { kind: 'union', unionName: 'Choice', isInline: true }),
  field('can', { kind: 'flags', flagsName: 'Ability', bits: 16 }),
  field('note', JSON_TEXT),
  field('tail', REST),
]);
const MODEL = model([
  'schemas/sample.ipv8',
  [
    NODE,
    struct('Small', [field('one', uint(8))]),
    union('Choice', { 3: 'Small', 4: 'Node' }),
    flags('Ability', { relay: 1, exit: 2 }),
    community('Sample', [ASK]),
  ],
]);
const declarations = createDeclarations(MODEL);

const HEX = '59 01 0009 7f000001 1f9a 02 abcd 03 07 8002 0004 6e756c6c ffee'.replaceAll(' ', '');

/** `path offset+length` of every node, the root first. */
function outline(node: WireNode): readonly string[] {
  return [`${node.path} ${node.offset}+${node.length}`, ...node.children.flatMap(outline)];
}

test('every byte has a field, a place and a value', () => {
  const read = interpret(ASK, fromHex(HEX), { declarations, offset: 100 });
  expect(outline(read.tree)).toEqual([
    ' 100+25',
    'tag 100+1',
    'nodes 101+12',
    'nodes[0] 102+11',
    'nodes[0].address 104+6',
    'nodes[0].key 110+3',
    'choice 113+2',
    'choice.tag 113+1',
    'choice.one 114+1',
    'can 115+2',
    'note 117+6',
    'tail 123+2',
  ]);
  const value: VectorValue = {
    kind: 'object',
    variant: undefined,
    entries: {
      nodes: {
        kind: 'list',
        items: [
          {
            kind: 'object',
            variant: undefined,
            entries: {
              address: { kind: 'address', host: '127.0.0.1', port: 8090 },
              key: { kind: 'bytes', hex: 'abcd' },
            },
          },
        ],
      },
      choice: { kind: 'object', variant: 'Small', entries: { one: 7 } },
      can: { kind: 'list', items: [2, 0x8000] },
      // Of a codec: what its carrier holds.
      note: { kind: 'text', text: 'null' },
      tail: { kind: 'bytes', hex: 'ffee' },
    },
  };
  expect(read).toMatchObject({ ok: true, value });
  const encoded = encodeValue(ASK, value, declarations);
  expect(encoded.ok && toHex(encoded.bytes)).toBe(HEX);
  expect(nodeAt(read.tree, 105).path).toBe('nodes[0].address');
  expect(nodeAt(read.tree, 103).path).toBe('nodes[0]');
  expect(nodeAt(read.tree, 500).path).toBe('');
});

test('what breaks is named with its whole path, and what was read before it stays', () => {
  const read = interpret(ASK, fromHex(HEX.replace('02abcd', '04abcd')), {
    declarations,
    offset: 23,
  });
  expect(read).toMatchObject({
    ok: false,
    error: { reason: 'too-short', path: 'nodes[0].key', offset: 34 },
  });
  expect(outline(read.tree)).toContain('nodes[0].address 27+6');
});

test.each([
  ['a tag that no variant has', '590009', 'choice.tag', 2],
  ['a constant that differs', '58', 'tag', 0],
  ['bytes left in a frame', '5901000a7f0000011f9a02abcdff', 'nodes[0]', 13],
])('%s', (_, hex, path, offset) => {
  expect(interpret(ASK, fromHex(hex), { declarations })).toMatchObject({
    ok: false,
    error: { path, offset },
  });
});

test('compat shows what is left in a frame as nobody’s', () => {
  const surplus = HEX.replace('0009', '000b').replace('abcd', 'abcd0102');
  const read = interpret(ASK, fromHex(surplus), { declarations, compat: true });
  expect(read.ok).toBe(true);
  expect(nodeAt(read.tree, 13)).toMatchObject({
    path: 'nodes[0].surplus',
    offset: 13,
    length: 2,
    type: undefined,
  });
});

test.each<readonly [string, VectorValue, string, string]>([
  ['a missing value', object({}), 'one', 'has no value'],
  ['an unknown name', object({ one: 1, two: 2 }), 'two', 'no field that takes a value'],
  ['another kind', object({ one: { kind: 'text', text: '1' } }), 'one', 'expected a number'],
  ['a number too large', object({ one: 256n }), 'one', '256 is not a whole number in 0..255'],
  ['no object', 1, 'value', 'expected named values'],
])('%s has no bytes', (_, value, path, detail) => {
  const encoded = encodeValue(declarations.struct('Small'), value, declarations);
  expect(encoded).toMatchObject({ ok: false, path });
  expect(encoded.ok ? '' : encoded.detail).toContain(detail);
});

test('a variant is named by its struct', () => {
  const choice = declarations.union('Choice');
  expect(encodeValue(choice, { ...object({ one: 7 }), variant: 'Small' }, declarations)).toEqual({
    ok: true,
    bytes: Uint8Array.of(3, 7),
    hex: '0307',
  });
  expect(encodeValue(choice, object({ one: 7 }), declarations)).toMatchObject({ ok: false });
});

function object(entries: Readonly<Record<string, VectorValue>>) {
  return { kind: 'object', variant: undefined, entries } as const;
}
