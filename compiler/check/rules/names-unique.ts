import type { Name } from '../../ast/nodes.ts';
import { diagnose } from '../../diagnostics/diagnostic.ts';
import type { CheckContext } from '../context.ts';

/**
 * A declaration's name is unique in the whole program, a message's in its schema: both become
 * classes there.
 */
export function namesUnique(context: CheckContext): void {
  const declared = new Map<string, Name>();
  for (const { schema } of context.schemas) {
    for (const { name } of schema.declarations) declare(context, declared, name);
  }
  for (const { schema } of context.schemas) {
    const own = new Map<string, Name>(schema.declarations.map(({ name }) => [name.text, name]));
    for (const node of schema.declarations) {
      if (node.kind !== 'community') continue;
      for (const { name } of node.messages) declare(context, own, name);
    }
  }
}

function declare(context: CheckContext, names: Map<string, Name>, name: Name): void {
  const first = names.get(name.text);
  if (first === undefined) {
    names.set(name.text, name);
    return;
  }
  context.report(
    diagnose(
      'name/duplicate',
      { name: name.text },
      {
        at: name.span,
        label: 'declared again here',
        others: [{ span: first.span, text: 'first declared here' }],
      },
    ),
  );
}
