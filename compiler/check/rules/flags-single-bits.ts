import { diagnose } from '../../diagnostics/diagnostic.ts';
import { enumsOf, type CheckContext } from '../context.ts';

/** Every value of flags is one bit: a power of two. */
export function flagsSingleBits(context: CheckContext): void {
  for (const { kind, members } of enumsOf(context)) {
    if (kind !== 'flags') continue;
    for (const { name, value } of members) {
      const number = context.symbols.evaluate(value);
      // A negative one fits no width, which is said elsewhere.
      if (number === undefined || number < 0n) continue;
      if (number > 0n && (number & (number - 1n)) === 0n) continue;
      const parameters = { value: String(number), member: name.text };
      const notes = ['flags are bits: 1, 2, 4, 8 and so on'];
      const details = { at: value?.span ?? name.span, notes };
      context.report(diagnose('layout/not-one-bit', parameters, details));
    }
  }
}
