/** Programs in memory, seen as the features of the language server see them. */
import { posix } from 'node:path';
import type { Position, TextEdit, WorkspaceEdit } from 'vscode-languageserver';
import { Symbols } from '../../../compiler/check/symbols.ts';
import { offsetOf, positionOf } from '../../../compiler/language-server/places.ts';
import type { View } from '../../../compiler/language-server/view.ts';
import { loadProgram } from '../../../compiler/program/program.ts';
import { createSource } from '../../../compiler/source/source.ts';

/** A view of the first file, and the place of the `‸` that stands in one of its texts. */
export type Marked = { readonly view: View; readonly position: Position };

export type Files = { readonly [path: string]: string };

/** The view of the file that has the mark, or of the first. */
export async function viewOf(files: Files): Promise<Marked> {
  const paths = Object.keys(files);
  const path = paths.find((one) => files[one]?.includes('‸')) ?? paths[0] ?? '';
  const texts = new Map(paths.map((one) => [one, files[one]?.replace('‸', '') ?? '']));
  const resolve = (from: string, specifier: string): string =>
    posix.join(posix.dirname(from), specifier);
  const program = await loadProgram({ read: async (one) => texts.get(one), resolve }, paths);
  const linked = program.schemas.find(({ schema }) => schema.source.path === path);
  if (linked === undefined) throw new Error(`no schema at ${path}`);
  const view: View = {
    program,
    symbols: new Symbols(program.schemas),
    uriOf: (one) => `file:///${one}`,
    resolve,
    schema: linked.schema,
  };
  return {
    view,
    position: positionOf(linked.schema.source, Math.max(0, (files[path] ?? '').indexOf('‸'))),
  };
}

/** The texts of a view after an edit, as a client applies it; those that change. */
export function applied(view: View, edit: WorkspaceEdit): Files {
  const texts: Record<string, string> = {};
  for (const [uri, edits] of Object.entries(edit.changes ?? {})) {
    const source = view.program.sources.find(({ path }) => view.uriOf(path) === uri);
    if (source === undefined) throw new Error(`nobody knows ${uri}`);
    texts[source.path] = applyTextEdits(source.text, edits);
  }
  return texts;
}

export function applyTextEdits(text: string, edits: readonly TextEdit[]): string {
  const source = createSource('', text);
  let result = text;
  const spans = edits.map(({ newText, range }) => ({
    newText,
    start: offsetOf(source, range.start),
    end: offsetOf(source, range.end),
  }));
  for (const { end, newText, start } of spans.toSorted((a, b) => b.start - a.start)) {
    result = result.slice(0, start) + newText + result.slice(end);
  }
  return result;
}

/** The texts at the given ranges of one document. */
export function textAt(view: View, range: { start: Position; end: Position }): string {
  const { source } = view.schema;
  return source.text.slice(offsetOf(source, range.start), offsetOf(source, range.end));
}
