import { expect, test } from 'vitest';
import { printThrown } from '../../../runtime/base/print-thrown.ts';

test('an error is its message, or its stack', () => {
  const error = new RangeError('too far');
  expect(printThrown(error)).toBe('too far');
  expect(printThrown(error, 'stack')).toContain('RangeError: too far\n');
});

const throwing = () => {
  throw new Error('no text');
};

test.each([
  ['text', 'text'],
  [undefined, 'undefined'],
  [Symbol('sign'), 'Symbol(sign)'],
  [Object.create(null), 'something that cannot be printed'],
  [{ toString: throwing }, 'something that cannot be printed'],
  [new Proxy({}, { getPrototypeOf: throwing }), 'something that cannot be printed'],
])('anything can be thrown', (thrown: unknown, text) => {
  expect(printThrown(thrown)).toBe(text);
});
