/** What those who read payloads need of each other. */
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Span } from '../../source/span.ts';
import type { ClassInfo, Module } from '../names/scope.ts';
import type { Comments } from '../schema/doc.ts';
import type { StructDraft, TypeText } from '../schema/draft.ts';
import type { Evaluate } from '../values/evaluate.ts';

export type Context = {
  readonly evaluate: Evaluate;
  readonly report: (diagnostic: Diagnostic) => void;
  readonly commentsOf: (module: Module) => Comments;
  /** The struct of a payload that another one holds; undefined when it cannot be declared. */
  readonly structOf: (info: ClassInfo) => StructDraft | undefined;
  /** What was added to a serializer under a name. */
  readonly packers: Packers;
};

export type Packers = {
  readonly names: readonly string[];
  /** Undefined for a name that nobody added. */
  find(name: string): Packed | undefined;
};

/** What a packer writes. `isKnown` is false when its code does not tell; that is reported once. */
export type Packed =
  { readonly isKnown: true; readonly type: TypeText } | { readonly isKnown: false };

/** Where a class says something; its name where that cannot be found. */
export function spanOfAttribute(info: ClassInfo, name: string, evaluate: Evaluate): Span {
  for (const one of evaluate.lineage(info)) {
    const binding = one.scope.bindings.get(name)?.at(-1);
    if (binding !== undefined) return binding.span;
  }
  return info.definition.name.span;
}
