import type { BitsMemberNode, TypeNode } from '../../ast/nodes.ts';
import { diagnose } from '../../diagnostics/diagnostic.ts';
import { forEachType, type CheckContext } from '../context.ts';

/** The members of `bits` take 8 bits, and each enum among them fits its own. */
export function bitsExactly8(context: CheckContext): void {
  forEachType(context, ({ type }) => {
    if (type.members !== undefined) checkBits(context, type, type.members);
  });
}

function checkBits(
  context: CheckContext,
  type: TypeNode,
  members: readonly BitsMemberNode[],
): void {
  let count = 0;
  for (const member of members) {
    const bits = member.size === undefined ? 1n : context.symbols.evaluate(member.size);
    // A size that is not known, or not a size, says nothing about the sum.
    if (bits === undefined) return;
    if (bits < 1n || bits > 8n) {
      const notes = ['a member takes 1 to 8 bits'];
      const at = member.size?.span ?? member.span;
      context.report(diagnose('layout/bit-count', { count: String(bits) }, { at, notes }));
      return;
    }
    checkEnum(context, member, Number(bits));
    count += Number(bits);
  }
  if (count === 8) return;
  const missing = 8 - count;
  const unused = missing === 1 ? '`_`' : `\`_[${missing}]\``;
  const help = missing > 0 ? [`add ${unused} for the bits that are not in use`] : [];
  const details = { at: type.name.span, label: `${count} bits`, help };
  context.report(diagnose('layout/bits-not-8', { count: String(count) }, details));
}

function checkEnum(context: CheckContext, member: BitsMemberNode, bits: number): void {
  if (member.enumName === undefined) return;
  for (const { name, value } of context.symbols.findEnum(member.enumName)?.members ?? []) {
    const number = context.symbols.evaluateSize(value);
    if (number === undefined || number < 2 ** bits) continue;
    context.report(
      diagnose(
        'layout/enum-value-too-large',
        { value: String(number), member: name.text, bits: String(bits) },
        { at: member.span, others: [{ span: value?.span ?? name.span, text: 'this value' }] },
      ),
    );
    return;
  }
}
