import type { SchemaNode } from '../ast/nodes.ts';
import type { Diagnostic, Edit } from '../diagnostics/diagnostic.ts';
import { endOf, textOf } from '../source/span.ts';
import type { View } from './view.ts';

/** Adds the import of another schema: behind the last one, or in front of everything. */
export function importEdit({ imports, source }: SchemaNode, path: string): Edit {
  const line = `import "${specifierOf(source.path, path)}"`;
  const last = imports.at(-1);
  if (last !== undefined) return { span: endOf(last.span), replacement: `\n${line}` };
  const start = source.text.startsWith('\uFEFF') ? 1 : 0;
  return { span: { source, start, end: start }, replacement: `${line}\n\n` };
}

/** The import that an unknown name lacks; undefined when no schema of the program declares it. */
export function missingImport(view: View, { code, primary }: Diagnostic): Edit | undefined {
  if (code !== 'name/unknown') return undefined;
  const declared = view.symbols.findAnywhere(textOf(primary.span));
  const path = declared?.span.source.path;
  if (path === undefined || path === view.schema.source.path) return undefined;
  return importEdit(view.schema, path);
}

/** The way from one schema to another, as imports write it. */
export function specifierOf(from: string, to: string): string {
  const [here, there] = [from.split('/').slice(0, -1), to.split('/')];
  let shared = 0;
  while (shared < here.length && shared < there.length - 1 && here[shared] === there[shared]) {
    shared++;
  }
  const up = here.slice(shared).map(() => '..');
  return [...(up.length === 0 ? ['.'] : up), ...there.slice(shared)].join('/');
}
