/** A model of two modules in which every wire type, every option of one and every awkward name occurs. */
import type { Field, Message } from '../../../compiler/ir/model.ts';
import type { WireType } from '../../../compiler/ir/wire-type.ts';
import {
  bound,
  bytes,
  community,
  enumeration,
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
} from './model-factories.ts';

export const SHARED_PATH = 'schemas/shared.ipv8';
export const EVERY_PATH = 'schemas/every.ipv8';

const LONG = 'AStructWithANameThatIsFarTooLongForOneLineOfCode';
const SHARED = { place: { path: SHARED_PATH, line: 3 } };
const EVERY = { place: { path: EVERY_PATH, line: 7 } };

function int(bits: 8 | 16 | 32 | 64, range?: readonly [bigint, bigint]): WireType {
  const limits = range === undefined ? undefined : { min: range[0], max: range[1] };
  return { kind: 'integer', bits, isSigned: true, range: limits };
}

function string(prefix: 8 | 16 | 32): WireType {
  return { kind: 'string', prefix, bound: bound(2 ** prefix - 1, { max: 60 }) };
}

function framed(structName: string): WireType {
  return { kind: 'struct', structName, isInline: false };
}

function inline(structName: string): WireType {
  return { kind: 'struct', structName, isInline: true };
}

const REASON: WireType = { kind: 'enum', enumName: 'Reason', bits: 16 };
const ABILITY: WireType = { kind: 'flags', flagsName: 'Ability', bits: 16 };
const ENTRY = { kind: 'union', unionName: 'Entry', isInline: true } as const;
const FIXED: WireType = { kind: 'fixed-bytes', size: 3 };
const BITS: WireType = {
  kind: 'bits',
  members: [
    { kind: 'enum', name: 'connection', doc: 'How it is reached.', bits: 2, enumName: 'Link' },
    { kind: 'unused', bits: 1 },
    { kind: 'flag', name: 'new_style', doc: '' },
    { kind: 'number', name: 'level', doc: '', bits: 3 },
    { kind: 'flag', name: 'advice', doc: '' },
  ],
};
const NUMBER_AT_BOTH_ENDS: WireType = {
  kind: 'bits',
  members: [
    { kind: 'number', name: 'high', doc: '', bits: 4 },
    { kind: 'number', name: 'low', doc: '', bits: 4 },
  ],
};
const WHOLE_BYTE: WireType = {
  kind: 'bits',
  members: [{ kind: 'number', name: 'whole', doc: '', bits: 8 }],
};
const UNUSED: WireType = { kind: 'bits', members: [{ kind: 'unused', bits: 8 }] };

const SCALARS: readonly Field[] = [
  field('yes', { kind: 'bool' }),
  ...([8, 16, 32, 64] as const).map((bits) => field(`unsigned_${bits}`, uint(bits))),
  ...([8, 16, 32, 64] as const).map((bits) => field(`signed_${bits}`, int(bits))),
  field('port', { kind: 'integer', bits: 16, isSigned: false, range: { min: 1n, max: 65535n } }),
  field('far', int(64, [-5n, 5_000_000_000_000n])),
  field('single', { kind: 'float', bits: 32 }),
  field('double', { kind: 'float', bits: 64 }, { doc: 'Two lines:\nand a trap */ here.' }),
  field('reason', REASON),
  field('abilities', ABILITY),
  field('few', { kind: 'flags', flagsName: 'Few', bits: 8 }),
  field('many', { kind: 'flags', flagsName: 'Many', bits: 32 }),
  field('four', IPV4),
  field('ip', { kind: 'address', form: 'ip' }),
  field('any', { kind: 'address', form: 'address' }),
];

const VARIABLE: readonly Field[] = [
  field('token', { kind: 'fixed-bytes', size: 20 }),
  field('short', bytes(8)),
  field('medium', bytes(16, { min: 2, max: 170, sendMax: 100 })),
  field('long', bytes(32, { max: 300 })),
  field('text_8', string(8)),
  field('text_16', string(16)),
  field('text_32', string(32)),
  field('longs', { kind: 'array', element: 'i64', bound: bound(0xffff, { max: 9 }) }),
  field('doubles', { kind: 'array', element: 'f64', bound: bound(0xffff, { max: 9 }) }),
  field('bools', { kind: 'array', element: 'bool', bound: bound(0xffff, { max: 9 }) }),
  field('tail', REST),
];

const LISTS: readonly Field[] = [
  field('values', list(bytes(16, { max: 170 }), 8, { max: 8, sendMax: 7 })),
  field('hashes', list({ kind: 'fixed-bytes', size: 20 }, 16, { min: 1, max: 4 })),
  field('nodes', list(inline('NodeInfo'), 8, { max: 8 })),
  field('frames', list(framed('NodeInfo'), 32, { max: 4 })),
  field('reasons', list(REASON, 8, { max: 5 })),
  field('ability_list', list(ABILITY, 8, { max: 5 })),
  field('entry_list', list(ENTRY, 8, { max: 5 })),
  field('nested', list(list(uint(16), 8, { max: 3 }), 8, { max: 3 })),
  field('flag_list', list(BITS, 8, { max: 3 })),
  field('deep_frames', list(list(framed('NodeInfo'), 8, { max: 2 }), 8, { max: 2 })),
  field('records', list(FIXED, 'rest', { max: 40 })),
];

