import { diagnose } from '../../diagnostics/diagnostic.ts';
import type { Source } from '../../source/source.ts';
import type { CheckContext } from '../context.ts';

/** No two schemas have one file name: generated modules are named after it. */
export function moduleNamesUnique(context: CheckContext): void {
  const seen = new Map<string, Source>();
  for (const { schema } of context.schemas) {
    const { source } = schema;
    const name = source.path.slice(source.path.lastIndexOf('/') + 1).toLowerCase();
    const first = seen.get(name);
    if (first === undefined) {
      seen.set(name, source);
      continue;
    }
    context.report(
      diagnose(
        'name/duplicate-module',
        { name },
        {
          at: { source, start: 0, end: 0 },
          others: [{ span: { source: first, start: 0, end: 0 }, text: '' }],
          notes: ['the modules generated from them would have one name'],
          help: ['rename one of the files'],
        },
      ),
    );
  }
}
