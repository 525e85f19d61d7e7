/** What overlays send and receive, by message. */
import { expect, test } from 'vitest';
import { createCrypto } from '../../../runtime/crypto/create-crypto.ts';
import { createNode, type Node } from '../../../runtime/node/node.ts';
import { createWorld } from '../../../runtime/simulation/world.ts';
import { createBench } from '../community/bench.ts';
import { lamportConfig, lamportSession } from './fixtures.ts';

const crypto = await createCrypto();

test('what one node sent another received, message by message, at their times', async () => {
  const world = createWorld({ seed: 1 });
  const hosts = ['10.0.0.1', '10.0.0.2'];
  const nodes: readonly Node[] = hosts.map((host) =>
    createNode(lamportConfig(host, { hosts: [['10.0.0.1', 8090]] }), {
      env: world.env(host),
      crypto,
      extraCommunities: { Lamport: lamportSession().community },
    }),
  );
  const started = Promise.all(nodes.map((node) => node.start()));
  // Between two steps, when nothing is on its way.
  await world.run({ forMs: 9_900 });
  await started;
  const stopped = Promise.all(nodes.map((node) => node.stop()));
  await world.run({ forMs: 1_000 });
  await stopped;
  const [one, other] = nodes.map((node) => node.statistics()[0]);
  if (one === undefined || other === undefined) throw new Error('no overlay');
  expect(one.overlay).toBe('Lamport');
  expect(one.communityId).toMatch(/^[0-9a-f]{40}$/);
  const names = one.messages.map(({ messageName }) => messageName);
  expect(names).toEqual(expect.arrayContaining(['IntroductionRequest', 'IntroductionResponse']));
  for (const { messageId, sent } of one.messages) {
    const there = other.messages.find((message) => message.messageId === messageId)?.received;
    expect(there).toMatchObject({ count: sent.count, bytes: sent.bytes });
    if (sent.firstAt === undefined || sent.lastAt === undefined) continue;
    // 20 to 60 ms on the way.
    expect((there?.firstAt ?? 0) - sent.firstAt).toBeGreaterThanOrEqual(20);
    expect((there?.firstAt ?? 0) - sent.firstAt).toBeLessThanOrEqual(60);
    expect(sent.lastAt).toBeGreaterThanOrEqual(sent.firstAt);
  }
  for (const direction of ['sent', 'received'] as const) {
    const flows = one.messages.map((message) => message[direction]);
    const total = one[direction];
    expect(total.count).toBe(flows.reduce((sum, { count }) => sum + count, 0));
    expect(total.bytes).toBe(flows.reduce((sum, { bytes }) => sum + bytes, 0));
    expect(total.firstAt).toBe(Math.min(...flows.map(({ firstAt }) => firstAt ?? Infinity)));
    expect(total.lastAt).toBe(Math.max(...flows.map(({ lastAt }) => lastAt ?? -Infinity)));
  }
  expect(one.received.bytes).toBe(nodes[0]?.traffic.receivedBytes);
});

test('whatever ids come, there are 256 entries at most, and junk is counted too', () => {
  const bench = createBench();
  const node = bench.node('1.1.1.1:1');
  const prefix = new Uint8Array(23);
  prefix.set([0, 2]);
  const id = node.overlay.communityId.match(/../g)?.map((byte) => Number.parseInt(byte, 16)) ?? [];
  prefix.set(id, 2);
  for (let count = 0; count < 2_560; count++) {
    const junk = prefix.slice();
    junk[22] = count % 256;
    node.receive(junk, '2.2.2.2:2');
  }
  const { messages, received, sent } = node.running.statistics();
  expect(messages).toHaveLength(256);
  expect(received).toMatchObject({ count: 2_560, bytes: 2_560 * 23 });
  expect(sent).toEqual({ count: 0, bytes: 0, firstAt: undefined, lastAt: undefined });
  expect(messages[7]).toMatchObject({ messageId: 7, messageName: undefined });
});
