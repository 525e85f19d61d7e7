/** What the names of a file, a class or a function stand for. */
import type { Span } from '../../source/span.ts';
import type {
  Assignment,
  ClassDefinition,
  Expression,
  FunctionDefinition,
  PythonModule,
  Statement,
} from '../python/tree.ts';

/** One of the files, with the path by which others import it. */
export type Module = {
  readonly python: PythonModule;
  /** The path without its ending, of a package its directory: `app/messages`. */
  readonly path: string;
  /** As Python imports it: `app.messages`. */
  readonly name: string;
  readonly scope: Scope;
  /** False for one that was come across. */
  readonly isNamed: boolean;
};

export type Scope = {
  readonly kind: 'module' | 'class' | 'function';
  readonly parent: Scope | undefined;
  /** In the order of the text. */
  readonly bindings: Map<string, Binding[]>;
  /** `from x import *`. */
  readonly stars: Star[];
  /** `X.names = […]` behind the class. */
  readonly writes: { readonly object: string; readonly name: string; readonly binding: Binding }[];
  /** Statements that are neither in a class nor in a function of this scope. */
  readonly classes: ClassInfo[];
  readonly functions: FunctionInfo[];
  /** The module that the scope is of. */
  readonly module: () => Module;
};

type Star = { readonly from: string };

export type ClassInfo = {
  readonly definition: ClassDefinition;
  /** Its own names. */
  readonly scope: Scope;
  /** Where it is defined. */
  readonly outer: Scope;
};

/** All classes of a scope, and those in its classes and functions. */
export function classesIn(scope: Scope): readonly ClassInfo[] {
  return [
    ...scope.classes.flatMap((one) => [one, ...classesIn(one.scope)]),
    ...scope.functions.flatMap((one) => classesIn(one.scope)),
  ];
}

export type FunctionInfo = {
  readonly definition: FunctionDefinition;
  readonly scope: Scope;
  /** The class whose method it is. */
  readonly owner: ClassInfo | undefined;
};

export type Binding = {
  readonly span: Span;
  /** True where it may not be made, or more than once. */
  readonly isConditional: boolean;
} & (
  | { readonly kind: 'class'; readonly info: ClassInfo }
  | { readonly kind: 'function'; readonly info: FunctionInfo }
  | { readonly kind: 'import'; readonly from: string | undefined; readonly path: string }
  | { readonly kind: 'value'; readonly value: Expression }
  | { readonly kind: 'update'; readonly operator: string; readonly value: Expression }
  /** Changed in a way that is not followed. */
  | { readonly kind: 'hidden' }
);

/** The scope of some statements, and those inside of it. */
export function scopeOf(
  statements: readonly Statement[],
  from: Pick<Scope, 'kind' | 'parent' | 'module'> & { readonly owner?: ClassInfo },
): Scope {
  const { kind, module, parent } = from;
  const scope: Scope = {
    kind,
    parent,
    module,
    bindings: new Map(),
    stars: [],
    writes: [],
    classes: [],
    functions: [],
  };
  fill(scope, statements, { isConditional: false, isLoop: false, owner: from.owner });
  return scope;
}

type Place = {
  readonly isConditional: boolean;
  readonly isLoop: boolean;
  readonly owner: ClassInfo | undefined;
};

function fill(scope: Scope, statements: readonly Statement[], place: Place): void {
  for (const statement of statements) {
    switch (statement.kind) {
      case 'class':
        addClass(scope, statement, place);
        break;
      case 'function':
        addFunction(scope, statement, place);
        break;
      case 'assign':
        addAssignment(scope, statement, place);
        break;
      case 'import':
        for (const { as, path } of statement.names) {
          if (path === '*') scope.stars.push({ from: statement.from ?? '' });
          else
            bind(scope, as, {
              ...placed(statement, place),
              kind: 'import',
              from: statement.from,
              path,
            });
        }
        break;
      case 'update':
        addUpdate(scope, statement, place);
        break;
      case 'expression':
        addMutation(scope, statement.value, place);
        break;
      case 'block':
        for (const branch of statement.branches) {
          const isLoop = place.isLoop || statement.isLoop;
          fill(scope, branch, { ...place, isConditional: true, isLoop });
        }
        break;
      default:
    }
  }
}

