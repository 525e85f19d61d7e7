import { diagnose } from '../../diagnostics/diagnostic.ts';
import { messagesOf, type CheckContext } from '../context.ts';
import { suggestName } from '../near-name.ts';

const CARRIERS = ['socket', 'cell', 'data'];

/** `via` names carriers, each once. */
export function carriersKnown(context: CheckContext): void {
  for (const { via } of messagesOf(context)) {
    const seen = new Set<string>();
    for (const name of via) {
      const at = name.span;
      if (!CARRIERS.includes(name.text)) {
        const notes = ['carriers are `socket`, `cell` and `data`'];
        const suggestions = suggestName(name, CARRIERS);
        const details = { at, notes, suggestions };
        context.report(diagnose('name/unknown-carrier', { name: name.text }, details));
      } else if (seen.has(name.text)) {
        context.report(diagnose('name/repeated-carrier', { name: name.text }, { at }));
      }
      seen.add(name.text);
    }
  }
}
