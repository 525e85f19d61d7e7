/** WireType → the code that reads a value, straight-line. */
import type { ConstantValue } from '../ir/model.ts';
import type { WireType } from '../ir/wire-type.ts';
import { constantParts } from './constant-parts.ts';
import type { CodecContext } from './field-encoding.ts';
import { arrayType, placeMembers } from './field-types.ts';
import { camelCase } from './names.ts';
import {
  breakType,
  call,
  type Expression,
  printAssignment,
  printExpression,
  quote,
} from './print.ts';

/** Statements to run first, and the expression whose value was read. */
export type Decoding = { readonly before: string; readonly value: Expression };

/** Code that reads a value of this type. */
export function decodeValue(type: WireType, context: CodecContext): Decoding {
  const field = quote(context.label);
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
      return decodeCodec(type, context);
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
  const field = quote(context.label);
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
  const reading = call('input.u8', quote(context.label));
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
  const field = quote(context.label);
  const list = names.take(camelCase(context.field));
  const open = `${printExpression(indent, call('input.path.openList', field), ';')}\n`;
  const { min, max, isStated } = type.bound;
  const elements = arrayType(type.element, scope, indent);
  let before = `${breakType(indent, `const ${list}: ${elements} = [];`)}\n`;
  const block = names.inside();
  const inner = { ...context, names: block, indent: `${indent}  `, label: '' };
  const next = `${inner.indent}input.path.nextElement();\n`;
  const { element } = type;
  if (type.count === 'rest') {
    before += `${open}${indent}while (input.more()) {\n${next}`;
    // Only the last of a row of fixed records can be short, and only here.
    const decoding: Decoding =
      element.kind === 'fixed-bytes'
        ? { before: '', value: call('input.record', `${element.size}`, quote('')) }
        : decodeValue(element, inner);
    before += push(list, decoding, inner.indent);
  } else {
    const count = names.take(`${list}Count`);
    const read = call(`input.count${type.count}`, field, `${min}`, `${max}`);
    before += `${printAssignment(indent, `const ${count} =`, read)}\n`;
    const at = block.take('at');
    before += `${open}${indent}for (let ${at} = 0; ${at} < ${count}; ${at}++) {\n${next}`;
    before += push(list, decodeValue(element, inner), inner.indent);
  }
  before += `${indent}}\n${indent}input.path.closeList();\n`;
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
  { field: name, indent, names, label }: CodecContext,
): Decoding {
  const field = quote(label);
  const count = names.take(`${camelCase(name)}Count`);
  const read = call(`input.count${type.count}`, field, `${type.bound.min}`, `${type.bound.max}`);
  const before = `${printAssignment(indent, `const ${count} =`, read)}\n`;
  return { before, value: call('input.records', count, `${size}`, field) };
}

function push(list: string, decoding: Decoding, indent: string): string {
  const pushing = printExpression(indent, call(`${list}.push`, decoding.value), ';');
  return `${decoding.before}${pushing}\n`;
}

/** A struct, or a union: their codecs are called alike. An element has its path already. */
function decodeStruct(
  type: { readonly name: string; readonly isInline: boolean },
  context: CodecContext,
): Decoding {
  const className = context.scope.codecName(type.name);
  if (type.isInline && context.label === '') {
    return { before: '', value: call(`${className}.decode`, 'input') };
  }
  const method = type.isInline ? 'input.nested' : 'input.framed';
  return { before: '', value: call(method, className, quote(context.label)) };
}

/** The author's codec gets the carrier, and where it began, for what it may have to complain of. */
function decodeCodec(type: Extract<WireType, { kind: 'codec' }>, context: CodecContext): Decoding {
  const { indent, names, scope } = context;
  const carrier = decodeValue(type.carrier, context);
  const codec = scope.authorCodec(type.codecName);
  const read = (start: string): Expression =>
    call('input.codec', codec, start, carrier.value, quote(context.label));
  // Arguments are evaluated from left to right: this is the offset in front of the carrier.
  if (carrier.before === '') return { before: '', value: read('input.offset') };
  const start = names.take('start');
  const before = `${indent}const ${start} = input.offset;\n${carrier.before}`;
  return { before, value: read(start) };
}