function placed(
  { span }: { readonly span: Span },
  { isConditional }: Place,
): Pick<Binding, 'span' | 'isConditional'> {
  return { span, isConditional };
}

function bind(scope: Scope, name: string, binding: Binding): void {
  const known = scope.bindings.get(name);
  if (known === undefined) scope.bindings.set(name, [binding]);
  else known.push(binding);
}

function addClass(scope: Scope, definition: ClassDefinition, place: Place): void {
  const inner: { scope?: Scope } = {};
  const info: ClassInfo = {
    definition,
    outer: scope,
    get scope() {
      return (inner.scope ??= scopeOf(definition.body, {
        kind: 'class',
        parent: scope,
        module: scope.module,
        owner: info,
      }));
    },
  };
  scope.classes.push(info);
  bind(scope, definition.name.name, { ...placed(definition, place), kind: 'class', info });
}

function addFunction(scope: Scope, definition: FunctionDefinition, place: Place): void {
  const inner: { scope?: Scope } = {};
  const info: FunctionInfo = {
    definition,
    owner: scope.kind === 'class' ? place.owner : undefined,
    get scope() {
      return (inner.scope ??= scopeOf(definition.body, {
        kind: 'function',
        parent: scope,
        module: scope.module,
      }));
    },
  };
  scope.functions.push(info);
  bind(scope, definition.name.name, { ...placed(definition, place), kind: 'function', info });
}

function addAssignment(scope: Scope, { span, targets, value }: Assignment, place: Place): void {
  if (value === undefined) return;
  const found = { span, isConditional: place.isConditional };
  for (const target of targets) {
    if (target.kind === 'list') {
      // `a, b = 1, 2`.
      const parts = value.kind === 'list' ? value.items : [];
      const isPaired = parts.length === target.items.length;
      target.items.forEach((item, at) => {
        const part = isPaired ? parts[at] : undefined;
        const other: Expression = { kind: 'other', span: value.span };
        if (item.kind !== 'name') return;
        bind(scope, item.name, { ...found, ...bound(part ?? other, place) });
      });
    } else if (target.kind === 'name') {
      bind(scope, target.name, { ...found, ...bound(value, place) });
    } else if (target.kind === 'attribute' && target.object.kind === 'name') {
      const binding: Binding = { ...found, ...bound(value, place) };
      scope.writes.push({ object: target.object.name, name: target.name, binding });
    } else if (target.kind === 'index' && target.object.kind === 'name') {
      bind(scope, target.object.name, { ...found, kind: 'hidden' });
    }
  }
}

function bound(
  value: Expression,
  { isLoop }: Place,
): { readonly kind: 'hidden' } | { readonly kind: 'value'; readonly value: Expression } {
  return isLoop ? { kind: 'hidden' } : { kind: 'value', value };
}

function addUpdate(
  scope: Scope,
  statement: Extract<Statement, { readonly kind: 'update' }>,
  place: Place,
): void {
  const { operator, target, value } = statement;
  if (target.kind !== 'name') return;
  const found = placed(statement, place);
  bind(
    scope,
    target.name,
    place.isLoop ? { ...found, kind: 'hidden' } : { ...found, kind: 'update', operator, value },
  );
}

/** Methods that change a list in its place. */
const MUTATORS: ReadonlySet<string> = new Set([
  'append',
  'clear',
  'extend',
  'insert',
  'pop',
  'remove',
  'reverse',
  'sort',
]);

function addMutation(scope: Scope, value: Expression, place: Place): void {
  if (value.kind !== 'call' || value.callee.kind !== 'attribute') return;
  const { name, object } = value.callee;
  if (object.kind !== 'name' || !MUTATORS.has(name) || scope.kind === 'function') return;
  bind(scope, object.name, { ...placed(value, place), kind: 'hidden' });
}
