import {
  type DocumentHighlight,
  DocumentHighlightKind,
  type Location,
  type Position,
} from 'vscode-languageserver';
import { occurrenceAt, placesOf } from './occurrences.ts';
import { locationOf, offsetOf, rangeOf } from './places.ts';
import type { View } from './view.ts';

/** Every place that names what stands at the position, in all schemas of the program. */
export function references(
  view: View,
  position: Position,
  options: { readonly withDefinition: boolean },
): readonly Location[] {
  const entities = occurrenceAt(view, offsetOf(view.schema.source, position))?.entities ?? [];
  return placesOf(view, entities)
    .filter(({ kind }) => kind !== 'definition' || options.withDefinition)
    .map(({ name }) => locationOf(view, name.span));
}

/** The same within one document; where it is declared counts as written. */
export function highlights(view: View, position: Position): readonly DocumentHighlight[] {
  const { source } = view.schema;
  const entities = occurrenceAt(view, offsetOf(source, position))?.entities ?? [];
  return placesOf(view, entities)
    .filter(({ name }) => name.span.source === source)
    .map(({ kind, name }) => ({
      range: rangeOf(name.span),
      kind: kind === 'definition' ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
    }));
}
