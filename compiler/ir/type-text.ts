import type { BitsMember, Bound, WireType } from './wire-type.ts';

/** The type as the schema writes it, an integer's range included. */
export function typeText(type: WireType): string {
  switch (type.kind) {
    case 'bool':
    case 'rest':
      return type.kind;
    case 'integer': {
      const { range } = type;
      const name = `${type.isSigned ? 'i' : 'u'}${type.bits}`;
      return range === undefined ? name : `${name} ${range.min}..${range.max}`;
    }
    case 'float':
      return `f${type.bits}`;
    case 'fixed-bytes':
      return `bytes[${type.size}]`;
    case 'bytes':
    case 'string':
      return `${type.kind}<u${type.prefix}${boundText(type.bound)}>`;
    case 'list': {
      const count = type.count === 'rest' ? 'rest' : `u${type.count}`;
      return `list<${typeText(type.element)}, ${count}${boundText(type.bound)}>`;
    }
    case 'array':
      return `array<${type.element}${boundText(type.bound)}>`;
    case 'bits':
      return `bits { ${type.members.map(memberText).join(', ')} }`;
    case 'enum':
      return type.enumName;
    case 'flags':
      return type.flagsName;
    case 'struct':
      return type.isInline ? `inline ${type.structName}` : type.structName;
    case 'union':
      return type.isInline ? `inline ${type.unionName}` : type.unionName;
    case 'address':
      return type.form;
    case 'codec':
      return type.codecName;
  }
}

function boundText(bound: Bound): string {
  if (!bound.isStated) return '';
  const min = bound.min === 0 ? '' : bound.min;
  const send = bound.sendMax === bound.max ? '' : ` send ..${bound.sendMax}`;
  return `, ${min}..${bound.max}${send}`;
}

function memberText(member: BitsMember): string {
  if (member.kind === 'flag') return member.name;
  if (member.kind === 'number') return `${member.name}[${member.bits}]`;
  if (member.kind === 'enum') return `${member.name}: ${member.enumName}[${member.bits}]`;
  return member.bits === 1 ? '_' : `_[${member.bits}]`;
}
