import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromHex } from '../../../runtime/base/bytes.ts';
import {
  DER_TAG,
  printObjectId,
  readDer,
  readDerAll,
  writeDer,
} from '../../../runtime/crypto/der.ts';

test('what is written is read, whatever the length', () => {
  for (const size of [0, 1, 127, 128, 255, 256, 1000, 65_535]) {
    const content = new Uint8Array(size).fill(7);
    const bytes = writeDer(DER_TAG.octetString, content);
    expect(readDer(bytes, 0)).toEqual({ tag: DER_TAG.octetString, content, end: bytes.length });
    expect(readDer(bytes.subarray(0, -1), 0)).toBeUndefined();
  }
});

test.each([
  ['', 'nothing'],
  ['30', 'a tag alone'],
  ['3080', 'an indefinite length'],
  ['308105aaaaaaaaaa', 'a length in more bytes than it needs'],
  ['30820005aaaaaaaaaa', 'the same in two bytes'],
  ['3083000001aa', 'a length of three bytes'],
  ['3003aaaa', 'content cut short'],
  ['3081', 'the length cut off'],
])('no element: %s (%s)', (hex) => {
  expect(readDer(fromHex(hex), 0)).toBeUndefined();
});

test('elements that do not fill their room are none', () => {
  expect(readDerAll(fromHex('020101020102'))).toHaveLength(2);
  expect(readDerAll(fromHex('02010102'))).toBeUndefined();
});

test('arbitrary bytes never throw, and content lies within them', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
      const element = readDer(bytes, 0);
      if (element !== undefined) expect(element.end).toBeLessThanOrEqual(bytes.length);
      readDerAll(bytes);
      expect(printObjectId(bytes)).toMatch(/^\d/);
    }),
  );
});

test.each([
  ['2a8648ce3d0201', '1.2.840.10045.2.1'],
  ['2b81040001', '1.3.132.0.1'],
  ['2a864886f70d010101', '1.2.840.113549.1.1.1'],
  ['883703', '2.999.3'],
])('%s is %s', (hex, dotted) => {
  expect(printObjectId(fromHex(hex))).toBe(dotted);
});
