import { diagnose } from '../../diagnostics/diagnostic.ts';
import type { DeclarationNode, MessageNode, RequestNode } from '../../ast/nodes.ts';
import type { CheckContext } from '../context.ts';

/**
 * Every declaration but a constant has a doc comment (warning): it becomes the generated code's.
 */
export function declarationsDocumented(context: CheckContext): void {
  for (const { schema } of context.schemas) {
    for (const node of schema.declarations) {
      if (node.kind === 'const') continue;
      checkDoc(context, node);
      if (node.kind !== 'community') continue;
      for (const one of [...node.messages, ...node.requests]) checkDoc(context, one);
    }
  }
}

function checkDoc(context: CheckContext, node: DeclarationNode | MessageNode | RequestNode): void {
  if (node.doc !== '') return;
  const help = ['a doc comment is a line `/// …` in front of the declaration'];
  const parameters = { what: node.kind, name: node.name.text };
  context.report(diagnose('style/undocumented', parameters, { at: node.name.span, help }));
}
