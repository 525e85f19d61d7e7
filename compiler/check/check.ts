import { orderDiagnostics, type Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Model } from '../ir/model.ts';
import { createContext } from './context.ts';
import type { LinkedSchema } from './linked.ts';
import { lower } from './lower.ts';
import { type CheckMemory, createCheckMemory, remember, touchedSchemas } from './memory.ts';
import { localRules, rules } from './rules/index.ts';

/** What the schemas of a program mean, and what is wrong with that. */
export type Checked = { readonly model: Model; readonly diagnostics: readonly Diagnostic[] };

/**
 * Checks schemas together. Never fails: what cannot be resolved is reported and left out of the
 * model. With the memory of an earlier check, schemas that nothing has touched keep their modules,
 * and those without a fault are not looked at again by local rules.
 */
export function check(
  schemas: readonly LinkedSchema[],
  memory: CheckMemory = createCheckMemory(),
): Checked {
  const found: Diagnostic[] = [];
  const context = createContext(schemas, found);
  const { symbols } = context;
  const touched = touchedSchemas(memory, schemas, symbols);
  const stale = schemas.filter(
    ({ schema: { source } }) => touched.has(source.path) || !memory.clean.has(source.path),
  );
  const local = { ...context, schemas: stale };
  for (const rule of rules) rule(localRules.has(rule) ? local : context);
  const model = lower(context, (path) =>
    touched.has(path) ? undefined : memory.modules.get(path),
  );
  const diagnostics = orderDiagnostics(found);
  remember(memory, schemas, { symbols, model, diagnostics });
  return { model, diagnostics };
}
