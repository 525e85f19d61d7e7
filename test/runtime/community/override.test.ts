/** A community's message that stands in front of one of the introduction protocol. */
import { expect, test } from 'vitest';
import {
  DiscoveryIntroductionRequest,
  type DiscoveryHandlers,
  discoveryProtocol,
} from '../../../generated/discovery.ts';
import { ConnectionType, IntroductionRequest } from '../../../generated/introduction.ts';
import type { Community } from '../../../runtime/community/overlay.ts';
import { messageIdOf } from '../../../runtime/packet/header.ts';
import { at, COMMUNITY_ID, createBench, datagramOf, newKey } from './bench.ts';

const protocol = { ...discoveryProtocol, communityId: COMMUNITY_ID } as const;

function discovery(heard: Uint8Array[]): Community<typeof protocol> {
  const ignore = (): undefined => undefined;
  const handlers: DiscoveryHandlers = {
    similarityRequest: ignore,
    ping: ignore,
    discoveryIntroductionRequest: ({ introduceTo }) => void heard.push(introduceTo),
  };
  return { protocol, create: () => ({ handlers }) };
}

/** 89 is the override's constant: a request to such an address begins as the override does. */
const HERE = at('89.1.1.1:1');

const plain = {
  destinationAddress: HERE,
  sourceLanAddress: at('2.2.2.2:2'),
  sourceWanAddress: at('2.2.2.2:2'),
  flags: { connection: ConnectionType.unknown, supportsNewStyle: false, advice: true },
  identifier: 7,
  extraBytes: new Uint8Array(0),
};

test('the override is heard, and its parent is answered as before', () => {
  const bench = createBench();
  const heard: Uint8Array[] = [];
  const node = bench.node('89.1.1.1:1', { community: discovery(heard) });
  const key = newKey();
  const introduceTo = new Uint8Array(20).fill(3);
  const override = new DiscoveryIntroductionRequest({ ...plain, introduceTo });
  node.receive(datagramOf(DiscoveryIntroductionRequest, override, { key }), '2.2.2.2:2');
  expect(heard).toEqual([introduceTo]);
  expect(bench.take()).toEqual([]);

  for (const destinationAddress of [HERE, at('88.1.1.1:1')]) {
    const request = new IntroductionRequest({ ...plain, destinationAddress });
    node.receive(datagramOf(IntroductionRequest, request, { key }), '2.2.2.2:2');
    expect(bench.take().map(({ bytes }) => messageIdOf(bytes))).toEqual([245]);
  }
  expect(heard).toHaveLength(1);
  expect(node.counters.handled).toBe(3);
});
