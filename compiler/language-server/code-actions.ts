import { type CodeAction, CodeActionKind, type Range } from 'vscode-languageserver';
import { applyFixes } from '../diagnostics/apply-fixes.ts';
import type { Diagnostic, Edit, Suggestion } from '../diagnostics/diagnostic.ts';
import { allowEdit } from './allow-action.ts';
import { protocolDiagnostic } from './diagnostics.ts';
import { reload, workspaceEdit } from './edits.ts';
import { missingImport } from './imports.ts';
import { overlaps, spanOf } from './places.ts';
import type { View } from './view.ts';

/** Everything that cannot be wrong, at once. */
export const FIX_ALL = `${CodeActionKind.SourceFixAll}.ipv8`;

/** A repair may uncover another fault, but not without end. */
const ROUNDS_MAX = 20;

export type ActionRequest = {
  readonly range: Range;
  /** Kinds that are wanted; all when undefined. */
  readonly only: readonly string[] | undefined;
};

/** True for a kind that is asked for, by its own name or that of a wider kind. */
export function isWanted(kind: string, only: ActionRequest['only']): boolean {
  return only === undefined || only.some((one) => kind === one || kind.startsWith(`${one}.`));
}

/** The repairs of what is wrong in a range. */
export async function codeActions(
  view: View,
  { only, range }: ActionRequest,
): Promise<readonly CodeAction[]> {
  const actions: CodeAction[] = [];
  if (isWanted(CodeActionKind.QuickFix, only)) {
    const wanted = spanOf(view.schema.source, range);
    for (const diagnostic of view.program.diagnostics) {
      const at = diagnostic.primary.span;
      if (at.source !== wanted.source || !overlaps(at, wanted)) continue;
      actions.push(...quickFixes(view, diagnostic));
    }
  }
  if (isWanted(FIX_ALL, only)) actions.push(...(await fixAll(view)));
  return actions;
}

function quickFixes(view: View, diagnostic: Diagnostic): readonly CodeAction[] {
  return [
    ...diagnostic.suggestions,
    ...guess(missingImport(view, diagnostic), 'import the schema that declares it'),
    ...guess(allowEdit(view, diagnostic), `allow \`${diagnostic.code}\` here`),
  ].map(({ applicability, edits, text }) => ({
    title: text,
    kind: CodeActionKind.QuickFix,
    diagnostics: [protocolDiagnostic(view, diagnostic)],
    isPreferred: applicability === 'machine-applicable',
    edit: workspaceEdit(view, edits),
  }));
}

function guess(edit: Edit | undefined, text: string): readonly Suggestion[] {
  return edit === undefined ? [] : [{ text, edits: [edit], applicability: 'maybe-incorrect' }];
}

/** Machine-applicable suggestions of one document, until nothing more applies. */
async function fixAll(view: View): Promise<readonly CodeAction[]> {
  const { source } = view.schema;
  let { text } = source;
  let { program } = view;
  for (let round = 0; round < ROUNDS_MAX; round++) {
    const current = program.sources.find(({ path }) => path === source.path);
    if (current === undefined) break;
    const fixed = applyFixes(current, program.diagnostics);
    if (fixed.fixed.length === 0) break;
    text = fixed.text;
    program = await reload(view, new Map([[source.path, text]]));
  }
  if (text === source.text) return [];
  return [
    {
      title: 'repair all that cannot be wrong',
      kind: FIX_ALL,
      edit: workspaceEdit(view, [smallestEdit(view, text)]),
    },
  ];
}

/** One edit of what lies between the first and the last difference. */
function smallestEdit({ schema: { source } }: View, text: string): Edit {
  const before = source.text;
  const shorter = Math.min(before.length, text.length);
  let start = 0;
  while (start < shorter && before[start] === text[start]) start++;
  let tail = 0;
  while (tail < shorter - start && before.at(-1 - tail) === text.at(-1 - tail)) tail++;
  return {
    span: { source, start, end: before.length - tail },
    replacement: text.slice(start, text.length - tail),
  };
}
