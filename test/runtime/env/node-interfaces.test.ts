import { networkInterfaces } from 'node:os';
import { expect, test } from 'vitest';
import { rememberInterfaces, type HostAddress } from '../../../runtime/env/interfaces.ts';
import { createNodeInterfaces } from '../../../runtime/env/node-interfaces.ts';

function entry(address: string, internal = false) {
  const family = address.includes(':') ? ('IPv6' as const) : ('IPv4' as const);
  const rest = { netmask: '', mac: '', internal, cidr: null };
  return family === 'IPv6'
    ? { ...rest, address, family, scopeid: 0 }
    : { ...rest, address, family };
}

test('addresses of both families, without loopback and what holds on one wire only', () => {
  const interfaces = createNodeInterfaces(() => ({
    lo: [entry('127.0.0.1', true), entry('::1', true)],
    eth0: [entry('192.168.1.5'), entry('fe80::1'), entry('2001:DB8::5')],
    eth1: [entry('169.254.7.7')],
    gone: undefined,
    strange: [entry('no address')],
  }));
  expect(interfaces.addresses()).toEqual([
    { kind: 'ipv4', host: '192.168.1.5' },
    { kind: 'ipv6', host: '2001:db8::5' },
  ]);
});

test('a system that does not say has none', () => {
  const interfaces = createNodeInterfaces(() => {
    throw new Error('EPERM');
  });
  expect(interfaces.addresses()).toEqual([]);
});

test('this machine is asked by itself', () => {
  const known = Object.values(networkInterfaces()).flatMap((all) =>
    (all ?? []).map(({ address }) => address),
  );
  for (const { host } of createNodeInterfaces().addresses()) expect(known).toContain(host);
});

test('the system is asked at most once in ten seconds', () => {
  let now = 5_000;
  let asked = 0;
  const clock = { now: () => now, wallTime: () => now, after: () => ({ cancel: () => {} }) };
  const addresses = (): readonly HostAddress[] => [{ kind: 'ipv4', host: `10.0.0.${++asked}` }];
  const interfaces = rememberInterfaces({ addresses }, clock);
  expect(asked).toBe(0);
  for (let step = 0; step < 100; step++) interfaces.addresses();
  expect(asked).toBe(1);
  now += 9_999;
  expect(interfaces.addresses()).toEqual([{ kind: 'ipv4', host: '10.0.0.1' }]);
  now += 1;
  expect(interfaces.addresses()).toEqual([{ kind: 'ipv4', host: '10.0.0.2' }]);
});
