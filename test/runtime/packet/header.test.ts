import { expect, test } from 'vitest';
import { toHex } from '../../../runtime/base/bytes.ts';
import * as endpoint from '../../../runtime/endpoint/limits.ts';
import { createPrefix, HEADER_BYTES, PREFIX_BYTES } from '../../../runtime/packet/header.ts';

test('a prefix is 00, the version and the community id', () => {
  const id = '7e313685c1912a141279f8248fc8db5899c5df5a';
  expect(toHex(createPrefix(2, id))).toBe(`0002${id}`);
  expect(toHex(createPrefix(255, id))).toBe(`00ff${id}`);
});

test('a prefix of anything else is our own mistake', () => {
  expect(() => createPrefix(256, '00'.repeat(20))).toThrow('version 256');
  expect(() => createPrefix(2, '00'.repeat(19))).toThrow('40 lower-case hex digits');
  expect(() => createPrefix(2, 'AB'.repeat(20))).toThrow('40 lower-case hex digits');
});

test('the demultiplexer cuts where packets do', () => {
  expect(endpoint.PREFIX_BYTES).toBe(PREFIX_BYTES);
  expect(endpoint.PACKET_BYTES_MIN).toBe(HEADER_BYTES);
});
