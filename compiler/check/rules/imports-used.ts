import { diagnose } from '../../diagnostics/diagnostic.ts';
import { removable } from '../../source/span.ts';
import type { CheckContext } from '../context.ts';
import { usedSchemas } from '../used-schemas.ts';

/** No schema is imported twice or for nothing (warnings). */
export function importsUsed(context: CheckContext): void {
  for (const { schema, imports } of context.schemas) {
    if (imports.length === 0) continue;
    const used = usedSchemas(context.symbols, schema, { withConstants: true });
    const seen = new Set<string>();
    for (const { node, path, isMissing } of imports) {
      const suggestions = [
        {
          text: 'remove the import',
          edits: [{ span: removable(node.span), replacement: '' }],
          applicability: 'machine-applicable' as const,
        },
      ];
      if (seen.has(path)) {
        context.report(diagnose('import/repeated', { path }, { at: node.span, suggestions }));
      } else if (!isMissing && !used.includes(path) && path !== schema.source.path) {
        context.report(diagnose('import/unused', { path }, { at: node.span, suggestions }));
      }
      seen.add(path);
    }
  }
}
