import type { BoundNode } from '../../ast/nodes.ts';
import { diagnose } from '../../diagnostics/diagnostic.ts';
import type { PrefixBits } from '../../ir/wire-type.ts';
import { prefixMax } from '../bounds.ts';
import { forEachType, type CheckContext } from '../context.ts';
import { shapeOf } from '../type-shape.ts';

/** A bound allows something, fits its prefix, and what is sent is within it. */
export function boundsFit(context: CheckContext): void {
  forEachType(context, ({ type }) => {
    const shape = shapeOf(type);
    if (shape.kind === 'bytes' || shape.kind === 'string') {
      checkBound(context, shape.bound, shape.prefix);
    } else if (shape.kind === 'list') checkBound(context, shape.bound, shape.count);
    else if (shape.kind === 'array') checkBound(context, shape.bound, 16);
  });
}

function checkBound(
  context: CheckContext,
  bound: BoundNode | undefined,
  prefix: PrefixBits | 'rest',
): void {
  if (bound?.max === undefined) return;
  const { symbols } = context;
  const min = bound.min === undefined ? 0n : symbols.evaluate(bound.min);
  const max = symbols.evaluate(bound.max);
  if (min === undefined || max === undefined) return;
  const limit = prefixMax(prefix);
  if (max > BigInt(limit)) {
    const parameters = {
      bound: String(max),
      prefix: prefix === 'rest' ? '`rest`' : `\`u${prefix}\``,
    };
    const notes = [`it counts to ${limit}`];
    context.report(
      diagnose('layout/bound-exceeds-prefix', parameters, { at: bound.max.span, notes }),
    );
  } else if (min < 0n || min > max) {
    const parameters = { min: String(min), max: String(max) };
    context.report(diagnose('layout/empty-bound', parameters, { at: bound.span }));
  } else {
    const send = symbols.evaluate(bound.sendMax);
    if (send === undefined || (send >= min && send <= max)) return;
    const parameters = { send: String(send), min: String(min), max: String(max) };
    const at = bound.sendMax?.span ?? bound.span;
    context.report(diagnose('layout/send-outside-bound', parameters, { at }));
  }
}
