import {
  type CompletionItem,
  CompletionItemKind,
  MarkupKind,
  type Position,
  type Range,
} from 'vscode-languageserver';
import type { Source } from '../source/source.ts';
import type { Span } from '../source/span.ts';
import { candidatesAt } from './candidates.ts';
import { allowableCodes, describeCode } from './codes.ts';
import { importEdit, specifierOf } from './imports.ts';
import { offsetOf, rangeOf } from './places.ts';
import { spotAt } from './spot.ts';
import type { View } from './view.ts';

/** More are not offered; clients ask again when more has been typed. */
const ITEMS_MAX = 2_000;

/** What can be written at a place, the likeliest first. */
export function completion(view: View, position: Position): readonly CompletionItem[] {
  const { source } = view.schema;
  const offset = offsetOf(source, position);
  // A code is cut in pieces while it has no end, and a path stands in a text.
  const code = typedAt(source, offset, /#allow\(\s*([\w/-]*)$/);
  if (code !== undefined) return codeItems(code);
  const path = typedAt(source, offset, /^\s*import\s+"([^"]*)$/);
  if (path !== undefined) return importItems(view, path);
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

/** What the line in front of a place ends with: the part of the pattern in parentheses. */
function typedAt(source: Source, offset: number, pattern: RegExp): Span | undefined {
  const line = source.text.slice(source.text.lastIndexOf('\n', offset - 1) + 1, offset);
  const typed = pattern.exec(line)?.[1];
  return typed === undefined ? undefined : { source, start: offset - typed.length, end: offset };
}

/** Schemas of the program that are not imported yet. */
function importItems({ program, schema }: View, typed: Span): readonly CompletionItem[] {
  const { source } = schema;
  const rest = /^[^"\r\n]*/.exec(source.text.slice(typed.end))?.[0].length ?? 0;
  const range = rangeOf({ ...typed, end: typed.end + rest });
  const known = new Set(
    schema.imports
      .filter(
        ({ specifier }) => specifier.span.end < typed.start || typed.end < specifier.span.start,
      )
      .map(({ specifier }) => specifier.text),
  );
  return program.sources
    .filter(({ path }) => path !== source.path)
    .map(({ path }) => specifierOf(source.path, path))
    .filter((text) => !known.has(text))
    .map((text) => ({
      label: text,
      kind: CompletionItemKind.File,
      textEdit: { range, newText: text },
    }));
}

function codeItems(span: Span): readonly CompletionItem[] {
  return allowableCodes().map((code) => ({
    label: code,
    kind: CompletionItemKind.Value,
    textEdit: { range: rangeOf(span), newText: code },
    documentation: { kind: MarkupKind.Markdown, value: describeCode(code) ?? '' },
  }));
}
