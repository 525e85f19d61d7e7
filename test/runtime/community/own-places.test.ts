import { expect, test } from 'vitest';
import type { Address } from '../../../runtime/address/address.ts';
import { OwnAddress } from '../../../runtime/community/own-address.ts';
import { OwnPlaces } from '../../../runtime/community/own-places.ts';
import type { HostAddress } from '../../../runtime/env/interfaces.ts';
import { createPeer } from '../../../runtime/peer/peer.ts';
import { at, newKey } from './bench.ts';

const peers = Array.from({ length: 8 }, () => createPeer(newKey().publicKey));

function create(bound: readonly string[], hosts: readonly string[] = []) {
  const ownAddress = new OwnAddress();
  const found = hosts.map((host): HostAddress => {
    return { kind: host.includes(':') ? 'ipv6' : 'ipv4', host };
  });
  const own = new OwnPlaces({
    boundAddresses: () => bound.map(at),
    ownAddress,
    interfaces: { addresses: () => found },
  });
  const say = (address: Address, number: number): void => {
    const [peer] = peers.slice(number);
    const from =
      address.kind === 'ipv6' ? `[2001:db8:${number + 1}::1]:5` : `${number + 1}.2.3.4:5`;
    if (peer !== undefined) own.observe(address, peer, at(from));
  };
  return { own, say };
}

test('bound to one address, we are there', () => {
  const { own } = create(['192.168.1.2:8090'], ['10.0.0.1']);
  expect(own.lan('ipv4')).toEqual(at('192.168.1.2:8090'));
  expect(own.lan('ipv6')).toBeUndefined();
});

test('bound to all, we are at our private interface, with the port that is bound', () => {
  const { own } = create(['0.0.0.0:8090', '[::]:8091'], ['8.8.4.4', '10.0.0.1', '2001:db8::7']);
  expect(own.lan('ipv4')).toEqual(at('10.0.0.1:8090'));
  expect(own.lan('ipv6')).toEqual(at('[2001:db8::7]:8091'));
  expect(own.preferred).toEqual(at('[2001:db8::7]:8091'));
});

test('of several interfaces, it is the one that others see', () => {
  const { own, say } = create(['0.0.0.0:8090'], ['172.17.0.1', '192.168.1.5']);
  expect(own.lan('ipv4')).toEqual(at('172.17.0.1:8090'));
  say(at('192.168.1.5:8090'), 0);
  expect(own.lan('ipv4')).toEqual(at('192.168.1.5:8090'));
});

test('what others say of our own network counts only where no interface contradicts', () => {
  const { own, say } = create(['0.0.0.0:8090'], ['192.168.1.5']);
  say(at('10.9.9.9:8090'), 0);
  expect(own.lan('ipv4')).toEqual(at('192.168.1.5:8090'));
  const blind = create(['0.0.0.0:8090']);
  expect(blind.own.lan('ipv4')).toBeUndefined();
  blind.say(at('10.9.9.9:8090'), 0);
  expect(blind.own.lan('ipv4')).toEqual(at('10.9.9.9:8090'));
});

test('a family without a socket is nowhere, whatever is said of it', () => {
  const { own, say } = create(['0.0.0.0:8090'], ['2001:db8::7']);
  say(at('[2001:db8::7]:8090'), 0);
  expect(own.lan('ipv6')).toBeUndefined();
  expect(own.in('ipv6')).toBeUndefined();
  expect(own.preferred).toBeUndefined();
  expect(own.canSendTo(at('[2001:db8::8]:1'))).toBe(false);
});

test.each([
  ['1.1.1.1:1', '9.9.9.9:9', '0.0.0.0:1'],
  ['[2001:db8:aa::1]:1', '[2001:db8:bb::1]:1', '[::]:1'],
])('three networks move our address outside, two do not: %s', (first, next, bound) => {
  const { own, say } = create([bound]);
  const family = at(first).kind === 'ipv6' ? 'ipv6' : 'ipv4';
  say(at(first), 0);
  say(at(next), 1);
  expect(own.wan(family)).toEqual(at(first));
  say(at(next), 2);
  expect(own.wan(family)).toEqual(at(next));
});

test('the families are voted on apart', () => {
  const { own, say } = create(['0.0.0.0:1', '[::]:1']);
  say(at('1.1.1.1:1'), 0);
  for (const number of [1, 2, 3, 4]) say(at('[2001:db8:aa::1]:1'), number);
  expect(own.wan('ipv4')).toEqual(at('1.1.1.1:1'));
  expect(own.wan('ipv6')).toEqual(at('[2001:db8:aa::1]:1'));
  expect(own.any).toEqual(at('1.1.1.1:1'));
});

test('a /64 of IPv6 has one vote, however many addresses it has', () => {
  const { own } = create(['[::]:1']);
  const mine = at('[2001:db8:aa::1]:1');
  const lie = at('[2001:db8:66::6]:6');
  for (const [number, peer] of peers.slice(0, 3).entries()) {
    own.observe(mine, peer, at(`[2001:db8:${number + 1}::1]:5`));
  }
  for (const [number, peer] of peers.entries()) {
    own.observe(lie, peer, at(`[2001:db8:77::${number + 1}]:5`));
  }
  expect(own.wan('ipv6')).toEqual(mine);
});

test('nobody walks to itself', () => {
  const { own, say } = create(['0.0.0.0:8090'], ['192.168.1.5']);
  say(at('1.1.1.1:1'), 0);
  for (const place of ['192.168.1.5:8090', '1.1.1.1:1'])
    expect(own.canSendTo(at(place))).toBe(false);
  for (const place of ['192.168.1.5:8091', '1.1.1.1:2'])
    expect(own.canSendTo(at(place))).toBe(true);
});
