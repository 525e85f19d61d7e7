/** Wire types → annotations. */
import type { BitsMember, WireType } from '../../ir/wire-type.ts';
import type { Scope } from './scope.ts';

/** Whose fields are printed, and which. */
export type FieldPlace = { readonly owner: object; readonly field: string };

/** What the attribute of a payload is. */
export function annotation(type: WireType, place: FieldPlace, scope: Scope): string {
  switch (type.kind) {
    case 'list':
      return `list[${annotation(type.element, place, scope)}]`;
    case 'bits':
      return scope.names.ofBits(place.owner, place.field);
    case 'enum':
      return scope.className(type.enumName, 'in annotations');
    case 'flags':
      return scope.className(type.flagsName, 'in annotations');
    case 'codec':
      // Only its author's code knows, and that need not be there when the module is checked.
      return hasPython(type.codecName, scope)
        ? scope.imports.annotate('typing', 'Any')
        : annotation(type.carrier, place, scope);
    default:
      return wireAnnotation(type, scope);
  }
}

/** What py-ipv8's packer is given, and gives. */
export function wireAnnotation(type: WireType, scope: Scope): string {
  switch (type.kind) {
    case 'bool':
      return 'bool';
    case 'integer':
    case 'bits':
    case 'enum':
    case 'flags':
      return 'int';
    case 'float':
      return 'float';
    case 'fixed-bytes':
    case 'bytes':
    case 'rest':
      return 'bytes';
    case 'string':
      return 'str';
    case 'list':
      return `list[${wireAnnotation(type.element, scope)}]`;
    case 'array':
      return `list[${{ i64: 'int', f64: 'float', bool: 'bool' }[type.element]}]`;
    case 'struct':
      return scope.className(type.structName, 'in annotations');
    case 'union':
      return scope.className(type.unionName, 'in annotations');
    case 'address':
      return scope.imports.annotate('ipv8.messaging.interfaces.udp.endpoint', 'Address');
    case 'codec':
      return wireAnnotation(type.carrier, scope);
  }
}

/** What a member of `bits` is. */
export function memberAnnotation(member: BitsMember, scope: Scope): string {
  if (member.kind === 'enum') return scope.className(member.enumName, 'in annotations');
  return member.kind === 'flag' ? 'bool' : 'int';
}

/** True when the codec has code in Python; else the field holds what is on the wire. */
export function hasPython(codec: string, { find }: Pick<Scope, 'find'>): boolean {
  const found = find(codec);
  return found?.kind === 'codec' && found.targets['py'] !== undefined;
}
