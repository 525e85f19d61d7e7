import type { FieldNode } from '../../ast/nodes.ts';
import { diagnose } from '../../diagnostics/diagnostic.ts';
import { integerLimits } from '../bounds.ts';
import { fieldOwnersOf, type CheckContext } from '../context.ts';
import { shapeOf } from '../type-shape.ts';

/** `port: u16 1..65535`: only integers have a range, of values they have. */
export function rangesFit(context: CheckContext): void {
  for (const { fields } of fieldOwnersOf(context)) {
    for (const field of fields) checkRange(context, field);
  }
}

function checkRange(context: CheckContext, { range, type }: FieldNode): void {
  if (range === undefined || type === undefined) return;
  const { symbols, report } = context;
  const shape = shapeOf(type);
  if (shape.kind === 'malformed') return;
  if (shape.kind !== 'integer' || range.sendMax !== undefined) {
    const help = ['a bound of bytes, texts and lists stands inside `<…>`; `send` belongs to those'];
    const details = { at: range.span, help };
    report(diagnose('layout/range-not-integer', { type: type.name.text }, details));
    return;
  }
  const limits = integerLimits(shape);
  const min = range.min === undefined ? limits.min : symbols.evaluate(range.min);
  const max = symbols.evaluate(range.max);
  if (min === undefined || max === undefined) return;
  for (const [value, expression] of [
    [min, range.min],
    [max, range.max],
  ] as const) {
    if (value >= limits.min && value <= limits.max) continue;
    const parameters = { value: String(value), type: type.name.text };
    const notes = [`its values are ${limits.min} to ${limits.max}`];
    const at = expression?.span ?? range.span;
    report(diagnose('layout/range-outside-type', parameters, { at, notes }));
    return;
  }
  if (min <= max) return;
  const parameters = { min: String(min), max: String(max) };
  report(diagnose('layout/empty-bound', parameters, { at: range.span }));
}