const FRAMES: readonly Field[] = [
  field('first', framed('NodeInfo')),
  field('second', inline('NodeInfo')),
  field('with_tail', framed('Tail')),
  field('entry', { ...ENTRY, isInline: false }),
  field('flags', BITS),
  field('halves', NUMBER_AT_BOTH_ENDS),
  field('byte', WHOLE_BYTE),
  field('nothing', UNUSED),
  field('items', list(bytes(32, { max: 50 }), 'rest')),
];

const CONSTANTS: readonly Field[] = [
  field('tag', uint(8), { constant: { kind: 'integer', value: 0x59n } }),
  field('big', uint(64), { constant: { kind: 'integer', value: 2n ** 63n } }),
  field('negative', int(16), { constant: { kind: 'integer', value: -2n } }),
  field('is_new', { kind: 'bool' }, { constant: { kind: 'bool', value: true } }),
  field(
    'magic',
    { kind: 'fixed-bytes', size: 7 },
    {
      constant: { kind: 'bytes', hex: '4C695043000102' },
    },
  ),
  field('prefixed', bytes(16), { constant: { kind: 'bytes', hex: 'abcd' } }),
  field('clock', uint(32)),
];

/** Names that are words of TypeScript, names of the codec, or alike once they are in camel case. */
const NAMES: readonly Field[] = [
  'class',
  'constructor',
  'input',
  'out',
  'message',
  'bits',
  'count',
  'encode',
  'name',
  'a_b',
  'a__b',
  'await',
  'a_name_so_long_that_no_call_that_mentions_it_twice_fits_into_one_line',
]
  .map((name) => field(name, uint(8)))
  .concat([
    field('lists', list(BITS, 8, { max: 2 })),
    field('end', framed('NodeInfo')),
    field(
      'a_framed_struct_with_a_name_that_is_far_too_long_for_one_line_of_code',
      framed('NodeInfo'),
    ),
    field('a_bits_field_with_a_name_that_is_far_too_long_for_one_line_of_code', BITS),
    field(
      'a_list_with_a_name_that_is_far_too_long_for_one_line_of_code',
      list(bytes(16, { max: 3 }), 8, { max: 3 }),
    ),
    field('a_port_with_a_name_that_is_far_too_long_for_a_line_of_code', {
      kind: 'integer',
      bits: 16,
      isSigned: false,
      range: { min: 1n, max: 65535n },
    }),
  ]);

/** Every message of the model, which has one for every family of types. */
export const EVERY_MESSAGES: readonly Message[] = [
  message('Scalars', SCALARS, { ...EVERY, id: 1, doc: 'Types of a fixed size.' }),
  message('Variable', VARIABLE, { ...EVERY, id: 2, auth: 'unsigned', isTimed: true }),
  message('Lists', LISTS, { ...EVERY, id: 3 }),
  message('Frames', FRAMES, { ...EVERY, id: 4, doc: 'IPv8 in a doc comment.' }),
  message('Constants', CONSTANTS, { ...EVERY, id: 5 }),
  message('OnlyConstants', CONSTANTS.slice(0, 2), { ...EVERY, id: 6, isTimed: true }),
  message('Empty', [], { ...EVERY, id: 7 }),
  message('Names', NAMES, { ...EVERY, id: 8 }),
  message('Delete', [field('one', uint(8))], { ...EVERY, id: 9 }),
  message('Reader', [field('address', IPV4)], { ...EVERY, id: 10 }),
  message('InCell', [field('circuit_id', uint(32))], { ...EVERY, id: 11, via: ['cell'] }),
];

export const EVERY_TYPE = model(
  [
    SHARED_PATH,
    [
      enumeration('Link', { unknown: 0, public: 2 }, { ...SHARED, bits: undefined }),
      enumeration('Reason', { unknown: 1, not_found: 500 }, { ...SHARED, bits: 16, doc: 'Why.' }),
      flags('Ability', { relay: 1, exit_bt: 2, far: 0x8000 }, { ...SHARED, doc: 'What it can.' }),
      flags('Few', { one: 1 }, { ...SHARED, bits: 8 }),
      union('Entry', { 0: 'Small', 1: 'NodeInfo' }, { ...SHARED, doc: 'One or the other.' }),
      union('Wide', { 500: 'Tail', 70000: 'NodeInfo', 3: 'Entries' }, { ...SHARED, bits: 32 }),
      union('Only', { 0: LONG }, { ...SHARED, bits: 16 }),
      union('Either', { 0: LONG, 1: 'Small' }, SHARED),
      struct('Small', [field('one', uint(8))], SHARED),
      struct('Entries', [field('all', list(ENTRY, 8))], SHARED),
      struct(LONG, [field('one', uint(8))], SHARED),
      flags('Many', { last: 2 ** 31 }, { ...SHARED, bits: 32 }),
      struct('NodeInfo', [field('address', IPV4), field('public_key', bytes(8, { max: 90 }))], {
        ...SHARED,
        doc: 'A node.',
      }),
      struct('Tail', [field('number', uint(8)), field('extra', REST)], SHARED),
      enumeration('Nothing', {}, SHARED),
      community('Parent', [message('Ask', [field('link', uint(8))], { ...SHARED, id: 20 })], {
        ...SHARED,
        version: 3,
      }),
      community('Loose', [], { ...SHARED, identity: { kind: 'dynamic' } }),
    ],
  ],
  [
    EVERY_PATH,
    [
      community('Every', EVERY_MESSAGES, {
        ...EVERY,
        parent: 'Parent',
        identity: { kind: 'inherited' },
      }),
      // Derived names of a community meet a declaration.
      struct('EveryHandlers', [field('own', uint(8))], EVERY),
    ],
  ],
);
