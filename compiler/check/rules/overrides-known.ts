import { diagnose, type Suggestion } from '../../diagnostics/diagnostic.ts';
import type { CheckContext } from '../context.ts';
import { suggestName } from '../near-name.ts';
import { overriddenBy, overridesIn, type Placed } from '../overrides.ts';

/** A message overrides one of an ancestor, and takes over its id instead of stating one. */
export function overridesKnown(context: CheckContext): void {
  for (const placed of overridesIn(context)) {
    const overridden = overriddenBy(context.symbols, placed);
    if (overridden === undefined) reportUnknown(context, placed);
    if (placed.message.id !== undefined) reportId(context, placed, overridden);
  }
}

function reportUnknown(context: CheckContext, { community, message }: Placed): void {
  const name = message.overrides;
  // What is wrong with a parent that nobody declared is the parent.
  const isParentUnknown =
    community.parent !== undefined && context.symbols.parentOf(community) === undefined;
  if (name === undefined || isParentUnknown) return;
  const inherited = context.symbols
    .ancestorsOf(community)
    .flatMap(({ messages }) => messages.map((one) => one.name.text));
  const help =
    community.parent === undefined
      ? [`let \`${community.name.text}\` extend the community that has the message`]
      : [];
  context.report(
    diagnose(
      'name/unknown',
      { what: 'message', name: name.text },
      {
        at: name.span,
        label: `no community that \`${community.name.text}\` extends has it`,
        help,
        suggestions: suggestName(name, inherited),
      },
    ),
  );
}

function reportId(
  context: CheckContext,
  { message }: Placed,
  overridden: Placed | undefined,
): void {
  const { id, name, overrides } = message;
  if (id === undefined || overrides === undefined) return;
  const before = overrides.span.end < id.span.start ? overrides : name;
  const removed = { source: id.span.source, start: before.span.end, end: id.span.end };
  const value = context.symbols.evaluateSize(id);
  const isSame = value === context.symbols.evaluateSize(overridden?.message.id);
  const suggestion: Suggestion = {
    text: 'remove the id',
    edits: [{ span: removed, replacement: '' }],
    // Another number may say that another message was meant.
    applicability: isSame ? 'machine-applicable' : 'maybe-incorrect',
  };
  context.report(
    diagnose(
      'override/with-id',
      { name: name.text, parent: overrides.text },
      { at: id.span, suggestions: [suggestion] },
    ),
  );
}
