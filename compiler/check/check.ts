import { orderDiagnostics, type Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Model } from '../ir/model.ts';
import { createContext } from './context.ts';
import type { LinkedSchema } from './linked.ts';
import { type CheckMemory, createCheckMemory, remember, touchedSchemas } from './memory.ts';
import { localRules, rules } from './rules/index.ts';
import { Symbols } from './symbols.ts';

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
  const symbols = new Symbols(schemas);
  const touched = touchedSchemas(memory, schemas, symbols);
  const context = createContext(schemas, symbols, {
    report: (diagnostic) => found.push(diagnostic),
    known: (path) => (touched.has(path) ? undefined : memory.modules.get(path)),
  });
  const stale = schemas.filter(
    ({ schema: { source } }) => touched.has(source.path) || !memory.clean.has(source.path),
  );
  const local = { ...context, schemas: stale };
  for (const rule of rules) rule(localRules.has(rule) ? local : context);
  const model = context.model();
  const diagnostics = orderDiagnostics(found);
  remember(memory, schemas, { symbols, model, diagnostics });
  return { model, diagnostics };
}
