import type { Name } from '../../ast/nodes.ts';
import { diagnose } from '../../diagnostics/diagnostic.ts';
import type { CheckContext } from '../context.ts';

/**
 * Communities, structs, enums and messages are in PascalCase, constants in UPPER_CASE (warnings).
 */
export function typeNamesInPascalCase(context: CheckContext): void {
  for (const { schema } of context.schemas) {
    for (const node of schema.declarations) {
      if (node.kind === 'const') {
        if (/^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*$/.test(node.name.text)) continue;
        const at = node.name.span;
        context.report(diagnose('style/constant-name', { name: node.name.text }, { at }));
        continue;
      }
      // A codec's name reads like a built-in type's.
      if (node.kind !== 'codec') checkName(context, node.name);
      if (node.kind !== 'community') continue;
      for (const { name } of node.messages) checkName(context, name);
    }
  }
}

function checkName(context: CheckContext, { text, span }: Name): void {
  if (/^[A-Z][A-Za-z0-9]*$/.test(text)) return;
  context.report(diagnose('style/type-name', { name: text }, { at: span }));
}
