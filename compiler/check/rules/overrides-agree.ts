import type { MessageNode } from '../../ast/nodes.ts';
import { diagnose } from '../../diagnostics/diagnostic.ts';
import type { CheckContext } from '../context.ts';
import { overriddenBy, overridesIn } from '../overrides.ts';

/**
 * A message travels as the one it overrides does: the receiver must have opened the envelope before
 * it can see which of the two it holds.
 */
export function overridesAgree(context: CheckContext): void {
  for (const placed of overridesIn(context)) {
    const { message } = placed;
    const parent = overriddenBy(context.symbols, placed)?.message;
    if (parent === undefined || message.overrides === undefined) continue;
    if (message.auth.length !== 1 || parent.auth.length !== 1) continue;
    const wanted = travelOf(parent);
    if (travelOf(message) === wanted) continue;
    context.report(
      diagnose(
        'override/envelope',
        { name: message.name.text, parent: parent.name.text },
        {
          at: message.name.span,
          label: `is ${travelOf(message)}`,
          others: [{ span: parent.name.span, text: `is ${wanted}` }],
          help: [`make both ${wanted}, or give \`${message.name.text}\` an id of its own`],
        },
      ),
    );
  }
}

/** `signed timed, via cell, socket`. */
function travelOf({ auth, isTimed, via }: MessageNode): string {
  const words = [auth[0]?.text ?? '', ...(isTimed ? ['timed'] : [])].join(' ');
  const carriers = [...new Set(via.map(({ text }) => text))].sort();
  return `\`${words} … via ${carriers.length === 0 ? 'socket' : carriers.join(', ')}\``;
}
