import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { lineText, offsetAt, positionAt } from '../../../compiler/source/position.ts';
import { createSource } from '../../../compiler/source/source.ts';

test('lines end with LF, CRLF or CR', () => {
  const source = createSource('a', 'one\ntwo\r\nthree\rfour');
  expect([1, 2, 3, 4, 5].map((line) => lineText(source, line))).toEqual([
    'one',
    'two',
    'three',
    'four',
    '',
  ]);
  expect(positionAt(source, 9)).toEqual({ line: 3, column: 1 });
});

test('an offset survives the way to a position and back', () => {
  const text = fc.array(fc.constantFrom('a', '\n', '\r\n', '\r', 'é'), { maxLength: 40 });
  fc.assert(
    fc.property(text, fc.nat(80), (pieces, at) => {
      const source = createSource('a', pieces.join(''));
      const offset = Math.min(at, source.text.length);
      expect(offsetAt(source, positionAt(source, offset))).toBe(offset);
    }),
  );
});
