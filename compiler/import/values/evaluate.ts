/** Expressions → values. Nothing is run: what is not written out is unknown. */
import type { Modules } from '../names/modules.ts';
import type { ClassInfo, Scope } from '../names/scope.ts';
import type { Expression } from '../python/tree.ts';
import { lookUp } from './bindings.ts';
import { callValue } from './calls.ts';
import { attributeOf, basesOf, lineageOf } from './lineage.ts';
import { combine } from './operators.ts';
import type { Value } from './value.ts';
import { guarded, type World } from './world.ts';

/** The values of one set of files. */
export type Evaluate = {
  (expression: Expression, scope: Scope): Value;
  /** A class attribute, its own or a base's. */
  attribute(info: ClassInfo, name: string): Value | undefined;
  /** The class and the bases that are in the files, in the order in which attributes are looked up. */
  lineage(info: ClassInfo): readonly ClassInfo[];
  /** The values of the bases that are written with the class. */
  bases(info: ClassInfo): readonly Value[];
};

export function createEvaluate(modules: Modules): Evaluate {
  const world: World = {
    modules,
    known: new Map(),
    lineages: new Map(),
    busy: new Set(),
    looked: new Set(),
    evaluate: (expression, scope) => evaluate(world, expression, scope),
    lookUp: (name, scope, at) => lookUp(world, name, { scope, at }),
  };
  return Object.assign(
    (expression: Expression, scope: Scope) => world.evaluate(expression, scope),
    {
      attribute: (info: ClassInfo, name: string) => attributeOf(world, info, name),
      bases: (info: ClassInfo) => basesOf(world, info),
      lineage: (info: ClassInfo) => lineageOf(world, info),
    },
  );
}

/** The value of an expression, worked out once. */
function evaluate(world: World, expression: Expression, scope: Scope): Value {
  const found = world.known.get(expression);
  if (found !== undefined) return found;
  const value = guarded(world.busy, expression, () => evaluateNew(world, expression, scope));
  if (value === undefined) return unknown(expression);
  world.known.set(expression, value);
  return value;
}

function evaluateNew(world: World, expression: Expression, scope: Scope): Value {
  const valueOf = (inner: Expression): Value => evaluate(world, inner, scope);
  switch (expression.kind) {
    case 'integer':
    case 'text':
    case 'bytes':
    case 'truth':
    case 'none':
      return expression;
    case 'name': {
      const { name, span } = expression;
      return lookUp(world, name, { scope, at: span.start }) ?? { kind: 'library', name, from: '' };
    }
    case 'attribute':
      return memberOf(world, valueOf(expression.object), expression);
    case 'list':
      return listOf(expression, valueOf);
    case 'minus': {
      const value = valueOf(expression.value);
      return value.kind === 'integer'
        ? { kind: 'integer', value: -value.value }
        : unknown(expression);
    }
    case 'binary': {
      const { left, operator, right } = expression;
      return combine(operator, [valueOf(left), valueOf(right)]) ?? unknown(expression);
    }
    case 'index': {
      const object = valueOf(expression.object);
      const items = expression.items.map(valueOf);
      const [at] = items;
      if (object.kind !== 'list') return { kind: 'index', object, items };
      const index = at?.kind === 'integer' ? Number(at.value) : NaN;
      return Number.isNaN(index)
        ? unknown(expression)
        : (object.items.at(index) ?? unknown(expression));
    }
    case 'call': {
      const args = expression.args.map(({ name, value }) => ({ name, value: valueOf(value) }));
      return callValue(valueOf(expression.callee), args);
    }
    case 'star':
    case 'other':
      return unknown(expression);
  }
}

/** More fields than this fit no packet. */
const ITEMS_MAX = 2_000;

function listOf(
  expression: Extract<Expression, { readonly kind: 'list' }>,
  valueOf: (inner: Expression) => Value,
): Value {
  const items: Value[] = [];
  for (const item of expression.items) {
    if (item.kind !== 'star') {
      items.push(valueOf(item));
      continue;
    }
    const inner = valueOf(item.value);
    if (inner.kind !== 'list') return unknown(expression);
    for (const one of inner.items) items.push(one);
  }
  return items.length > ITEMS_MAX ? unknown(expression) : { kind: 'list', items };
}

function memberOf(
  world: World,
  object: Value,
  expression: Extract<Expression, { readonly kind: 'attribute' }>,
): Value {
  const { name } = expression;
  switch (object.kind) {
    case 'class':
      return attributeOf(world, object.info, name) ?? { kind: 'member', object, name };
    case 'module':
      return world.lookUp(name, object.module.scope, Infinity) ?? unknown(expression);
    case 'library':
      return { kind: 'library', name, from: `${object.from}.${object.name}` };
    case 'integer':
      // Of a member of an enumeration.
      return name === 'value' ? object : unknown(expression);
    default:
      return { kind: 'member', object, name };
  }
}

function unknown({ span }: Expression): Value {
  return { kind: 'unknown', span };
}
