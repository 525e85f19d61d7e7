import { diagnose } from '../../diagnostics/diagnostic.ts';
import type { CheckContext } from '../context.ts';
import { BUILT_IN_TYPES } from '../type-shape.ts';

/** Nothing is declared under the name of a built-in type: it could never be used. */
export function namesNotBuiltIn(context: CheckContext): void {
  for (const { schema } of context.schemas) {
    for (const { name } of schema.declarations) {
      if (!BUILT_IN_TYPES.includes(name.text)) continue;
      context.report(diagnose('name/built-in', { name: name.text }, { at: name.span }));
    }
  }
}
