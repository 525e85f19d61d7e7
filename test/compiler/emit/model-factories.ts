/** Small makers of model values, for tests that need no schema text. */
import type {
  Community,
  Declaration,
  Enum,
  Flags,
  Field,
  Message,
  Model,
  Struct,
  Union,
} from '../../../compiler/ir/model.ts';
import type { Bound, PrefixBits, WireType } from '../../../compiler/ir/wire-type.ts';

const PATH = 'schemas/sample.ipv8';

export function model(
  ...modules: readonly (readonly [path: string, readonly Declaration[]])[]
): Model {
  return {
    modules: modules.map(([path, declarations]) => ({
      path,
      imports: [],
      declarations,
      vectors: [],
    })),
  };
}

export function field(name: string, type: WireType, more: Partial<Field> = {}): Field {
  return { name, type, constant: undefined, ...declared(more), ...more };
}

export function struct(name: string, fields: readonly Field[], more: Partial<Struct> = {}): Struct {
  return { kind: 'struct', name, fields, ...declared(more), ...more };
}

export function enumeration(
  name: string,
  members: Readonly<Record<string, number>>,
  more: Partial<Enum> = {},
): Enum {
  const named = Object.entries(members).map(([member, value]) => {
    return { name: member, value, ...declared({}) };
  });
  return { kind: 'enum', name, bits: 8, members: named, ...declared(more), ...more };
}

export function flags(
  name: string,
  members: Readonly<Record<string, number>>,
  more: Partial<Flags> = {},
): Flags {
  const named = Object.entries(members).map(([member, value]) => {
    return { name: member, value, ...declared({}) };
  });
  return { kind: 'flags', name, bits: 16, members: named, ...declared(more), ...more };
}

export function union(
  name: string,
  variants: Readonly<Record<number, string>>,
  more: Partial<Union> = {},
): Union {
  const tagged = Object.entries(variants).map(([tag, structName]) => {
    return { tag: Number(tag), structName };
  });
  return { kind: 'union', name, bits: 8, variants: tagged, ...declared(more), ...more };
}

export function message(
  name: string,
  fields: readonly Field[],
  more: Partial<Message> = {},
): Message {
  const fixed = {
    id: 1,
    auth: 'signed',
    isTimed: false,
    overrides: undefined,
    via: ['socket'],
  } as const;
  return { name, fields, ...fixed, ...declared(more), ...more };
}

export function community(
  name: string,
  messages: readonly Message[],
  more: Partial<Community> = {},
): Community {
  const identity = { kind: 'fixed', communityId: 'ab'.repeat(20) } as const;
  const fixed = {
    kind: 'community',
    identity,
    version: 2,
    parent: undefined,
    requests: [],
    reserved: [],
  } as const;
  return { name, messages, ...fixed, ...declared(more), ...more };
}

export function uint(bits: 8 | 16 | 32 | 64): WireType {
  return { kind: 'integer', bits, isSigned: false, range: undefined };
}

export function bytes(prefix: PrefixBits, stated?: Partial<Bound>): WireType {
  return { kind: 'bytes', prefix, bound: bound(2 ** prefix - 1, stated) };
}

export function list(
  element: WireType,
  count: PrefixBits | 'rest',
  stated?: Partial<Bound>,
): WireType {
  return {
    kind: 'list',
    element,
    count,
    bound: bound(count === 'rest' ? 0xffff : 2 ** count - 1, stated),
  };
}

export function bound(max: number, stated?: Partial<Bound>): Bound {
  const wanted = { min: 0, max, ...stated };
  return { sendMax: wanted.max, isStated: stated !== undefined, ...wanted };
}

export const IPV4: WireType = { kind: 'address', form: 'ipv4' };
export const REST: WireType = { kind: 'rest' };

function declared(more: { readonly place?: Field['place']; readonly doc?: string }) {
  return { doc: more.doc ?? '', place: more.place ?? { path: PATH, line: 1 } };
}
