/** A model whose bounds are wrong here and there: what it writes has the right shape only. */
import type { Declaration, Field, Model } from '../../compiler/ir/model.ts';
import type { Bound, WireType } from '../../compiler/ir/wire-type.ts';
import type { Chance } from '../../compiler/values/chance.ts';

/** How far beyond a bound. */
const BEYOND = 8;

/** What would be longer is left alone: a datagram does not hold it. */
const LENGTH_MAX = 1_400;

/** Not all at once: the first wrong length hides the others. */
const CHANGED_ONE_IN = 3;

export function relax(model: Model, chance: Chance): Model {
  return {
    modules: model.modules.map((module) => ({
      ...module,
      declarations: module.declarations.map((one) => relaxDeclaration(one, chance)),
    })),
  };
}

function relaxDeclaration(one: Declaration, chance: Chance): Declaration {
  const relaxed = (fields: readonly Field[]): readonly Field[] =>
    fields.map((field) => {
      if (field.constant !== undefined) return field;
      return { ...field, type: relaxType(field.type, chance) };
    });
  if (one.kind === 'struct') return { ...one, fields: relaxed(one.fields) };
  if (one.kind !== 'community') return one;
  const messages = one.messages.map((message) => ({ ...message, fields: relaxed(message.fields) }));
  return { ...one, messages };
}

function relaxType(type: WireType, chance: Chance): WireType {
  switch (type.kind) {
    case 'integer':
      return chance.oneIn(CHANGED_ONE_IN) ? { ...type, range: undefined } : type;
    case 'bytes':
    case 'string':
      return { ...type, bound: relaxBound(type.bound, 2 ** type.prefix - 1, chance) };
    case 'array':
      return { ...type, bound: relaxBound(type.bound, 0xffff, chance) };
    case 'list': {
      const most = type.count === 'rest' ? LENGTH_MAX : 2 ** type.count - 1;
      const element = relaxType(type.element, chance);
      return { ...type, element, bound: relaxBound(type.bound, most, chance) };
    }
    default:
      return type;
  }
}

/** Lengths just above, or just below, what is allowed. `most` is what the prefix can say. */
function relaxBound(bound: Bound, most: number, chance: Chance): Bound {
  if (!bound.isStated || !chance.oneIn(CHANGED_ONE_IN)) return bound;
  const above = Math.min(bound.max + BEYOND, most, LENGTH_MAX);
  if (bound.min > 0 && (above <= bound.max || chance.oneIn(2))) {
    return {
      min: Math.max(0, bound.min - BEYOND),
      max: bound.min - 1,
      sendMax: bound.min - 1,
      isStated: true,
    };
  }
  if (above <= bound.max) return bound;
  return { min: bound.max + 1, max: above, sendMax: above, isStated: true };
}
