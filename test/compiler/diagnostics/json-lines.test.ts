import { expect, test } from 'vitest';
import { renderJsonLines } from '../../../compiler/diagnostics/json-lines.ts';
import { AWKWARD, DIAGNOSTICS } from './awkward.ts';

const rendered = renderJsonLines(DIAGNOSTICS, (path) => `../${path}`);

test('one object a line, whatever a reader takes for a line end', () => {
  expect(rendered.split(/\r\n|[\n\r\u0085\u2028\u2029]/)).toHaveLength(3);
  expect(rendered.endsWith('}\n')).toBe(true);
  expect(renderJsonLines([], (path) => path)).toBe('');
});

test('texts come back as they were, places count from 1', () => {
  const [first, second] = rendered
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
  const start = { file: '../dir with space/ü,:%1.ipv8', line: 1, column: 8 };
  expect(first).toEqual({
    code: 'syntax/unexpected',
    severity: 'error',
    title: `unexpected ${AWKWARD}`,
    ...start,
    endLine: 2,
    endColumn: 2,
    label: AWKWARD,
    labels: [{ file: '../b.ipv8', line: 1, column: 1, endLine: 1, endColumn: 2, text: AWKWARD }],
    notes: [AWKWARD],
    help: [AWKWARD],
    suggestions: [
      {
        text: AWKWARD,
        applicability: 'maybe-incorrect',
        edits: [
          { ...start, line: 2, column: 6, endLine: 2, endColumn: 10, replacement: AWKWARD },
          { file: '../b.ipv8', line: 1, column: 2, endLine: 1, endColumn: 2, replacement: '' },
        ],
      },
      { text: 'in words alone', applicability: 'maybe-incorrect', edits: [] },
    ],
  });
  expect(second).toMatchObject({ code: 'import/unused', severity: 'warning', label: '' });
});
