import { diagnose } from '../../diagnostics/diagnostic.ts';
import { communitiesOf, type CheckContext } from '../context.ts';
import { communityIdOf, decodeBase64, isPublicKeyForm } from '../identity.ts';

/** `hex"…"` has 40 digits, and `master("…")` is a public key in base64. */
export function identityValid(context: CheckContext): void {
  for (const { identity } of communitiesOf(context)) {
    if (identity === undefined) continue;
    if (identity.kind === 'dynamic' || identity.kind === 'broken') continue;
    const { text, span } = identity.text;
    const key = identity.kind === 'master' ? decodeBase64(text) : undefined;
    if (key !== undefined && !isPublicKeyForm(key)) {
      const notes = ['a public key is `LibNaCLPK:` and 64 bytes, or DER'];
      const help = ['`ipv8c key new` makes a key and prints the line for the schema'];
      context.report(diagnose('identity/not-a-key', {}, { at: span, notes, help }));
    }
    if (communityIdOf(identity) !== undefined) continue;
    if (identity.kind === 'master') {
      const help = ['the text is the public key, standard base64 with its padding'];
      context.report(diagnose('identity/not-base64', {}, { at: span, help }));
    } else if (identity.kind === 'hex') {
      const bad = /[^0-9a-fA-F]/.exec(text);
      if (bad !== null) {
        const start = span.start + 1 + bad.index;
        const at = { source: span.source, start, end: start + 1 };
        context.report(diagnose('identity/not-hex', {}, { at, label: 'not a digit' }));
      } else {
        const size = String(text.length / 2);
        const notes = [`these are ${text.length} digits, an id has 40`];
        context.report(diagnose('identity/not-20-bytes', { size }, { at: span, notes }));
      }
    }
  }
}
