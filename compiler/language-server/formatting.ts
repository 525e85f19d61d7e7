import type { Range, TextEdit } from 'vscode-languageserver';
import { formatSource } from '../format/format.ts';
import type { Source } from '../source/source.ts';
import type { Span } from '../source/span.ts';
import { overlaps, rangeOf, spanOf } from './places.ts';

/**
 * What formatting changes, gap by gap, so that cursors and marks stay where they are; in a range,
 * the gaps that touch it.
 */
export function formatting(source: Source, range?: Range): readonly TextEdit[] {
  const gaps = changedGaps(source, formatSource(source).text);
  const wanted = range === undefined ? undefined : spanOf(source, range);
  return gaps
    .filter(({ span }) => wanted === undefined || overlaps(span, wanted))
    .map(({ replacement, span }) => ({ range: rangeOf(span), newText: replacement }));
}

/** The formatter changes white space and nothing else: both texts are walked side by side. */
function changedGaps(
  source: Source,
  formatted: string,
): readonly { readonly span: Span; readonly replacement: string }[] {
  const gaps = [];
  let [at, there] = [0, 0];
  while (at < source.text.length || there < formatted.length) {
    const [end, thereEnd] = [gapEnd(source.text, at), gapEnd(formatted, there)];
    const replacement = formatted.slice(there, thereEnd);
    if (source.text.slice(at, end) !== replacement) {
      gaps.push({ span: { source, start: at, end }, replacement });
    }
    [at, there] = [end + 1, thereEnd + 1];
  }
  return gaps;
}

function gapEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && ' \t\r\n'.includes(text.charAt(at))) at++;
  return at;
}
