/** Statements and functions, wherever they stand. */
import type { FunctionInfo, Scope } from '../names/scope.ts';
import type { Expression, Statement } from './tree.ts';

/** All functions of a scope and of the classes and functions in it. */
export function functionsIn(scope: Scope): readonly FunctionInfo[] {
  return [
    ...scope.functions.flatMap((one) => [one, ...functionsIn(one.scope)]),
    ...scope.classes.flatMap((one) => functionsIn(one.scope)),
  ];
}

/** Statements in their order, those of blocks too; not those of classes and functions. */
export function statementsIn(body: readonly Statement[]): readonly Statement[] {
  return body.flatMap((statement) =>
    statement.kind === 'block' ? statement.branches.flatMap(statementsIn) : [statement],
  );
}

export type Call = Extract<Expression, { readonly kind: 'call' }>;

/** Calls that are statements of their own, or what is assigned or returned. */
export function callsIn(body: readonly Statement[]): readonly Call[] {
  return statementsIn(body).flatMap((statement) => {
    const value = 'value' in statement ? statement.value : undefined;
    return value?.kind === 'call' ? [value] : [];
  });
}

/** The method that a call is of: `add_packer` of `self.serializer.add_packer(…)`. */
export function methodOf({ callee }: Call): string {
  return callee.kind === 'attribute' ? callee.name : '';
}
