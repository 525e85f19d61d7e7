import { BlockList } from 'node:net';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  isBroadcast,
  isLoopback,
  isMulticast,
  isPrivate,
  isUnspecified,
  subnetOf,
} from '../../../runtime/address/ranges.ts';
import { createAddress } from '../../../runtime/address/text.ts';
import type { Address } from '../../../runtime/address/address.ts';

type Rule = {
  readonly is: (address: Address) => boolean;
  readonly four: string[];
  readonly six: string[];
};

const RULES: { readonly [name: string]: Rule } = {
  loopback: { is: isLoopback, four: ['127.0.0.0/8'], six: ['::1/128'] },
  private: {
    is: isPrivate,
    four: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'],
    six: ['fc00::/7'],
  },
  multicast: { is: isMulticast, four: ['224.0.0.0/4'], six: ['ff00::/8'] },
  unspecified: { is: isUnspecified, four: ['0.0.0.0/8'], six: ['::/128'] },
};

const EDGES = `
  0.0.0.0 0.255.255.255 1.0.0.0 9.255.255.255 10.0.0.0 10.255.255.255
  11.0.0.0 126.255.255.255 127.0.0.0 127.255.255.255 128.0.0.0 169.253.255.255
  169.254.0.0 169.255.0.0 172.15.255.255 172.16.0.0 172.31.255.255 172.32.0.0
  192.167.255.255 192.168.0.0 192.168.255.255 192.169.0.0 223.255.255.255 224.0.0.0
  239.255.255.255 240.0.0.0 255.255.255.255 :: ::1 ::2
  ::ffff:127.0.0.1 ::127.0.0.1 1::1 fbff::1 fc00:: fdff::1
  fe00:: fe7f::1 fe80:: febf::1 fec0:: feff::
  ff02::1
`;

for (const [name, { is, four, six }] of Object.entries(RULES)) {
  test(`${name} is what Node's block list says of its ranges`, () => {
    const list = new BlockList();
    for (const [ranges, family] of [
      [four, 'ipv4'],
      [six, 'ipv6'],
    ] as const) {
      for (const range of ranges) {
        const [network = '', bits] = range.split('/');
        list.addSubnet(network, Number(bits), family);
      }
    }
    const check = (host: string): void => {
      const address = createAddress(host, 1);
      if (address.kind === 'domain') throw new Error(host);
      // A block list takes mapped addresses for IPv4; here they stay IPv6.
      const isListed = !host.startsWith('::ffff:') && list.check(host, address.kind);
      expect(`${host} ${is(address)}`).toBe(`${host} ${isListed}`);
    };
    for (const host of EDGES.trim().split(/\s+/)) check(host);
    fc.assert(fc.property(fc.ipV4(), check));
  });
}

test('names are in no range, 255.255.255.255 is broadcast', () => {
  for (const { is } of Object.values(RULES)) {
    for (const host of ['localhost', '127.1', '10.0.0.1.example']) {
      expect(is(createAddress(host, 1))).toBe(false);
    }
  }
  expect(isBroadcast(createAddress('255.255.255.255', 1))).toBe(true);
  expect(isBroadcast(createAddress('255.255.255.254', 1))).toBe(false);
  expect(isBroadcast({ kind: 'domain', host: '255.255.255.255', port: 1 })).toBe(false);
});

test('addresses of one /24, or one /64, share a subnet', () => {
  const subnet = (host: string): string => subnetOf(createAddress(host, 1));
  expect(subnet('1.2.3.4')).toBe(subnet('1.2.3.255'));
  expect(subnet('1.2.3.4')).not.toBe(subnet('1.2.4.4'));
  expect(subnet('2001:db8:0:1::1')).toBe(subnet('2001:db8:0:1:ffff::'));
  expect(subnet('2001:db8:0:1::1')).not.toBe(subnet('2001:db8:0:2::1'));
  expect(subnet('1.2.3.4')).not.toBe(subnet('0001:0002:0003::'));
  expect(subnet('example.org')).toBe('example.org');
});
