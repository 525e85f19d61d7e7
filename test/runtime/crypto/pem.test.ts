import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { parsePem, printPem } from '../../../runtime/crypto/pem.ts';

test('what is printed is parsed', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect(parsePem(printPem('PUBLIC KEY', bytes))).toEqual({ label: 'PUBLIC KEY', bytes });
    }),
  );
});

test('carriage returns and text around the block do not matter', () => {
  const block = printPem('EC PRIVATE KEY', Uint8Array.of(1, 2));
  const text = `a comment\r\n${block.replaceAll('\n', '\r\n')}end`;
  expect(parsePem(text)).toEqual({ label: 'EC PRIVATE KEY', bytes: Uint8Array.of(1, 2) });
});

test.each([
  ['', 'nothing'],
  ['-----BEGIN A-----\nAAAA\n', 'no end'],
  ['-----BEGIN A-----\nAAAA\n-----END B-----', 'another label'],
  ['-----BEGIN A-----\nAAA\n-----END A-----', 'cut base64'],
  ['-----BEGIN A-----\nDEK-Info: x\n\nAAAA\n-----END A-----', 'headers'],
])('no block: %j (%s)', (text) => {
  expect(parsePem(text)).toBeUndefined();
});

test('long hostile text is answered at once', () => {
  expect(parsePem('-----BEGIN A-----'.repeat(20_000))).toBeUndefined();
  expect(parsePem(`-----BEGIN A-----${'A'.repeat(1_000_000)}`)).toBeUndefined();
});
