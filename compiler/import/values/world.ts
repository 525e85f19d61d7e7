/** What evaluating remembers of one set of files, and the parts of it that need each other. */
import type { Modules } from '../names/modules.ts';
import type { ClassInfo, Scope } from '../names/scope.ts';
import type { Expression } from '../python/tree.ts';
import type { Value } from './value.ts';

export type World = {
  readonly modules: Modules;
  readonly known: Map<Expression, Value>;
  readonly lineages: Map<ClassInfo, readonly ClassInfo[]>;
  /** What is being worked out: what is made from itself has no value. */
  readonly busy: Set<Expression | ClassInfo>;
  /** Names that are being looked up in modules, which may import each other in a circle. */
  readonly looked: Set<string>;
  evaluate(expression: Expression, scope: Scope): Value;
  /** The name as it is known in `scope` in front of the offset `at`. */
  lookUp(name: string, scope: Scope, at: number): Value | undefined;
};

/** Values that are worked out at a time: more would fill the stack. */
const BUSY_MAX = 400;

/** Runs `work` unless it is running already, or too much else is. */
export function guarded<Key, Result>(
  busy: Set<Key>,
  key: Key,
  work: () => Result,
): Result | undefined {
  if (busy.has(key) || busy.size >= BUSY_MAX) return undefined;
  busy.add(key);
  const result = work();
  busy.delete(key);
  return result;
}
