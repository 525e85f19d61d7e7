/** What happens to a value between a payload's attribute and py-ipv8's packer. */
import type { Bound, WireType } from '../../ir/wire-type.ts';
import type { Scope } from './scope.ts';
import { call, comprehension, type Expression, flat, quote } from './text.ts';
import { type FieldPlace, hasPython } from './types.ts';

/** A field as it is called in Python. */
export type Attribute = FieldPlace & { readonly attribute: string };

/** What is packed for `value`; undefined for the value itself. */
export function packed(
  type: WireType,
  value: string,
  attribute: Attribute,
  scope: Scope,
): Expression | undefined {
  const label = quote(attribute.attribute);
  const sized = (of: Expression, { min, sendMax }: Pick<Bound, 'min' | 'sendMax'>): Expression =>
    call(scope.helper('_checked_size'), label, of, String(min), String(sendMax));
  switch (type.kind) {
    case 'integer': {
      if (type.range === undefined) return undefined;
      const { max, min } = type.range;
      return call(scope.helper('_checked_number'), label, value, String(min), String(max));
    }
    case 'fixed-bytes':
      return sized(value, { min: type.size, sendMax: type.size });
    case 'bytes':
    case 'array':
      return type.bound.isStated ? sized(value, type.bound) : undefined;
    case 'string': {
      if (!type.bound.isStated) return undefined;
      const { min, sendMax } = type.bound;
      return call(scope.helper('_checked_text'), label, value, String(min), String(sendMax));
    }
    case 'bits':
      return `${value}.to_byte()`;
    case 'codec': {
      const carrier = carrierOf(type.codecName, `encode(${value})`, scope) ?? value;
      return packed(type.carrier, carrier, attribute, scope) ?? carrier;
    }
    case 'list': {
      // A packer of records looks at their sizes itself.
      const { bound, element } = type;
      const inner =
        element.kind === 'fixed-bytes'
          ? undefined
          : eachOf(value, (item) => packed(element, item, attribute, scope));
      if (!bound.isStated) return inner;
      return sized(inner ?? value, bound);
    }
    default:
      return undefined;
  }
}

/** What an attribute is, made of what the packer gave; undefined for that itself. */
export function unpacked(
  type: WireType,
  value: string,
  place: FieldPlace,
  scope: Scope,
): Expression | undefined {
  switch (type.kind) {
    case 'enum':
      return call(scope.className(type.enumName), value);
    case 'flags':
      return call(scope.className(type.flagsName), value);
    case 'bits':
      return call(`${scope.names.ofBits(place.owner, place.field)}.from_byte`, value);
    case 'codec': {
      const carrier = unpacked(type.carrier, value, place, scope);
      const inner = carrier === undefined ? value : flat(carrier);
      return carrierOf(type.codecName, `decode(${inner})`, scope) ?? carrier;
    }
    case 'list':
      return eachOf(value, (item) => unpacked(type.element, item, place, scope));
    default:
      return undefined;
  }
}

/** A list of what is made of each element; undefined where that is the element. */
function eachOf(
  value: string,
  make: (item: string) => Expression | undefined,
): Expression | undefined {
  const item = /^item\d*$/.test(value) ? `item${Number(value.slice(4)) + 1}` : 'item';
  const made = make(item);
  return made === undefined ? undefined : comprehension(made, item, value);
}

/** `encode` and `decode` of the author's object, imported under a name of its own. */
function carrierOf(codecName: string, use: string, scope: Scope): string | undefined {
  const codec = scope.find(codecName);
  if (!hasPython(codecName, scope) || codec?.kind !== 'codec') return undefined;
  const [module = '', name = ''] = (codec.targets['py'] ?? '').split(':');
  const alias = `_${codecName}_codec`;
  return `${scope.imports.use(module, `${name} as ${alias}`)}.${use}`;
}

/** True when what is packed has another type than the attribute. */
export function changesType(type: WireType, scope: Scope): boolean {
  switch (type.kind) {
    case 'bits':
      return true;
    case 'codec':
      return hasPython(type.codecName, scope) || changesType(type.carrier, scope);
    case 'list':
      return changesType(type.element, scope);
    default:
      return false;
  }
}
