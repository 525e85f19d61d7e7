import type { FieldNode, MessageNode } from '../../ast/nodes.ts';
import { diagnose } from '../../diagnostics/diagnostic.ts';
import type { CheckContext } from '../context.ts';
import { lowerConstant, lowerFieldType } from '../lower-type.ts';
import { firstConstant, overriddenAtLast, overridesIn, type Placed } from '../overrides.ts';
import type { Symbols } from '../symbols.ts';

/**
 * A constant tells an override from the message behind it, and from other overrides of that one:
 * otherwise the first of them would be the only one that anybody ever receives.
 */
export function overridesToldApart(context: CheckContext): void {
  for (const placed of overridesIn(context)) {
    const { message } = placed;
    if (message.isBroken || message.fields.some(({ isBroken }) => isBroken)) continue;
    if (firstConstant(message) === undefined) {
      const help = ['for example `const tag: u8 = 0x59` as its first field'];
      const parameters = { name: message.name.text, parent: message.overrides?.text ?? '' };
      context.report(diagnose('override/no-constant', parameters, { at: message.name.span, help }));
      continue;
    }
    const same = othersOf(context.symbols, placed).find((one) =>
      isSameAs(context.symbols, one, placed),
    );
    if (same !== undefined) reportSame(context, message, same.message);
  }
}

function reportSame(context: CheckContext, message: MessageNode, first: MessageNode): void {
  const constant = firstConstant(message)?.field;
  const other = firstConstant(first)?.field;
  context.report(
    diagnose(
      'override/ambiguous',
      { name: message.name.text, other: first.name.text },
      {
        at: (constant ?? message).name.span,
        others: [{ span: (other ?? first).name.span, text: 'says the same' }],
        help: ['give the first constants of the two different values at the same place'],
      },
    ),
  );
}

/** Overrides that a peer with this one may receive: its community's earlier ones, its ancestors'. */
function othersOf(symbols: Symbols, { community, message }: Placed): readonly Placed[] {
  const own = community.messages.slice(0, community.messages.indexOf(message));
  return [
    ...own.map((one) => ({ community, message: one })),
    ...symbols
      .ancestorsOf(community)
      .flatMap((ancestor) =>
        ancestor.messages.map((one) => ({ community: ancestor, message: one })),
      ),
  ].filter((one) => one.message.overrides !== undefined);
}

/** True for two that stand in front of one message and cannot be told apart. */
function isSameAs(symbols: Symbols, one: Placed, other: Placed): boolean {
  const [first, second] = [overriddenAtLast(symbols, one), overriddenAtLast(symbols, other)];
  if (first === undefined || first.message !== second?.message) return false;
  const [a, b] = [firstConstant(one.message), firstConstant(other.message)];
  if (a === undefined || b === undefined) return false;
  if (a.at !== b.at) return true;
  const [left, right] = [wireOf(symbols, a.field), wireOf(symbols, b.field)];
  // A value that does not fit its type has been reported as that.
  return left !== undefined && left === right;
}

/** The value of a constant as text; undefined when it does not fit its type. */
function wireOf(symbols: Symbols, field: FieldNode): string | undefined {
  const type = lowerFieldType(symbols, field);
  const value = type === undefined ? undefined : lowerConstant(symbols, type, field.value);
  if (value === undefined) return undefined;
  return value.kind === 'bytes' ? value.hex : String(value.value);
}
