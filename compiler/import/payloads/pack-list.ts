/** `to_pack_list`: the tuples that it returns, read without running it. */
import type { ClassInfo, FunctionInfo } from '../names/scope.ts';
import type { Expression, Statement } from '../python/tree.ts';
import type { Evaluate } from '../values/evaluate.ts';

/** One tuple: a format and what is packed with it. */
export type PackItem = { readonly format: Expression; readonly args: readonly Expression[] };

/** What is packed, in its order; undefined for a method that decides, repeats or computes lists. */
export function packListOf(info: ClassInfo, evaluate: Evaluate): readonly PackItem[] | undefined {
  return listOfClass(evaluate.lineage(info));
}

function listOfClass(line: readonly ClassInfo[]): readonly PackItem[] | undefined {
  const at = line.findIndex((one) => one.scope.bindings.has('to_pack_list'));
  const binding = line[at]?.scope.bindings.get('to_pack_list')?.at(-1);
  if (binding?.kind !== 'function') return undefined;
  const parents = (): readonly PackItem[] | undefined => listOfClass(line.slice(at + 1));
  return runMethod(binding.info, parents);
}

type Parents = () => readonly PackItem[] | undefined;

/** Lists by the local names that hold them; other names stand for what they were given. */
type Locals = {
  readonly lists: Map<string, readonly PackItem[]>;
  readonly values: Map<string, Expression>;
  readonly parents: Parents;
};

function runMethod(
  { definition }: FunctionInfo,
  parents: Parents,
): readonly PackItem[] | undefined {
  const locals: Locals = { lists: new Map(), values: new Map(), parents };
  for (const statement of definition.body) {
    if (statement.kind === 'return') {
      return statement.value === undefined ? undefined : listOf(statement.value, locals);
    }
    if (!runStatement(statement, locals)) return undefined;
  }
  return undefined;
}

/** False for what is not understood. */
function runStatement(statement: Statement, locals: Locals): boolean {
  if (statement.kind === 'assign') {
    const [target] = statement.targets;
    if (statement.value === undefined) return true;
    if (target?.kind !== 'name' || statement.targets.length !== 1) return false;
    const list = listOf(statement.value, locals);
    if (list === undefined) locals.values.set(target.name, statement.value);
    else locals.lists.set(target.name, list);
    return true;
  }
  if (statement.kind === 'update') {
    const { operator, target, value } = statement;
    const old = target.kind === 'name' ? locals.lists.get(target.name) : undefined;
    const more = listOf(value, locals);
    if (target.kind !== 'name' || old === undefined || more === undefined) return false;
    locals.lists.set(target.name, [...old, ...more]);
    return operator === '+';
  }
  if (statement.kind !== 'expression') return false;
  // A docstring, or a call that changes a list.
  return statement.value.kind === 'text' || runCall(statement.value, locals);
}

function runCall(value: Expression, locals: Locals): boolean {
  if (value.kind !== 'call' || value.callee.kind !== 'attribute') return false;
  const { name, object } = value.callee;
  const old = object.kind === 'name' ? locals.lists.get(object.name) : undefined;
  const [first, second] = value.args.map((argument) => argument.value);
  if (object.kind !== 'name' || old === undefined || first === undefined) return false;
  if (name === 'append') {
    const item = itemOf(first, locals);
    if (item !== undefined) locals.lists.set(object.name, [...old, item]);
    return item !== undefined;
  }
  if (name === 'extend') {
    const more = listOf(first, locals);
    if (more !== undefined) locals.lists.set(object.name, [...old, ...more]);
    return more !== undefined;
  }
  if (name === 'insert' && first.kind === 'integer' && second !== undefined) {
    const item = itemOf(second, locals);
    if (item === undefined) return false;
    locals.lists.set(object.name, old.toSpliced(Number(first.value), 0, item));
    return true;
  }
  return false;
}

function listOf(value: Expression, locals: Locals): readonly PackItem[] | undefined {
  switch (value.kind) {
    case 'name':
      return locals.lists.get(value.name);
    case 'list': {
      const items: PackItem[] = [];
      for (const one of value.items) {
        const more = one.kind === 'star' ? listOf(one.value, locals) : [itemOf(one, locals)];
        if (more === undefined) return undefined;
        for (const item of more) {
          if (item === undefined) return undefined;
          items.push(item);
        }
      }
      return items;
    }
    case 'binary': {
      const [left, right] = [listOf(value.left, locals), listOf(value.right, locals)];
      return left === undefined || right === undefined || value.operator !== '+'
        ? undefined
        : [...left, ...right];
    }
    case 'call':
      return isParentCall(value) ? locals.parents() : undefined;
    default:
      return undefined;
  }
}

/** `super().to_pack_list()`. */
function isParentCall({ callee }: Extract<Expression, { readonly kind: 'call' }>): boolean {
  if (callee.kind !== 'attribute' || callee.name !== 'to_pack_list') return false;
  const { object } = callee;
  return object.kind === 'call' && object.callee.kind === 'name' && object.callee.name === 'super';
}

function itemOf(value: Expression, { values }: Locals): PackItem | undefined {
  if (value.kind !== 'list') return undefined;
  const [format, ...args] = value.items;
  if (format === undefined || args.length === 0) return undefined;
  const known = args.map((one) => (one.kind === 'name' ? (values.get(one.name) ?? one) : one));
  return { format, args: known };
}
