import { orderDiagnostics, type Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Model } from '../ir/model.ts';
import { createContext } from './context.ts';
import type { LinkedSchema } from './linked.ts';
import { lower } from './lower.ts';
import { rules } from './rules/index.ts';

/** What the schemas of a program mean, and what is wrong with that. */
export type Checked = { readonly model: Model; readonly diagnostics: readonly Diagnostic[] };

/**
 * Checks schemas together. Never fails: what cannot be resolved is reported and left out of the
 * model.
 */
export function check(schemas: readonly LinkedSchema[]): Checked {
  const diagnostics: Diagnostic[] = [];
  const context = createContext(schemas, diagnostics);
  for (const rule of rules) rule(context);
  return { model: lower(context), diagnostics: orderDiagnostics(diagnostics) };
}
