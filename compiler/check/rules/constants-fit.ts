import type { FieldNode } from '../../ast/nodes.ts';
import { diagnose } from '../../diagnostics/diagnostic.ts';
import type { WireType } from '../../ir/wire-type.ts';
import { fieldOwnersOf, type CheckContext } from '../context.ts';
import { lowerConstant, lowerFieldType } from '../lower-type.ts';

/**
 * A constant is a whole number, a bool or fixed bytes, and its value fits; a named one is a whole
 * number.
 */
export function constantsFit(context: CheckContext): void {
  for (const { schema } of context.schemas) {
    for (const node of schema.declarations) {
      if (node.kind !== 'const' || node.value === undefined) continue;
      if (node.value.kind === 'integer') continue;
      const details = { at: node.value.span, help: ['a named constant is a whole number'] };
      context.report(diagnose('layout/constant-value', { field: node.name.text }, details));
    }
  }
  for (const { fields } of fieldOwnersOf(context)) {
    for (const field of fields) if (field.isConstant) checkConstant(context, field);
  }
}

function checkConstant(context: CheckContext, field: FieldNode): void {
  const type = lowerFieldType(context.symbols, field);
  if (type === undefined || field.value === undefined || field.type === undefined) return;
  const wanted = wantedValue(type);
  if (wanted === undefined) {
    const help = ['constants are integers, `bool` and `bytes[N]`'];
    const details = { at: field.type.span, help };
    context.report(diagnose('layout/constant-type', { type: field.type.name.text }, details));
    return;
  }
  if (lowerConstant(context.symbols, type, field.value) !== undefined) return;
  const { value } = field;
  const isName = value.kind === 'reference' && value.text !== 'true' && value.text !== 'false';
  // A name that is not known has been reported as that.
  if (isName && context.symbols.evaluate(value) === undefined) return;
  const details = { at: value.span, help: [`write ${wanted}`] };
  context.report(diagnose('layout/constant-value', { field: field.name.text }, details));
}

function wantedValue(type: WireType): string | undefined {
  if (type.kind === 'bool') return '`true` or `false`';
  if (type.kind === 'fixed-bytes') return `\`hex"…"\` with ${type.size * 2} digits`;
  if (type.kind !== 'integer') return undefined;
  if (type.range !== undefined) return `a number from ${type.range.min} to ${type.range.max}`;
  return `a number that fits ${type.bits} bits`;
}
