/** Types → the calls that read them. */
import { constantParts } from '../../ir/constant-parts.ts';
import type { ConstantValue, Field } from '../../ir/model.ts';
import { placeBits } from '../../ir/place-bits.ts';
import type { Bound, IntegerType, WireType } from '../../ir/wire-type.ts';
import { call, indented, member, quote } from './lua-text.ts';
import { elementKey, type FieldScope } from './proto-fields.ts';

/** Which tree, under which name (as Lua), with which field of `f`. */
type Place = {
  readonly scope: FieldScope;
  readonly tree: string;
  readonly name: string;
  readonly key: string;
};

/** The lines that read a field of a struct or message. `isKept`: its number pairs messages. */
export function readLines(
  { constant, name, type }: Field,
  { isKept, scope }: { readonly isKept: boolean; readonly scope: FieldScope },
): readonly string[] {
  const place: Place = { scope, tree: 'tree', name: quote(name), key: name };
  if (constant !== undefined) return [constantCall(type, constant, place)];
  const lines = linesOf(type, place);
  const [only] = lines;
  if (!isKept || type.kind !== 'integer' || only === undefined) return lines;
  const keep = type.isSigned ? 'keep_signed' : 'keep_unsigned';
  return [call(keep, 'r', place.name, only, type.bits / 8)];
}

function linesOf(type: WireType, place: Place): readonly string[] {
  const field = member('f', place.key);
  const read = (name: string, ...more: readonly (string | number | undefined)[]): string =>
    call(name, 'r', place.tree, field, place.name, ...more);
  switch (type.kind) {
    case 'bool':
      return [read('boolean')];
    case 'integer':
      return [integerCall(type, read)];
    case 'float':
    case 'enum':
      return [read('number', type.bits / 8)];
    case 'flags':
    case 'bits':
      return [read('bit_fields', type.kind === 'bits' ? 1 : type.bits / 8, membersOf(type, place))];
    case 'fixed-bytes':
      return [read('fixed_bytes', type.size)];
    case 'bytes':
      return [read('bytes', type.prefix / 8, ...limits(type.bound))];
    case 'string':
      return [read('text', type.prefix / 8, ...limits(type.bound))];
    case 'rest':
      return [read('rest')];
    case 'address':
      return [read('address', quote(type.form))];
    case 'array': {
      const size = type.element === 'bool' ? 1 : 8;
      const count = member('f', `${place.key}.count`);
      const given = [count, field, place.name, size, ...limits(type.bound)];
      return [call('array', 'r', place.tree, ...given)];
    }
    case 'list':
      return listLines(type, place);
    case 'struct':
    case 'union': {
      const name = type.kind === 'struct' ? type.structName : type.unionName;
      const structs = member('structs', `${place.scope.prefix}${name}`);
      return [read(type.isInline ? 'inline' : 'framed', structs)];
    }
    case 'codec':
      return linesOf(type.carrier, place);
  }
}

type Read = (name: string, ...more: readonly (string | number | undefined)[]) => string;

function integerCall({ bits, isSigned, range }: IntegerType, read: Read): string {
  if (range === undefined) return read('number', bits / 8);
  const literal = (value: bigint): string => {
    if (bits < 64) return String(value);
    const digits = BigInt.asUintN(64, value).toString(16).padStart(16, '0');
    return call(`${isSigned ? 'Int64' : 'UInt64'}.fromhex`, quote(digits));
  };
  const name = isSigned ? 'signed_in' : 'unsigned_in';
  return read(name, bits / 8, literal(range.min), literal(range.max));
}

function membersOf(type: Extract<WireType, { kind: 'flags' | 'bits' }>, place: Place): string {
  const members =
    type.kind === 'bits'
      ? placeBits(type.members).map((part) => part.member.name)
      : place.scope.flags(type.flagsName).members.map(({ name }) => name);
  const fields = members.map((name) => member('f', `${place.key}.${name}`));
  return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
}

/** Nothing for a length that only its prefix bounds. */
function limits({ isStated, max, min }: Bound): readonly (number | undefined)[] {
  return isStated ? [min, max] : [];
}

function listLines(
  { bound, count, element }: Extract<WireType, { kind: 'list' }>,
  place: Place,
): readonly string[] {
  const [min, max] = limits(bound);
  const ofOneSize = element.kind === 'fixed-bytes' ? element.size : undefined;
  const shape =
    count === 'rest'
      ? ['rest_list', min, max]
      : ofOneSize === undefined
        ? ['list', count / 8, min, max]
        : ['records', count / 8, min, max, ofOneSize];
  const [name, ...more] = shape;
  const field = member('f', `${place.key}.count`);
  const given = ['r', place.tree, field, place.name, ...more].map((one) => one ?? 'nil');
  const inner = linesOf(element, {
    ...place,
    tree: 'items',
    name: 'name',
    key: elementKey(element, place.key),
  });
  return [`${name}(${given.join(', ')}, function(items, name)`, ...indented(inner), 'end)'];
}

function constantCall(type: WireType, constant: ConstantValue, place: Place): string {
  const field = member('f', place.key);
  if (constant.kind === 'bool') {
    const given = ['r', place.tree, field, place.name, String(constant.value)];
    return call('constant_boolean', ...given);
  }
  const parts = constantParts(type, constant).map(({ size, value }) =>
    quote(
      BigInt.asUintN(size * 8, BigInt(value))
        .toString(16)
        .padStart(size * 2, '0'),
    ),
  );
  const skip = type.kind === 'bytes' || type.kind === 'string' ? type.prefix / 8 : 0;
  return call('constant', 'r', place.tree, field, place.name, `{ ${parts.join(', ')} }`, skip);
}
