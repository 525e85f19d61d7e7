/** WireType → the code that reads a value, straight-line. */
import type { ConstantValue } from '../ir/model.ts';
import type { WireType } from '../ir/wire-type.ts';
import { constantParts } from './constant-parts.ts';
import type { CodecContext } from './field-encoding.ts';
import { arrayType, placeMembers } from './field-types.ts';
import { camelCase } from './names.ts';
import { call, type Expression, printAssignment, printExpression, quote } from './print.ts';

/** Statements to run first, and the expression whose value was read. */
export type Decoding = { readonly before: string; readonly value: Expression };

/** Code that reads a value of this type. */
export function decodeValue(type: WireType, context: CodecContext): Decoding {
  const field = quote(context.field);
  const read = (method: string, ...parameters: readonly string[]): Decoding => ({
    before: '',
    value: call(`input.${method}`, ...parameters),
  });
  switch (type.kind) {
    case 'bool':
      return read('bool', field);
    case 'integer':
      return decodeInteger(type, field);
    case 'float':
      return read(`f${type.bits}`, field);
    case 'enum':
      return read(`u${type.bits}`, field);
    case 'flags':
      return read(`flags${type.bits}`, field);
    case 'fixed-bytes':
      return read('fixed', `${type.size}`, field);
    case 'bytes':
    case 'string': {
      const { min, max } = type.bound;
      return read(`${type.kind}${type.prefix}`, field, `${min}`, `${max}`);
    }
    case 'array': {
      const method = { i64: 'arrayI64', f64: 'arrayF64', bool: 'arrayBool' }[type.element];
      return read(method, field, `${type.bound.min}`, `${type.bound.max}`);
    }
    case 'address':
      return read(type.form, field);
    case 'codec':
      return decodeValue(type.carrier, context);
    case 'rest':
      return read('rest');
    case 'bits':
      return decodeBits(type, context);
    case 'list':
      return decodeList(type, context);
    case 'struct':
      return decodeStruct({ ...type, name: type.structName }, context);
    case 'union':
      return decodeStruct({ ...type, name: type.unionName }, context);
  }
}

/** Statements that read a constant and compare it. */
export function decodeConstant(
  type: WireType,
  constant: ConstantValue,
  context: CodecContext,
): string {
  const field = quote(context.field);
  return constantParts(type, constant)
    .map(({ method, literal, size }) => {
      const isExpected = `input.${method}(${field}) === ${literal}`;
      const check = call('input.constant', isExpected, `${size}`, field);
      return `${printExpression(context.indent, check, ';')}\n`;
    })
    .join('');
}

function decodeInteger(type: Extract<WireType, { kind: 'integer' }>, field: string): Decoding {
  const plain = call(`input.${type.isSigned ? 'i' : 'u'}${type.bits}`, field);
  if (type.range === undefined) return { before: '', value: plain };
  const suffix = type.bits === 64 ? 'n' : '';
  const { min, max } = type.range;
  const size = `${type.bits / 8}`;
  const value = call('input.range', plain, `${min}${suffix}`, `${max}${suffix}`, size, field);
  return { before: '', value };
}

function decodeBits(type: Extract<WireType, { kind: 'bits' }>, context: CodecContext): Decoding {
  const { indent } = context;
  const byte = context.names.take('bits');
  const value = context.names.take(camelCase(context.field));
  const placed = placeMembers(type.members);
  const reading = call('input.u8', quote(context.field));
  if (placed.length === 0) {
    return { before: `${printExpression(indent, reading, ';')}\n`, value: '{}' };
  }
  const read = printAssignment(indent, `const ${byte} =`, reading);
  const lines = placed.map(({ member, property, shift, width }) => {
    const mask = ((1 << width) - 1).toString(16).padStart(2, '0');
    const high = shift === 0 ? byte : `${byte} >> ${shift}`;
    const number = shift + width === 8 ? high : shift === 0 ? byte : `(${high})`;
    const flag = `(${byte} & 0x${(1 << shift).toString(16).padStart(2, '0')}) !== 0`;
    const part =
      member.kind === 'flag' ? flag : shift + width === 8 ? number : `${number} & 0x${mask}`;
    return `${printAssignment(`${indent}  `, `${property}:`, part, ',')}\n`;
  });
  const object = `${indent}const ${value} = {\n${lines.join('')}${indent}};\n`;
  return { before: `${read}\n${object}`, value };
}

function decodeList(type: Extract<WireType, { kind: 'list' }>, context: CodecContext): Decoding {
  if (type.element.kind === 'fixed-bytes' && type.count !== 'rest') {
    return decodeRecords(type, type.element.size, context);
  }
  const { indent, names, scope } = context;
  const field = quote(context.field);
  const list = names.take(camelCase(context.field));
  const { min, max, isStated } = type.bound;
  let before = `${indent}const ${list}: ${arrayType(type.element, scope, indent)} = [];\n`;
  const inner = { ...context, indent: `${indent}  ` };
  const { element } = type;
  if (type.count === 'rest') {
    before += `${indent}while (input.more()) {\n`;
    // Only the last of a row of fixed records can be short, and only here.
    const decoding: Decoding =
      element.kind === 'fixed-bytes'
        ? { before: '', value: call('input.record', `${element.size}`, field) }
        : decodeValue(element, inner);
    before += push(list, decoding, inner.indent);
  } else {
    const count = names.take('count');
    const read = call(`input.count${type.count}`, field, `${min}`, `${max}`);
    before += `${printAssignment(indent, `const ${count} =`, read)}\n`;
    const at = names.take('at');
    before += `${indent}for (let ${at} = 0; ${at} < ${count}; ${at}++) {\n`;
    before += push(list, decodeValue(element, inner), inner.indent);
  }
  before += `${indent}}\n`;
  if (type.count === 'rest' && isStated) {
    const check = call('input.range', `${list}.length`, `${min}`, `${max}`, '0', field);
    before += `${printExpression(indent, check, ';')}\n`;
  }
  return { before, value: list };
}

/** Records of one size: the reader sees whether all of them are there before it makes any. */
function decodeRecords(
  type: Extract<WireType, { kind: 'list' }>,
  size: number,
  { indent, names, field: name }: CodecContext,
): Decoding {
  const field = quote(name);
  const count = names.take('count');
  const read = call(`input.count${type.count}`, field, `${type.bound.min}`, `${type.bound.max}`);
  const before = `${printAssignment(indent, `const ${count} =`, read)}\n`;
  return { before, value: call('input.records', count, `${size}`, field) };
}

function push(list: string, decoding: Decoding, indent: string): string {
  const pushing = printExpression(indent, call(`${list}.push`, decoding.value), ';');
  return `${decoding.before}${pushing}\n`;
}

/** A struct, or a union: their codecs are called alike. */
function decodeStruct(
  type: { readonly name: string; readonly isInline: boolean },
  context: CodecContext,
): Decoding {
  const { indent, names, scope } = context;
  const field = quote(context.field);
  const className = scope.codecName(type.name);
  const content = call(`${className}.decode`, 'input');
  if (type.isInline) return { before: '', value: content };
  const end = names.take('end');
  const value = names.take(camelCase(context.field));
  const enter = printAssignment(indent, `const ${end} =`, call('input.enter16', field));
  const read = printAssignment(indent, `const ${value} =`, content);
  const leave = printExpression(indent, call('input.leave', end, field), ';');
  return { before: `${enter}\n${read}\n${leave}\n`, value };
}
