/** Types → the fields that Wireshark filters by. */
import { placeBits } from '../../ir/place-bits.ts';
import type { Flags } from '../../ir/model.ts';
import type { WireType } from '../../ir/wire-type.ts';
import type { FilterNames } from './filter-names.ts';
import { call, member, quote, tableKey } from './lua-text.ts';

/** A field: its key in the table `f` of its declaration, and what makes it. */
export type ProtoField = { readonly key: string; readonly made: string };

/** What the fields of one model are made with. */
export type FieldScope = {
  readonly names: FilterNames;
  readonly flags: (name: string) => Flags;
  /** In front of declarations' names in tables. */
  readonly prefix: string;
};

/** Where fields are declared: the filter of what holds them, ending without a dot. */
export type FieldOwner = { readonly filter: string; readonly scope: FieldScope };

type Named = { readonly name: string; readonly type: WireType; readonly doc: string };

/** All fields that one field of a schema needs. */
export function protoFields(field: Named, owner: FieldOwner): readonly ProtoField[] {
  return fieldsOfType(field.type, { ...owner, key: field.name, label: field.name, doc: field.doc });
}

/** As a row of the table `f`. */
export function protoFieldLine({ key, made }: ProtoField): string {
  return `${tableKey(key)} = ${made},`;
}

type Place = FieldOwner & {
  readonly key: string;
  readonly label: string;
  readonly doc: string;
};

/** `ProtoField.uint8("ipv8.…", "label", …)`, with the comment of the schema as description. */
function makeField(
  kind: string,
  place: Place,
  ...more: readonly (string | undefined)[]
): ProtoField {
  const filter = quote(place.scope.names.claim(`${place.filter}.${place.key}`.toLowerCase()));
  const doc = place.doc === '' ? undefined : quote(place.doc);
  return {
    key: place.key,
    made: call(`ProtoField.${kind}`, filter, quote(place.label), ...more, doc),
  };
}

function fieldsOfType(type: WireType, place: Place): readonly ProtoField[] {
  switch (type.kind) {
    case 'bool':
      return [makeField('bool', place, undefined, undefined, undefined)];
    case 'integer':
      return [
        makeField(
          `${type.isSigned ? '' : 'u'}int${type.bits}`,
          place,
          'base.DEC',
          undefined,
          undefined,
        ),
      ];
    case 'float':
      return [makeField(type.bits === 32 ? 'float' : 'double', place, undefined)];
    case 'enum': {
      const names = member('values', `${place.scope.prefix}${type.enumName}`);
      return [makeField(`uint${type.bits}`, place, 'base.DEC', names, undefined)];
    }
    case 'flags':
      return flagFields(type, place);
    case 'bits':
      return bitFields(type, place);
    case 'fixed-bytes':
    case 'bytes':
    case 'rest':
      return [makeField('bytes', place, undefined)];
    case 'string':
    case 'address':
      return [makeField('string', place, undefined)];
    case 'array':
      return [countField(place), arrayField(type.element, place)];
    case 'list':
      return [countField(place), ...fieldsOfType(type.element, elementPlace(type.element, place))];
    case 'struct':
    case 'union':
      return [makeField('none', place)];
    case 'codec':
      return fieldsOfType(type.carrier, place);
  }
}

/** The elements are found by the list's own name; those of a list in a list by `.inner`. */
export function elementKey(element: WireType, list: string): string {
  return element.kind === 'list' || element.kind === 'array' ? `${list}.inner` : list;
}

function elementPlace(element: WireType, place: Place): Place {
  return { ...place, key: elementKey(element, place.key) };
}

function countField(place: Place): ProtoField {
  return makeField(
    'uint32',
    { ...place, key: `${place.key}.count` },
    'base.DEC',
    undefined,
    undefined,
  );
}

function arrayField(element: 'i64' | 'f64' | 'bool', place: Place): ProtoField {
  if (element === 'i64') return makeField('int64', place, 'base.DEC', undefined, undefined);
  return element === 'f64'
    ? makeField('double', place, undefined)
    : makeField('bool', place, undefined, undefined, undefined);
}

function flagFields(
  { bits, flagsName }: Extract<WireType, { kind: 'flags' }>,
  place: Place,
): readonly ProtoField[] {
  const whole = makeField(`uint${bits}`, place, 'base.HEX', undefined, undefined);
  const members = place.scope.flags(flagsName).members.map(({ doc, name, value }) => {
    const at = { ...place, key: `${place.key}.${name}`, label: name, doc };
    return makeField('bool', at, String(bits), undefined, mask(value));
  });
  return [whole, ...members];
}

function bitFields(
  { members }: Extract<WireType, { kind: 'bits' }>,
  place: Place,
): readonly ProtoField[] {
  const parts = placeBits(members).map(({ member: part, shift, width }) => {
    const at = {
      ...place,
      key: `${place.key}.${part.name}`,
      label: part.name,
      doc: part.doc,
    };
    const bits = mask(((1 << width) - 1) << shift);
    if (part.kind === 'flag') return makeField('bool', at, '8', undefined, bits);
    const names =
      part.kind === 'enum' ? member('values', `${place.scope.prefix}${part.enumName}`) : undefined;
    return makeField('uint8', at, 'base.DEC', names, bits);
  });
  return [makeField('uint8', place, 'base.HEX', undefined, undefined), ...parts];
}

function mask(bits: number): string {
  return `0x${bits.toString(16).padStart(2, '0')}`;
}
