import { diagnose } from '../../diagnostics/diagnostic.ts';
import type { CheckContext } from '../context.ts';
import type { LinkedImport, LinkedSchema } from '../linked.ts';

/**
 * Schemas do not import each other in a circle; each circle is reported once, with all its
 * imports.
 */
export function importsAcyclic(context: CheckContext): void {
  const byPath = new Map(context.schemas.map((linked) => [linked.schema.source.path, linked]));
  const done = new Set<string>();
  for (const start of byPath.keys()) {
    const trail: LinkedImport[] = [];
    const open: { readonly path: string; next: number }[] = done.has(start)
      ? []
      : [{ path: start, next: 0 }];
    for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
      const imported = importAt(byPath.get(top.path), top.next++);
      if (imported === undefined) {
        done.add(top.path);
        open.pop();
        trail.pop();
      } else if (open.some(({ path }) => path === imported.path)) {
        const from = open.findIndex(({ path }) => path === imported.path);
        reportCycle(context, [...trail.slice(from), imported]);
      } else if (!done.has(imported.path)) {
        open.push({ path: imported.path, next: 0 });
        trail.push(imported);
      }
    }
  }
}

function importAt(linked: LinkedSchema | undefined, at: number): LinkedImport | undefined {
  return linked?.imports[at];
}

function reportCycle(context: CheckContext, cycle: readonly LinkedImport[]): void {
  const [last, ...others] = cycle.toReversed();
  if (last === undefined) return;
  context.report(
    diagnose(
      'import/cycle',
      {},
      {
        at: last.node.specifier.span,
        label: others.length === 0 ? 'imports itself' : 'closes the circle',
        others: others
          .toReversed()
          .map(({ node, path }) => ({ span: node.specifier.span, text: `imports ${path}` })),
        help: ['move what both need into a third schema'],
      },
    ),
  );
}
