import { expect, test } from 'vitest';
import {
  escapeData,
  escapeProperty,
  renderGithubAnnotations,
} from '../../../compiler/diagnostics/github-annotations.ts';
import { AWKWARD, DIAGNOSTICS } from './awkward.ts';

/** Reads a command as the runner does: split first, then put the escapes back. */
function parse(line: string) {
  const match = /^::(\w+) ([^:]*)::(.*)$/.exec(line);
  const data = (text: string): string =>
    text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
  const properties = (match?.[2] ?? '').split(',').map((one) => {
    const at = one.indexOf('=');
    const value = one.slice(at + 1).replaceAll('%3A', ':');
    return [one.slice(0, at), data(value.replaceAll('%2C', ','))] as const;
  });
  const message = data(match?.[3] ?? '');
  return { command: match?.[1], properties: Object.fromEntries(properties), message };
}

test('escapes are those of the runner, a percent sign first', () => {
  expect(escapeData('%0A\r\n:,"')).toBe('%250A%0D%0A:,"');
  expect(escapeProperty('%3A\r\n:,"')).toBe('%253A%0D%0A%3A%2C"');
});

test('no text breaks out of its command', () => {
  const rendered = renderGithubAnnotations(DIAGNOSTICS, (path) => path);
  const lines = rendered.split(/\r\n|[\n\r\u0085\u2028\u2029]/);
  expect(lines).toHaveLength(3);
  const first = parse(lines[0] ?? '');
  expect(first.command).toBe('error');
  expect(first.properties).toMatchObject({
    file: 'dir with space/ü,:%1.ipv8',
    line: '1',
    col: '8',
    endLine: '2',
  });
  expect(first.properties).not.toHaveProperty('endColumn');
  expect(first.properties['title']).toMatch(/^error\[syntax\/unexpected\]: unexpected a "b"/);
  expect(first.message.split('\n').map((line) => line.slice(0, 12))).toEqual([
    'unexpected a',
    'b.ipv8:1: a ',
    'note: a "b"\\',
    'help: a "b"\\',
    'help: a "b"\\',
    'help: in wor',
  ]);
  expect(AWKWARD).toContain('\n::error::');
});

test('a place on one line has an end column', () => {
  const [, second] = DIAGNOSTICS;
  expect(second && renderGithubAnnotations([second], (path) => path)).toBe(
    '::warning file=b.ipv8,line=1,col=1,endLine=1,endColumn=2,' +
      'title=warning[import/unused]%3A nothing of `b` is used::nothing of `b` is used\n',
  );
});
