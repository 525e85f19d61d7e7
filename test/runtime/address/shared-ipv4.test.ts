import { deepStrictEqual } from 'node:assert/strict';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { equalAddress } from '../../../runtime/address/address.ts';
import { SHARED_ADDRESSES_MAX } from '../../../runtime/address/limits.ts';
import { isLoopback, isMulticast, isPrivate } from '../../../runtime/address/ranges.ts';
import { ipv4Address } from '../../../runtime/address/shared-ipv4.ts';
import { createAddress, printAddress } from '../../../runtime/address/text.ts';
import { Writer } from '../../../runtime/codec/writer.ts';

const PORTS = fc.integer({ min: 0, max: 65_535 });

function encoded(address: ReturnType<typeof createAddress>): Uint8Array {
  const writer = new Writer();
  writer.ipv4(address, 'address');
  return writer.finish();
}

test('it is plain data like every address', () => {
  const shared = createAddress('1.2.3.4', 5);
  deepStrictEqual(shared, { kind: 'ipv4', host: '1.2.3.4', port: 5 });
  expect(printAddress(shared)).toBe('1.2.3.4:5');
});

test('a shared address is an address like any other', () => {
  fc.assert(
    fc.property(fc.ipV4(), PORTS, (host, port) => {
      const shared = createAddress(host, port);
      const plain = { kind: 'ipv4', host, port } as const;
      expect(shared).toEqual(plain);
      expect({ ...shared }).toStrictEqual(plain);
      expect(JSON.stringify(shared)).toBe(JSON.stringify(plain));
      expect(createAddress(host, port)).toBe(shared);
      expect(equalAddress(shared, plain)).toBe(true);
      expect(printAddress(shared)).toBe(`${host}:${port}`);
      expect(encoded(shared)).toEqual(encoded(plain));
      for (const isIt of [isLoopback, isMulticast, isPrivate]) {
        expect(isIt(shared)).toBe(isIt(plain));
      }
    }),
  );
});

test('of ten times as many as are kept, each is still the one that was asked for', () => {
  for (let number = 0; number < 10 * SHARED_ADDRESSES_MAX; number++) {
    const { host, port } = ipv4Address(0x0a000000 + (number >> 4), number & 15);
    const expected = `10.${number >> 20}.${(number >> 12) & 255}.${(number >> 4) & 255}`;
    if (host !== expected || port !== (number & 15)) expect(host).toBe(expected);
  }
  const first = ipv4Address(0x0a000000, 0);
  expect(printAddress(first)).toBe('10.0.0.0:0');
});

test('a port that is none makes no shared address', () => {
  for (const port of [-1, 65_536, 1.5]) {
    expect(createAddress('10.0.0.1', port)).toStrictEqual({ kind: 'ipv4', host: '10.0.0.1', port });
  }
});
