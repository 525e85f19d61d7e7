import { startOf } from '../../source/span.ts';
import { diagnose } from '../../diagnostics/diagnostic.ts';
import { messagesOf, type CheckContext } from '../context.ts';

/** Every message says whether it is signed: there is no default. */
export function signedOrUnsignedStated(context: CheckContext): void {
  for (const { name, auth, isBroken, span } of messagesOf(context)) {
    const [first, second] = auth;
    if (second !== undefined && first !== undefined) {
      const others = [{ span: first.span, text: `first said \`${first.text}\` here` }];
      context.report(diagnose('auth/both', { name: name.text }, { at: second.span, others }));
    } else if (first === undefined && !isBroken) {
      context.report(
        diagnose(
          'auth/missing',
          { name: name.text },
          {
            at: name.span,
            notes: ['handlers of signed messages are given a verified peer, others an address'],
            suggestions: ['signed', 'unsigned'].map((word) => ({
              text: `say \`${word}\``,
              edits: [{ span: startOf(span), replacement: `${word} ` }],
              applicability: 'maybe-incorrect' as const,
            })),
          },
        ),
      );
    }
  }
}
