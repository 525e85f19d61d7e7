/** What an expression stands for, as far as it is written out. */
import type { Span } from '../../source/span.ts';
import type { ClassInfo, FunctionInfo, Module } from '../names/scope.ts';

export type Value =
  | { readonly kind: 'integer'; readonly value: bigint }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'truth'; readonly value: boolean }
  | { readonly kind: 'none' }
  | { readonly kind: 'list'; readonly items: readonly Value[] }
  | { readonly kind: 'class'; readonly info: ClassInfo }
  | { readonly kind: 'function'; readonly info: FunctionInfo }
  | { readonly kind: 'module'; readonly module: Module }
  /** Something that is in none of the files: of py-ipv8, of Python, or nobody's. */
  | { readonly kind: 'library'; readonly name: string; readonly from: string }
  /** An annotation made with `type_from_format`. */
  | { readonly kind: 'format'; readonly format: string }
  | { readonly kind: 'call'; readonly callee: Value; readonly args: readonly ValueArgument[] }
  | { readonly kind: 'member'; readonly object: Value; readonly name: string }
  | { readonly kind: 'index'; readonly object: Value; readonly items: readonly Value[] }
  /** Known only when the program runs. */
  | { readonly kind: 'unknown'; readonly span: Span };

export type ValueArgument = { readonly name: string | undefined; readonly value: Value };

/** The name under which a value is known, wherever it comes from; empty for one without a name. */
export function nameOf(value: Value): string {
  switch (value.kind) {
    case 'library':
    case 'member':
      return value.name;
    case 'class':
    case 'function':
      return value.info.definition.name.name;
    default:
      return '';
  }
}
