import { readFileSync } from 'node:fs';
import net from 'node:net';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseIpv4, parseIpv6, printIpv4, printIpv6 } from '../../../runtime/address/ip.ts';
import { fromHex, toHex } from '../../../runtime/base/bytes.ts';

/** Text that is an address, or nearly one. */
const nearlyIpv4 = fc.oneof(
  fc.ipV4(),
  fc.string({ unit: fc.constantFrom(...'0123456789. '), maxLength: 16 }),
  fc
    .array(fc.integer({ min: 0, max: 300 }), { minLength: 3, maxLength: 5 })
    .map((parts) => parts.join('.')),
  fc.tuple(fc.ipV4(), fc.nat(15), fc.constantFrom(...'0.x\0 \n')).map(([text, at, odd]) => {
    return text.slice(0, at) + odd + text.slice(at);
  }),
);
const group = fc.constantFrom(
  '0',
  '00',
  '1',
  'fffF',
  '00ab',
  '12345',
  '',
  'g',
  '1.2.3.4',
  '01.2.3.4',
);
const nearlyIpv6 = fc.oneof(
  fc.ipV6(),
  fc.array(group, { maxLength: 10 }).map((groups) => groups.join(':')),
  fc.string({ unit: fc.constantFrom(...'01af:.'), maxLength: 24 }),
  fc.tuple(fc.ipV6(), fc.nat(30), fc.constantFrom(...'0:.%\0 \n')).map(([text, at, odd]) => {
    return text.slice(0, at) + odd + text.slice(at);
  }),
);

test('a dotted quad is read exactly where Node reads one', () => {
  fc.assert(
    fc.property(nearlyIpv4, (text) => {
      expect(parseIpv4(text) !== undefined).toBe(net.isIPv4(text));
    }),
    { numRuns: 2_000 },
  );
});

test('IPv6 text without a zone is read exactly where Node reads it', () => {
  fc.assert(
    fc.property(nearlyIpv6, (text) => {
      const isRead = net.isIPv6(text) && !text.includes('%');
      expect(parseIpv6(text) !== undefined).toBe(isRead);
    }),
    { numRuns: 5_000 },
  );
});

test('printing and reading are inverse', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 4, maxLength: 4 }), (bytes) => {
      expect(parseIpv4(printIpv4(bytes))).toEqual(bytes);
    }),
  );
  // Many zero groups: the interesting addresses.
  const byte = fc.oneof(fc.constant(0), fc.constant(0xff), fc.nat(255));
  fc.assert(
    fc.property(fc.array(byte, { minLength: 16, maxLength: 16 }), (given) => {
      const bytes = Uint8Array.from(given);
      expect(parseIpv6(printIpv6(bytes))).toEqual(bytes);
      expect(printIpv6(Uint8Array.from([9, 9, ...given, 9]), 2)).toBe(printIpv6(bytes));
    }),
    { numRuns: 1_000 },
  );
});

test.each([
  // As glibc's inet_ntop writes them.
  ['00000000000000000000000000000000', '::'],
  ['00000000000000000000000000000001', '::1'],
  ['00000000000000000000000000010000', '::0.1.0.0'],
  ['00000000000000000000000001020304', '::1.2.3.4'],
  ['00000000000000000000ffff01020304', '::ffff:1.2.3.4'],
  ['00000000000000000000ffff00000000', '::ffff:0.0.0.0'],
  ['00000000000000000000fffe01020304', '::fffe:102:304'],
  ['00000000000000000001ffff01020304', '::1:ffff:102:304'],
  ['0000000000000000ffff000001020304', '::ffff:0:102:304'],
  ['00010000000000020000000000000003', '1:0:0:2::3'],
  ['00010000000000020000000000030004', '1::2:0:0:3:4'],
  ['00010000000200030004000500060007', '1:0:2:3:4:5:6:7'],
  ['00010002000300040005000600070000', '1:2:3:4:5:6:7:0'],
  ['00010002000300040005000600000000', '1:2:3:4:5:6::'],
  ['fe800000000000000000000000000001', 'fe80::1'],
  ['0064ff9b000000000000000001020304', '64:ff9b::102:304'],
  ['ABCDEF0123456789abcdef0123456789', 'abcd:ef01:2345:6789:abcd:ef01:2345:6789'],
])('%s is written %s', (hex, text) => {
  expect(printIpv6(fromHex(hex))).toBe(text);
});

type Case = {
  format?: string;
  kind: string;
  hex?: string;
  value?: { type?: string; host?: string };
};

test('addresses are written as the reference implementation recorded them', () => {
  const path = new URL('../../vectors/formats.json', import.meta.url);
  const { cases } = JSON.parse(readFileSync(path, 'utf8')) as { cases: Case[] };
  let count = 0;
  for (const { format, kind, hex = '', value } of cases) {
    if (kind !== 'roundtrip' || (format !== 'ip_address' && format !== 'address')) continue;
    const { type, host = '' } = value ?? {};
    if (type === 'DomainAddress') continue;
    const isIpv4 = type === 'UDPv4Address';
    const bytes = fromHex(hex).subarray(1, isIpv4 ? 5 : 17);
    expect(isIpv4 ? printIpv4(bytes) : printIpv6(bytes)).toBe(host);
    expect(toHex((isIpv4 ? parseIpv4(host) : parseIpv6(host)) ?? new Uint8Array(0))).toBe(
      toHex(bytes),
    );
    count += 1;
  }
  expect(count).toBeGreaterThan(50);
});
