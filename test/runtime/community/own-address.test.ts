import { expect, test } from 'vitest';
import { VOTERS_MAX } from '../../../runtime/community/limits.ts';
import { OwnAddress } from '../../../runtime/community/own-address.ts';
import { createPeer } from '../../../runtime/peer/peer.ts';
import { at, newKey } from './bench.ts';

const peers = Array.from({ length: 40 }, () => createPeer(newKey().publicKey));
const mine = at('8.8.8.8:8090');
const lie = at('66.6.6.6:6');

/** The peer with this number, at a public address in a subnet of its own, says where we are. */
function say(own: OwnAddress, number: number, address = mine): void {
  const peer = peers[number % peers.length];
  if (peer !== undefined) own.observe(address, peer, at(`${number + 1}.2.3.4:5`));
}

test('the first answer is believed, and one or two liars after it change nothing', () => {
  const own = new OwnAddress();
  expect(own.wan('ipv4')).toBeUndefined();
  say(own, 1);
  expect(own.wan('ipv4')).toEqual(mine);
  for (let again = 0; again < 100; again++) {
    say(own, 2, lie);
  }
  expect(own.wan('ipv4')).toEqual(mine);
  say(own, 3);
  say(own, 4, lie);
  expect(own.wan('ipv4')).toEqual(mine);
});

test('a liar who comes first is outvoted by two', () => {
  const own = new OwnAddress();
  say(own, 1, lie);
  say(own, 2);
  expect(own.wan('ipv4')).toEqual(lie);
  say(own, 3);
  expect(own.wan('ipv4')).toEqual(mine);
});

test('keys are free and subnets are not: one subnet has one vote', () => {
  const own = new OwnAddress();
  for (const number of [1, 2, 3]) say(own, number);
  for (const [number, peer] of peers.entries()) own.observe(lie, peer, at(`66.6.6.${number}:6`));
  expect(own.wan('ipv4')).toEqual(mine);
});

test('nor have those in our own network more than one, on where we are outside', () => {
  const own = new OwnAddress();
  for (const number of [1, 2, 3]) say(own, number);
  for (const [number, peer] of peers.entries()) own.observe(lie, peer, at(`10.6.6.${number}:6`));
  expect(own.wan('ipv4')).toEqual(mine);
});

test('a real change is followed once most of those we talk to see it', () => {
  const own = new OwnAddress();
  for (let number = 0; number < VOTERS_MAX * 10; number++) say(own, number % 100);
  const moved = at('9.9.9.9:1');
  for (let number = 0; number < Math.ceil(VOTERS_MAX / 2); number++) say(own, 120 + number, moved);
  expect(own.wan('ipv4')).toEqual(moved);
});

test('on one machine each peer has a vote, and the only one may correct itself', () => {
  const own = new OwnAddress();
  const [first, second, third] = peers;
  if (first === undefined || second === undefined || third === undefined) return;
  own.observe(at('127.0.0.1:1'), first, at('127.0.0.1:9'));
  own.observe(at('127.0.0.1:2'), first, at('127.0.0.1:9'));
  expect(own.wan('ipv4')).toEqual(at('127.0.0.1:2'));
  own.observe(at('127.0.0.1:3'), second, at('127.0.0.1:10'));
  expect(own.wan('ipv4')).toEqual(at('127.0.0.1:2'));
  own.observe(at('127.0.0.1:3'), third, at('127.0.0.1:11'));
  expect(own.wan('ipv4')).toEqual(at('127.0.0.1:3'));
});

test('an address of a private network is ours there, not outside', () => {
  const own = new OwnAddress();
  say(own, 1, at('192.168.1.9:8090'));
  expect(own.wan('ipv4')).toBeUndefined();
  expect(own.lan('ipv4')).toEqual(at('192.168.1.9:8090'));
});
