/** Diagnostics whose every text tries to break out of its format. */
import { diagnose, type Diagnostic } from '../../../compiler/diagnostics/diagnostic.ts';
import { createSource } from '../../../compiler/source/source.ts';

/** What tends to be forgotten when text is written into a format. */
export const AWKWARD = 'a "b"\n::error::c\r100%25, d: {0} [e](f) \\ \u2028\u0085 ü 🦊 \ud800';

const one = createSource('dir with space/ü,:%1.ipv8', 'struct A\r\n{ a: "🦊" }\n');
const other = createSource('b.ipv8', 'x');

/** An error over two lines with all that a diagnostic can hold, and a bare warning. */
export const DIAGNOSTICS: readonly Diagnostic[] = [
  diagnose(
    'syntax/unexpected',
    { found: AWKWARD },
    {
      at: { source: one, start: 7, end: 11 },
      label: AWKWARD,
      others: [{ span: { source: other, start: 0, end: 1 }, text: AWKWARD }],
      notes: [AWKWARD],
      help: [AWKWARD],
      suggestions: [
        {
          text: AWKWARD,
          applicability: 'maybe-incorrect',
          edits: [
            { span: { source: one, start: 15, end: 19 }, replacement: AWKWARD },
            { span: { source: other, start: 1, end: 1 }, replacement: '' },
          ],
        },
        { text: 'in words alone', applicability: 'maybe-incorrect', edits: [] },
      ],
    },
  ),
  diagnose('import/unused', { path: 'b' }, { at: { source: other, start: 0, end: 1 } }),
];
