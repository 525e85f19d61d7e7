/** Values of a wire type, as a generated class takes them. */
import * as fc from 'fast-check';
import { classFields } from '../../../compiler/emit/message-class.ts';
import { propertyNames } from '../../../compiler/emit/names.ts';
import { placeMembers } from '../../../compiler/emit/field-types.ts';
import type { Field, Model, Struct } from '../../../compiler/ir/model.ts';
import type { Bound, WireType } from '../../../compiler/ir/wire-type.ts';
import { printIpv4, printIpv6 } from '../../../runtime/address/ip.ts';

/** The object that a class with these fields is made from. */
export function initArbitrary(fields: readonly Field[], model: Model): fc.Arbitrary<unknown> {
  return fc.record(
    Object.fromEntries(
      classFields(fields).map(({ field, property }) => [
        property,
        valueArbitrary(field.type, model),
      ]),
    ),
    { noNullPrototype: true },
  );
}

/** Values that the type can say. */
export function valueArbitrary(type: WireType, model: Model): fc.Arbitrary<unknown> {
  switch (type.kind) {
    case 'bool':
      return fc.boolean();
    case 'integer': {
      const min = type.range?.min ?? (type.isSigned ? -(2n ** BigInt(type.bits - 1)) : 0n);
      const max = type.range?.max ?? 2n ** BigInt(type.isSigned ? type.bits - 1 : type.bits) - 1n;
      const value = fc.bigInt({ min, max });
      return type.bits === 64 ? value : value.map(Number);
    }
    case 'codec':
      return valueArbitrary(type.carrier, model);
    case 'float':
      return type.bits === 32 ? fc.float() : fc.double();
    case 'enum':
      return fc.nat({ max: 2 ** type.bits - 1 });
    case 'flags': {
      const bits = Array.from({ length: type.bits }, (_, at) => 2 ** at);
      return fc.subarray(bits).map((some) => new Set(some));
    }
    case 'fixed-bytes':
      return fc.uint8Array({ minLength: type.size, maxLength: type.size });
    case 'bytes':
      return fc.uint8Array(lengths(type.bound));
    case 'rest':
      return fc.uint8Array({ maxLength: 40 });
    case 'string':
      return textArbitrary(type.bound.sendMax).filter(
        (text) => new TextEncoder().encode(text).length <= type.bound.sendMax,
      );
    case 'list':
      return fc.array(valueArbitrary(type.element, model), lengths(type.bound));
    case 'array': {
      const element = {
        i64: fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n),
        f64: fc.double(),
        bool: fc.boolean(),
      };
      return fc.array<unknown>(element[type.element], lengths(type.bound));
    }
    case 'bits':
      return bitsArbitrary(type);
    case 'struct':
      return initArbitrary(structOf(model, type.structName).fields, model);
    case 'union':
      return unionArbitrary(type.unionName, model);
    case 'address':
      return addressArbitrary(type.form);
  }
}

/** Made once: fast-check goes through all of Unicode for it. */
const CHARACTER = fc.string({ unit: 'binary', minLength: 1, maxLength: 1 });

function textArbitrary(maxLength: number): fc.Arbitrary<string> {
  return fc.string({ unit: CHARACTER, maxLength });
}

function unionArbitrary(name: string, model: Model): fc.Arbitrary<unknown> {
  const union = model.modules
    .flatMap((module) => module.declarations)
    .find((one) => one.kind === 'union' && one.name === name);
  if (union?.kind !== 'union') throw new Error(`no union ${name}`);
  const kinds = propertyNames(union.variants.map(({ structName }) => structName));
  const variants = union.variants.map(({ structName }, at) =>
    fc.record({
      kind: fc.constant(kinds[at]),
      value: initArbitrary(structOf(model, structName).fields, model),
    }),
  );
  return fc.oneof(...variants);
}

function lengths(bound: Bound): { readonly minLength: number; readonly maxLength: number } {
  return { minLength: bound.min, maxLength: Math.min(bound.sendMax, bound.min + 200) };
}

function bitsArbitrary(type: Extract<WireType, { kind: 'bits' }>): fc.Arbitrary<unknown> {
  const members = placeMembers(type.members).map(({ member, property, width }) => {
    const value = member.kind === 'flag' ? fc.boolean() : fc.nat({ max: 2 ** width - 1 });
    return [property, value] as const;
  });
  return fc.record(Object.fromEntries<fc.Arbitrary<unknown>>(members), { noNullPrototype: true });
}

function addressArbitrary(form: 'ipv4' | 'ip' | 'address'): fc.Arbitrary<unknown> {
  const port = fc.nat({ max: 0xffff });
  const bytes = (size: number) => fc.uint8Array({ minLength: size, maxLength: size });
  const ipv4 = fc.record({
    kind: fc.constant('ipv4'),
    host: bytes(4).map((one) => printIpv4(one, 0)),
    port,
  });
  const ipv6 = fc.record({
    kind: fc.constant('ipv6'),
    host: bytes(16).map((one) => printIpv6(one, 0)),
    port,
  });
  const domain = fc.record({
    kind: fc.constant('domain'),
    host: textArbitrary(0xffff),
    port,
  });
  if (form === 'ipv4') return ipv4;
  return form === 'ip' ? fc.oneof(ipv4, ipv6) : fc.oneof(ipv4, ipv6, domain);
}

function structOf(model: Model, name: string): Struct {
  for (const declaration of model.modules.flatMap((module) => module.declarations)) {
    if (declaration.kind === 'struct' && declaration.name === name) return declaration;
  }
  throw new Error(`no struct ${name}`);
}
