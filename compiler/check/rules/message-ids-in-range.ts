import { diagnose } from '../../diagnostics/diagnostic.ts';
import { messagesOf, type CheckContext } from '../context.ts';

/** Every message has an id of one byte. */
export function messageIdsInRange(context: CheckContext): void {
  for (const { name, id, isBroken, overrides } of messagesOf(context)) {
    if (id === undefined) {
      if (isBroken || overrides !== undefined) continue;
      const help = ['an id stands behind the name: `= 1`'];
      context.report(diagnose('id/missing', { name: name.text }, { at: name.span, help }));
      continue;
    }
    const value = context.symbols.evaluate(id);
    if (value === undefined || (value >= 0n && value <= 255n)) continue;
    const notes = ['ids are 0 to 255'];
    context.report(diagnose('id/out-of-range', { id: String(value) }, { at: id.span, notes }));
  }
}
