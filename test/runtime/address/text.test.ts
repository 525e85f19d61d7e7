import net from 'node:net';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { equalAddress } from '../../../runtime/address/address.ts';
import { createAddress, parseAddress, printAddress } from '../../../runtime/address/text.ts';

test.each([
  ['127.0.0.1:8090', { kind: 'ipv4', host: '127.0.0.1', port: 8090 }],
  ['0.0.0.0:0', { kind: 'ipv4', host: '0.0.0.0', port: 0 }],
  ['[::1]:65535', { kind: 'ipv6', host: '::1', port: 65535 }],
  ['[2001:DB8:0::A]:1', { kind: 'ipv6', host: '2001:db8::a', port: 1 }],
  ['[::ffff:1.2.3.4]:1', { kind: 'ipv6', host: '::ffff:1.2.3.4', port: 1 }],
  ['example.org:6421', { kind: 'domain', host: 'example.org', port: 6421 }],
  ['bücher.example:1', { kind: 'domain', host: 'bücher.example', port: 1 }],
  ['1.example:00080', { kind: 'domain', host: '1.example', port: 80 }],
])('%s is an address', (text, address) => {
  expect(parseAddress(text)).toEqual(address);
});

test.each([
  '',
  ':',
  ':80',
  '127.0.0.1',
  '127.0.0.1:',
  '127.0.0.1:65536',
  '127.0.0.1:123456',
  '127.0.0.1:-1',
  '127.0.0.1:8o',
  '127.0.0.1:80 ',
  '127.0.0.1:80\n',
  ' 127.0.0.1:80',
  '127.0.0.256:80',
  '127.0.0:80',
  '127.0.0.01:80',
  '::1:80',
  '[::1]',
  '[::1:80',
  '::1]:80',
  '[]:80',
  '[127.0.0.1]:80',
  '[fe80::1%eth0]:80',
  '[example.org]:80',
  'two words:80',
])('%j is none', (text) => {
  expect(parseAddress(text)).toBeUndefined();
});

test('the form of a host decides its kind', () => {
  expect(createAddress('1.2.3.4', 5)).toEqual({ kind: 'ipv4', host: '1.2.3.4', port: 5 });
  expect(createAddress('0:0::0:1', 5)).toEqual({ kind: 'ipv6', host: '::1', port: 5 });
  for (const host of ['01.2.3.4', '1.2.3', '1.2.3.4.5', '::1%lo', '[::1]', '', 'Host']) {
    expect(createAddress(host, 5)).toEqual({ kind: 'domain', host, port: 5 });
  }
});

test('printing and reading are inverse for every IP address', () => {
  fc.assert(
    fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), fc.nat(65_535), (host, port) => {
      const address = createAddress(host, port);
      expect(address.kind).toBe(net.isIPv4(host) ? 'ipv4' : 'ipv6');
      const read = parseAddress(printAddress(address));
      expect(read).toEqual(address);
      expect(read !== undefined && equalAddress(read, address)).toBe(true);
    }),
  );
});

test('what is read is printed in one way only', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.domain(), fc.webAuthority({ withPort: true })), (text) => {
      const address = parseAddress(text);
      if (address === undefined) return;
      expect(parseAddress(printAddress(address))).toEqual(address);
    }),
  );
});

test('addresses are equal when every field is', () => {
  const address = createAddress('1.2.3.4', 5);
  expect(equalAddress(address, { ...address })).toBe(true);
  expect(equalAddress(address, { ...address, port: 6 })).toBe(false);
  expect(equalAddress(address, { ...address, host: '1.2.3.5' })).toBe(false);
  expect(equalAddress(address, { ...address, kind: 'domain' })).toBe(false);
});
