/** What `#allow` does: warnings that it names are not told, and what it cannot do is. */
import type { AllowNode } from '../ast/nodes.ts';
import { nearestName } from '../check/near-name.ts';
import { catalog, type DiagnosticCode } from '../diagnostics/catalog.ts';
import {
  diagnose,
  replaceBy,
  type Diagnostic,
  type Suggestion,
} from '../diagnostics/diagnostic.ts';
import { removable } from '../source/span.ts';

/** Groups of checks that not every command runs: what they would say here is not known. */
const LATER_GROUPS: readonly string[] = ['lock', 'stub'];

/** True for a code that checking a program alone can give. */
export function isOfProgram(code: DiagnosticCode): boolean {
  return !LATER_GROUPS.includes(code.slice(0, code.indexOf('/')));
}

/**
 * The diagnostics without the warnings that an allow takes away, and with a warning for each allow
 * that takes away none, where its code is of a check that `ran`.
 */
export function applyAllows(
  allows: readonly AllowNode[],
  diagnostics: readonly Diagnostic[],
  ran: (code: DiagnosticCode) => boolean,
): readonly Diagnostic[] {
  const valid = allows.filter((allow) => problemOf(allow) === undefined);
  if (valid.length === 0) return diagnostics;
  const used = matchAllows(valid, diagnostics);
  const kept = diagnostics.filter((diagnostic) => !used.has(diagnostic));
  const busy = new Set(used.values());
  const idle = valid.filter(
    (one) => !busy.has(one) && isKnown(one.code.text) && ran(one.code.text),
  );
  return [...kept, ...idle.map(reportUnused)];
}

/** What is wrong with the allows themselves. */
export function checkAllows(allows: readonly AllowNode[]): readonly Diagnostic[] {
  return allows.flatMap((allow) => problemOf(allow) ?? []);
}

function problemOf({ code, reason, span }: AllowNode): Diagnostic | undefined {
  const { text } = code;
  if (!isKnown(text)) {
    const near = nearestName(text, Object.keys(catalog));
    const suggestions =
      near === undefined ? [] : [replaceBy(code.span, near, `a similar code exists: \`${near}\``)];
    return diagnose('allow/unknown-code', { code: text }, { at: code.span, suggestions });
  }
  if (catalog[text].severity === 'error') {
    const notes = ['only warnings can be allowed: code with errors is not generated'];
    return diagnose('allow/error', { code: text }, { at: code.span, notes });
  }
  if (reason !== undefined && reason.text.trim() !== '') return undefined;
  const help = ['say behind the code, in quotes, why it is right here'];
  return diagnose('allow/no-reason', { code: text }, { at: span, help });
}

function isKnown(text: string): text is DiagnosticCode {
  return Object.hasOwn(catalog, text);
}

/** A place of one code in one schema. */
type Group = { readonly allows: AllowNode[]; readonly diagnostics: Diagnostic[] };

/** Warnings that are allowed, each with the innermost allow; in one pass over both. */
function matchAllows(
  allows: readonly AllowNode[],
  diagnostics: readonly Diagnostic[],
): ReadonlyMap<Diagnostic, AllowNode> {
  const groups = new Map<string, Group>();
  for (const allow of allows) {
    const key = `${allow.code.text} ${allow.target.source.path}`;
    const group = groups.get(key) ?? { allows: [], diagnostics: [] };
    groups.set(key, group);
    group.allows.push(allow);
  }
  for (const diagnostic of diagnostics) {
    if (diagnostic.severity !== 'warning') continue;
    const { code, primary } = diagnostic;
    groups.get(`${code} ${primary.span.source.path}`)?.diagnostics.push(diagnostic);
  }
  const matched = new Map<Diagnostic, AllowNode>();
  for (const group of groups.values()) matchGroup(group, matched);
  return matched;
}

/** Nodes lie beside or inside each other, so those around a place are a stack. */
function matchGroup({ allows, diagnostics }: Group, matched: Map<Diagnostic, AllowNode>): void {
  const waiting = allows.toSorted(
    (a, b) => a.target.start - b.target.start || b.target.end - a.target.end,
  );
  const open: AllowNode[] = [];
  let next = 0;
  for (const diagnostic of diagnostics.toSorted(
    (a, b) => a.primary.span.start - b.primary.span.start,
  )) {
    const { start, end } = diagnostic.primary.span;
    for (let one = waiting[next]; one !== undefined && one.target.start <= start;) {
      while ((open.at(-1)?.target.end ?? Infinity) <= one.target.start) open.pop();
      open.push(one);
      one = waiting[++next];
    }
    while ((open.at(-1)?.target.end ?? Infinity) < start) open.pop();
    const around = open.findLast(({ target }) => target.end >= end);
    if (around !== undefined) matched.set(diagnostic, around);
  }
}

function reportUnused({ code, span }: AllowNode): Diagnostic {
  const suggestion: Suggestion = {
    text: 'remove it',
    edits: [{ span: removable(span), replacement: '' }],
    applicability: 'machine-applicable',
  };
  const details = { at: span, suggestions: [suggestion] };
  return diagnose('allow/unused', { code: code.text }, details);
}
