import type { EnumMemberNode } from '../../ast/nodes.ts';
import { diagnose } from '../../diagnostics/diagnostic.ts';
import { enumsOf, type CheckContext } from '../context.ts';

/** No two members of an enum or of flags have one value. */
export function enumValuesUnique(context: CheckContext): void {
  for (const { members } of enumsOf(context)) {
    const seen = new Map<bigint, EnumMemberNode>();
    for (const member of members) {
      const value = context.symbols.evaluate(member.value);
      if (value === undefined) continue;
      const first = seen.get(value);
      if (first === undefined) {
        seen.set(value, member);
        continue;
      }
      context.report(
        diagnose(
          'layout/duplicate-enum-value',
          { value: String(value), member: member.name.text, other: first.name.text },
          {
            at: member.value?.span ?? member.span,
            label: 'used again here',
            others: [{ span: first.value?.span ?? first.span, text: 'first used here' }],
          },
        ),
      );
    }
  }
}
