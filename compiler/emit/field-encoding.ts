/** WireType → the statements that write a value, straight-line. */
import type { ConstantValue } from '../ir/model.ts';
import type { WireType } from '../ir/wire-type.ts';
import { constantParts } from './constant-parts.ts';
import { placeMembers } from './field-types.ts';
import type { ModuleScope } from './module-scope.ts';
import type { Names } from './names.ts';
import { call, type Call, flat, printAssignment, printExpression, quote, WIDTH } from './print.ts';

/**
 * Where statements are printed: their module, the names of their function, and what errors call the
 * field.
 */
export type CodecContext = {
  readonly scope: ModuleScope;
  readonly names: Names;
  /** The schema's name of the field, after which locals are named. */
  readonly field: string;
  /** What errors call it: the same, or nothing for the elements of a list. */
  readonly label: string;
  readonly indent: string;
};

/** Statements that write `value`, an expression without side effects. */
export function encodeValue(type: WireType, value: string, context: CodecContext): string {
  const field = quote(context.label);
  const write = (method: string, ...more: readonly string[]): string =>
    `${printExpression(context.indent, call(`out.${method}`, value, ...more), ';')}\n`;
  switch (type.kind) {
    case 'bool':
      return write('bool', field);
    case 'integer':
      return encodeInteger(type, value, context);
    case 'float':
      return write(`f${type.bits}`, field);
    case 'enum':
      return write(`u${type.bits}`, field);
    case 'flags':
      return write(`flags${type.bits}`, field);
    case 'fixed-bytes':
      return write('fixed', `${type.size}`, field);
    case 'bytes':
    case 'string': {
      const { min, sendMax } = type.bound;
      return write(`${type.kind}${type.prefix}`, field, `${min}`, `${sendMax}`);
    }
    case 'array': {
      const method = { i64: 'arrayI64', f64: 'arrayF64', bool: 'arrayBool' }[type.element];
      return write(method, field, `${type.bound.min}`, `${type.bound.sendMax}`);
    }
    case 'address':
      return write(type.form, field);
    case 'codec':
      return encodeCodec(type, value, context);
    case 'rest':
      return write('rest', field);
    case 'bits':
      return encodeBits(type, value, context);
    case 'list':
      return encodeList(type, value, context);
    case 'struct':
      return encodeStruct({ ...type, name: type.structName }, value, context);
    case 'union':
      return encodeStruct({ ...type, name: type.unionName }, value, context);
  }
}

/** Statements that write a constant. */
export function encodeConstant(
  type: WireType,
  constant: ConstantValue,
  context: CodecContext,
): string {
  const field = quote(context.label);
  return constantParts(type, constant)
    .map(({ method, literal }) => {
      return `${printExpression(context.indent, call(`out.${method}`, literal, field), ';')}\n`;
    })
    .join('');
}

function encodeInteger(
  type: Extract<WireType, { kind: 'integer' }>,
  value: string,
  context: CodecContext,
): string {
  const field = quote(context.label);
  const suffix = type.bits === 64 ? 'n' : '';
  const checked =
    type.range === undefined
      ? value
      : call('out.range', value, `${type.range.min}${suffix}`, `${type.range.max}${suffix}`, field);
  const method = `out.${type.isSigned ? 'i' : 'u'}${type.bits}`;
  return `${printExpression(context.indent, call(method, checked, field), ';')}\n`;
}

function encodeBits(
  type: Extract<WireType, { kind: 'bits' }>,
  value: string,
  context: CodecContext,
): string {
  const { indent } = context;
  const byte = context.names.take('bits');
  let text = `${indent}let ${byte} = 0;\n`;
  for (const { member, property, shift, width } of placeMembers(type.members)) {
    const read = `${value}.${property}`;
    const field = quote(context.label === '' ? member.name : `${context.label}.${member.name}`);
    const checked =
      member.kind === 'flag'
        ? call('out.flag', read, field)
        : call('out.range', read, '0', `${(1 << width) - 1}`, field);
    text += printOr(byte, { checked, shift, property }, context);
  }
  return `${text}${printExpression(indent, call('out.u8', byte, quote(context.label)), ';')}\n`;
}

function printOr(
  byte: string,
  part: { readonly checked: Call; readonly shift: number; readonly property: string },
  { indent, names }: CodecContext,
): string {
  const { checked, property, shift } = part;
  const left = `${byte} |=`;
  if (shift === 0) return `${printAssignment(indent, left, checked)}\n`;
  const oneLine = `${indent}${left} ${flat(checked)} << ${shift};`;
  if (oneLine.length <= WIDTH) return `${oneLine}\n`;
  const value = names.take(property);
  const first = printAssignment(indent, `const ${value} =`, checked);
  return `${first}\n${printAssignment(indent, left, `${value} << ${shift}`)}\n`;
}

function encodeList(
  type: Extract<WireType, { kind: 'list' }>,
  value: string,
  context: CodecContext,
): string {
  const { indent } = context;
  const field = quote(context.label);
  const length = `${value}.length`;
  const bounds = [`${type.bound.min}`, `${type.bound.sendMax}`];
  let text = '';
  if (type.count !== 'rest') {
    const count = call(`out.count${type.count}`, length, field, ...bounds);
    text += `${printExpression(indent, count, ';')}\n`;
  } else if (type.bound.isStated) {
    text += `${printExpression(indent, call('out.range', length, ...bounds, field), ';')}\n`;
  }
  text += `${printExpression(indent, call('out.path.openList', field), ';')}\n`;
  const names = context.names.inside();
  const element = names.take('element');
  const inner = { ...context, names, indent: `${indent}  `, label: '' };
  const body = `${inner.indent}out.path.nextElement();\n${encodeValue(type.element, element, inner)}`;
  const loop = `${indent}for (const ${element} of ${value}) {\n${body}${indent}}\n`;
  return `${text}${loop}${indent}out.path.closeList();\n`;
}

function encodeCodec(
  type: Extract<WireType, { kind: 'codec' }>,
  value: string,
  context: CodecContext,
): string {
  const { indent, names, scope } = context;
  const carrier = names.take('carrier');
  const made = call('out.codec', scope.authorCodec(type.codecName), value, quote(context.label));
  const first = printAssignment(indent, `const ${carrier} =`, made);
  return `${first}\n${encodeValue(type.carrier, carrier, context)}`;
}

/** A struct, or a union: their codecs are called alike. An element has its path already. */
function encodeStruct(
  type: { readonly name: string; readonly isInline: boolean },
  value: string,
  { indent, label, scope }: CodecContext,
): string {
  const className = scope.codecName(type.name);
  const method = type.isInline ? 'out.nested' : 'out.framed';
  const writing =
    type.isInline && label === ''
      ? call(`${className}.encode`, value, 'out')
      : call(method, className, value, quote(label));
  return `${printExpression(indent, writing, ';')}\n`;
}
