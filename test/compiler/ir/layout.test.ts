import { expect, test } from 'vitest';
import { createLayout, type LayoutMode } from '../../../compiler/ir/layout.ts';
import type { Struct, Union } from '../../../compiler/ir/model.ts';
import type { WireType } from '../../../compiler/ir/wire-type.ts';
import { bytes, field, list, REST, struct, uint, union } from '../emit/model-factories.ts';

const ACCEPTED: LayoutMode = { kind: 'accepted' };
const SENT: LayoutMode = { kind: 'sent', family: 'ipv6' };
const IP: WireType = { kind: 'address', form: 'ip' };
const ADDRESS: WireType = { kind: 'address', form: 'address' };

function layoutOf(declared: readonly (Struct | Union)[], mode: LayoutMode) {
  const names = new Map(declared.map((one) => [one.name, one]));
  return createLayout((name) => names.get(name), mode);
}

function inline(structName: string): WireType {
  return { kind: 'struct', structName, isInline: true };
}

function framed(structName: string): WireType {
  return { kind: 'struct', structName, isInline: false };
}

test('each struct is measured once, and sizes end at the largest whole number', () => {
  const count = 100;
  const structs = Array.from({ length: count }, (_, at) => {
    const inner = at === 0 ? uint(8) : inline(`S${at - 1}`);
    return struct(`S${at}`, [field('a', inner), field('b', inner)]);
  });
  let asked = 0;
  const names = new Map(structs.map((one) => [one.name, one]));
  const layout = createLayout((name) => {
    asked++;
    return names.get(name);
  }, ACCEPTED);
  const largest = Number.MAX_SAFE_INTEGER;
  expect(layout.ofDeclared('S9')).toEqual({ min: 1024, max: 1024, isOpen: false });
  expect(layout.ofDeclared('S99')).toEqual({ min: largest, max: largest, isOpen: false });
  expect(asked).toBe(count);
});

test('a long chain of structs does not exhaust the stack', () => {
  const count = 20_000;
  const structs = Array.from({ length: count }, (_, at) =>
    struct(`S${at}`, at === 0 ? [field('a', uint(8))] : [field('a', framed(`S${at - 1}`))]),
  );
  const { min } = layoutOf(structs, ACCEPTED).ofDeclared(`S${count - 1}`);
  expect(min).toBe(1 + 2 * (count - 1));
});

test('what contains itself, or is unknown, counts as nothing there', () => {
  const structs = [
    struct('A', [field('a', uint(8)), field('b', inline('B'))]),
    struct('B', [field('a', inline('A')), field('b', uint(16)), field('c', inline('None'))]),
  ];
  expect(layoutOf(structs, ACCEPTED).ofDeclared('A')).toEqual({ min: 3, max: 3, isOpen: false });
});

test.each<[name: string, type: WireType, accepted: object, sent: object]>([
  [
    'a stated bound',
    bytes(16, { min: 2, max: 8, sendMax: 7 }),
    { min: 4, max: 10, isOpen: false },
    { min: 4, max: 9, isOpen: false },
  ],
  [
    'a prefix that promises more than a datagram',
    bytes(16),
    { min: 2, max: 65_537, isOpen: false },
    { min: 2, max: 2, isOpen: true },
  ],
  [
    'a prefix of one byte',
    bytes(8),
    { min: 1, max: 256, isOpen: false },
    { min: 1, max: 256, isOpen: false },
  ],
  [
    'a list of open elements',
    list(bytes(16), 8, { max: 8 }),
    { min: 1, max: 1 + 8 * 65_537, isOpen: false },
    { min: 1, max: 17, isOpen: true },
  ],
  [
    'a list without a bound',
    list(IP, 8),
    { min: 1, max: 1 + 255 * 19, isOpen: false },
    { min: 1, max: 1, isOpen: true },
  ],
  ['rest', REST, { min: 0, max: 0, isOpen: true }, { min: 0, max: 0, isOpen: true }],
  [
    'a name',
    ADDRESS,
    { min: 5, max: 5 + 65_535, isOpen: false },
    { min: 5, max: 19, isOpen: true },
  ],
])('%s', (_, type, accepted, sent) => {
  expect(layoutOf([], ACCEPTED).ofType(type)).toEqual(accepted);
  expect(layoutOf([], SENT).ofType(type)).toEqual(sent);
});

test('a network of IPv4 nodes sends IPv4 addresses', () => {
  const layout = layoutOf([], { kind: 'sent', family: 'ipv4' });
  expect(layout.ofType(IP)).toEqual({ min: 7, max: 7, isOpen: false });
  expect(layout.ofType(ADDRESS)).toEqual({ min: 5, max: 7, isOpen: true });
});

test('a frame ends with what its length can say', () => {
  const structs = [struct('Tail', [field('a', uint(8)), field('rest', REST)])];
  const accepted = layoutOf(structs, ACCEPTED).ofType(framed('Tail'));
  expect(accepted).toEqual({ min: 3, max: 65_537, isOpen: false });
  const sent = layoutOf(structs, SENT).ofType(framed('Tail'));
  expect(sent).toEqual({ min: 3, max: 3, isOpen: true });
});

test('a union is as small as its smallest and as large as its largest struct', () => {
  const declared = [
    struct('Small', [field('a', uint(8))]),
    struct('Large', [field('a', uint(64)), field('b', uint(64))]),
    union('Either', { 0: 'Small', 1: 'Large' }),
  ];
  const size = layoutOf(declared, ACCEPTED).ofDeclared('Either');
  expect(size).toEqual({ min: 2, max: 17, isOpen: false });
});
