import { diagnose } from '../../diagnostics/diagnostic.ts';
import { enumsOf, type CheckContext } from '../context.ts';
import { PREFIXES } from '../type-shape.ts';

/**
 * Every value of an enum or of flags fits its width; without a width it fits one byte, as `bits`
 * do.
 */
export function enumValuesFit(context: CheckContext): void {
  for (const { width, members } of enumsOf(context)) {
    const bits = width === undefined ? 8 : PREFIXES[width.text];
    if (bits === undefined) continue;
    for (const { name, value } of members) {
      const number = context.symbols.evaluate(value);
      if (number === undefined || (number >= 0n && number < 1n << BigInt(bits))) continue;
      const parameters = { value: String(number), member: name.text, bits: String(bits) };
      const at = value?.span ?? name.span;
      context.report(diagnose('layout/enum-value-too-large', parameters, { at }));
    }
  }
}
