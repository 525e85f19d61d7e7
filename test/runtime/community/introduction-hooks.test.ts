import { expect, test } from 'vitest';
import type { AnyCommunity } from '../../../runtime/community/any-community.ts';
import { printAddress } from '../../../runtime/address/text.ts';
import { at, createBench, newKey, silent } from './bench.ts';
import { createPeer } from '../../../runtime/peer/peer.ts';
import { Note, notesProtocol } from './notes.ts';

function listening(heard: string[], isFaulty = false): AnyCommunity {
  const hear =
    (what: string) =>
    (_peer: unknown, from: Parameters<typeof printAddress>[0]): void => {
      heard.push(`${what} ${printAddress(from)}`);
      if (isFaulty) throw new Error('a hook with a fault');
    };
  return {
    ...silent,
    create: () => ({
      handlers: {},
      onIntroductionRequest: hear('request'),
      onIntroductionResponse: hear('response'),
    }),
  };
}

test('a community hears of requests that were answered, and of answers', () => {
  const bench = createBench();
  const heard: string[] = [];
  const node = bench.node('1.1.1.1:1', { community: listening(heard) });
  const other = bench.node('2.2.2.2:2');
  node.walkable.walkTo(other.address);
  bench.run();
  other.walkable.walkTo(node.address);
  bench.run();
  expect(heard).toEqual(['response 2.2.2.2:2', 'request 2.2.2.2:2']);
});

test('of trackers it hears nothing: they are no peers', () => {
  const bench = createBench();
  const heard: string[] = [];
  const trackerAddresses = () => [at('2.2.2.2:2')];
  const node = bench.node('1.1.1.1:1', { community: listening(heard), trackerAddresses });
  bench.node('2.2.2.2:2');
  node.walkable.walkTo(at('2.2.2.2:2'));
  bench.run();
  expect(heard).toEqual([]);
});

test('a hook that throws is reported, and the peer is met all the same', () => {
  const bench = createBench();
  const node = bench.node('1.1.1.1:1', { community: listening([], true) });
  const other = bench.node('2.2.2.2:2');
  node.walkable.walkTo(other.address);
  bench.run();
  expect(node.network.addressOf(other.peer)).toEqual(other.address);
  expect(node.failures.map(({ where }) => where.message)).toEqual(['onIntroductionResponse']);
});

test('nobody signs with a key that is none of our own', () => {
  const bench = createBench();
  const community = {
    protocol: notesProtocol,
    create: () => ({ handlers: { note() {}, tick() {}, stamp() {} } }),
  };
  const node = bench.node('1.1.1.1:1', { community });
  const as = createPeer(newKey().publicKey);
  const send = () => node.overlay.send(at('2.2.2.2:2'), Note, { text: '' }, { as });
  expect(send).toThrow('no sibling with the key');
});
