import { diagnose } from '../../diagnostics/diagnostic.ts';
import type { CheckContext } from '../context.ts';

/** Every import names a schema that is there. */
export function importsExist(context: CheckContext): void {
  for (const { imports } of context.schemas) {
    for (const { node, path, isMissing } of imports) {
      if (!isMissing) continue;
      const help = ['the path is relative to the schema that imports it'];
      const at = node.specifier.span;
      context.report(diagnose('import/missing-file', { path }, { at, help }));
    }
  }
}
