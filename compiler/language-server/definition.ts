import type { Location, Position } from 'vscode-languageserver';
import { occurrenceAt } from './occurrences.ts';
import { locationOf, offsetOf } from './places.ts';
import type { View } from './view.ts';

/** Where what stands at the position is declared: a name, or the schema of an import. */
export function definition(view: View, position: Position): readonly Location[] {
  const { source } = view.schema;
  const offset = offsetOf(source, position);
  const linked = view.program.schemas.find(({ schema }) => schema === view.schema);
  const imported = linked?.imports.find(
    ({ node }) => node.specifier.span.start <= offset && offset <= node.specifier.span.end,
  );
  if (imported !== undefined) {
    if (imported.isMissing) return [];
    return [{ uri: view.uriOf(imported.path), range: START }];
  }
  const entities = occurrenceAt(view, offset)?.entities ?? [];
  return entities.map(({ node }) => locationOf(view, node.name.span));
}

const START = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
