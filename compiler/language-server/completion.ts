import {
  type CompletionItem,
  CompletionItemKind,
  MarkupKind,
  type Position,
  type Range,
} from 'vscode-languageserver';
import { candidatesAt } from './candidates.ts';
import { importEdit } from './imports.ts';
import { offsetOf, rangeOf } from './places.ts';
import { spotAt } from './spot.ts';
import type { View } from './view.ts';

/** More are not offered; clients ask again when more has been typed. */
const ITEMS_MAX = 2_000;

/** What can be written at a place, the likeliest first. */
export function completion(view: View, position: Position): readonly CompletionItem[] {
  const { source } = view.schema;
  const offset = offsetOf(source, position);
  const spot = spotAt(source, offset);
  if (spot === undefined) return [];
  const range: Range = rangeOf({ source, ...spot.typed });
  return candidatesAt(view, spot)
    .slice(0, ITEMS_MAX)
    .map(({ doc, from, kind, text }, at) => {
      const imported = from === undefined ? undefined : importEdit(view.schema, from);
      return {
        label: text,
        kind: CompletionItemKind[kind],
        textEdit: { range, newText: text },
        sortText: String(at).padStart(6, '0'),
        ...(from === undefined ? {} : { detail: `import "${from}"` }),
        ...(doc === '' ? {} : { documentation: { kind: MarkupKind.Markdown, value: doc } }),
        ...(imported === undefined
          ? {}
          : {
              additionalTextEdits: [
                { range: rangeOf(imported.span), newText: imported.replacement },
              ],
            }),
      };
    });
}
