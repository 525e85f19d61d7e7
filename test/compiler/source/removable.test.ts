import { expect, test } from 'vitest';
import { createSource } from '../../../compiler/source/source.ts';
import { removable } from '../../../compiler/source/span.ts';

/** The text without what stands between `‹` and `›`, and what would be left of its lines. */
function without(marked: string): string {
  const text = marked.replace(/[‹›]/g, '');
  const start = marked.indexOf('‹');
  const span = { source: createSource('a', text), start, end: marked.indexOf('›') - 1 };
  const removed = removable(span);
  return text.slice(0, removed.start) + text.slice(removed.end);
}

test.each([
  ['‹a›\nb', 'b'],
  ['‹a›\r\nb', 'b'],
  ['‹a›\rb', 'b'],
  ['‹a›', ''],
  ['a\n  ‹b›  \nc', 'a\nc'],
  ['a\n‹b›', 'a\n'],
  // Of two empty lines that would meet, and of one at the top, one goes.
  ['‹a›\n\nb', 'b'],
  ['a\n\n‹b›\n\nc', 'a\n\nc'],
  ['a\r\n\r\n‹b›\r\n\r\nc', 'a\r\n\r\nc'],
  ['a\n\n‹b›\nc', 'a\n\nc'],
  ['a\n‹b›\n\nc', 'a\n\nc'],
  // What else stands on its lines stays.
  ['‹a› // why\nb', '// why\nb'],
  ['a ‹b›  c', 'a c'],
  ['a ‹b›\nc', 'a \nc'],
])('%j without its mark is %j', (marked, rest) => {
  expect(without(marked)).toBe(rest);
});
