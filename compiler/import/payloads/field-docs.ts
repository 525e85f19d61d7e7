/** Comments behind the annotations of a class, by the name that is annotated. */
import type { ClassInfo } from '../names/scope.ts';
import type { Context } from './context.ts';

export function fieldDocs(
  info: ClassInfo,
  { commentsOf, evaluate }: Context,
): ReadonlyMap<string, string> {
  const docs = new Map<string, string>();
  for (const one of evaluate.lineage(info).toReversed()) {
    const comments = commentsOf(one.outer.module());
    for (const statement of one.definition.body) {
      if (statement.kind !== 'assign' || statement.annotation === undefined) continue;
      const [target] = statement.targets;
      const text = comments.behind(statement.span);
      if (target?.kind === 'name' && text !== '') docs.set(target.name, text);
    }
  }
  return docs;
}
