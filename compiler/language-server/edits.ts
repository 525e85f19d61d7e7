/** Changes of texts, and what a program becomes by them. */
import type { TextEdit, WorkspaceEdit } from 'vscode-languageserver';
import type { Edit } from '../diagnostics/diagnostic.ts';
import { createProgramCache, type Program, type ProgramCache } from '../program/program.ts';
import { rangeOf } from './places.ts';
import type { Analysis } from './view.ts';

/** Edits, document by document. */
export function workspaceEdit(
  { uriOf }: Pick<Analysis, 'uriOf'>,
  edits: readonly Edit[],
): WorkspaceEdit {
  const changes: Record<string, TextEdit[]> = {};
  for (const { replacement, span } of edits) {
    (changes[uriOf(span.source.path)] ??= []).push({
      range: rangeOf(span),
      newText: replacement,
    });
  }
  return { changes };
}

/** The texts that edits change, by path. Edits do not overlap. */
export function applyEdits(edits: readonly Edit[]): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const { replacement, span } of edits.toSorted((a, b) => b.span.start - a.span.start)) {
    const text = texts.get(span.source.path) ?? span.source.text;
    texts.set(span.source.path, text.slice(0, span.start) + replacement + text.slice(span.end));
  }
  return texts;
}

/** Making a parser takes long, so there is one. */
let programs: ProgramCache | undefined;

/** The same schemas, some with other texts. Reads nothing that the program has not read. */
export function reload(
  { program, resolve }: Pick<Analysis, 'program' | 'resolve'>,
  texts: ReadonlyMap<string, string>,
): Promise<Program> {
  const known = new Map(program.sources.map(({ path, text }) => [path, text]));
  const read = async (path: string): Promise<string | undefined> =>
    texts.get(path) ?? known.get(path);
  programs ??= createProgramCache();
  return programs.load({ read, resolve }, [...known.keys()]);
}
