/** Boxes that forget their mappings in the middle of a conversation. */
import { expect, test } from 'vitest';
import { printAddress } from '../../../runtime/address/text.ts';
import { Clock, sendClock } from '../../../generated/lamport.ts';
import type { Node } from '../../../runtime/node/node.ts';
import { messageIdOf } from '../../../runtime/packet/header.ts';
import { createWorld, NAT } from '../../../runtime/simulation/index.ts';
import { at, open, STEADY } from '../simulation/hosts.ts';
import { knows, startNode } from './fixtures.ts';

const [SERVER, INSIDE] = ['50.0.0.1', '10.1.0.1'] as const;
/** More than this, and a community's handlers answer no more: all messages here are ours. */
const LAST_CLOCK = 100;

/** A node behind a box and a public one that send each other a message every second. */
async function talk() {
  const world = createWorld({ seed: 1, link: STEADY });
  const box = world.nat({ outside: '90.0.0.1', hosts: [INSIDE], ...NAT.portRestricted });
  const server = await startNode(world, SERVER);
  const inside = await startNode(world, INSIDE, { introducer: SERVER, peers: 1 });
  await world.runUntil(() => knows(server, inside) && knows(inside, server), { withinMs: 2_000 });
  await world.run({ forMs: 5_000 });
  const send = (from: Node, to: Node): void => {
    const [overlay, peer] = [from.overlay('Lamport'), to.overlay('Lamport')?.myPeer];
    if (overlay !== undefined && peer !== undefined)
      sendClock(overlay, peer, { clock: LAST_CLOCK });
  };
  const tick = (): void => {
    send(server, inside);
    send(inside, server);
    world.env('60.0.0.1').clock.after(1_000, tick);
  };
  tick();
  await world.run({ forMs: 5_000 });
  const seenAt = (): string => {
    const peer = inside.overlay('Lamport')?.myPeer;
    const address = peer && server.overlay('Lamport')?.addressOf(peer);
    return address === undefined ? 'nowhere' : printAddress(address);
  };
  /** How many messages of the server the node inside received. */
  const received = (): number =>
    world.entries.filter(
      ({ event, to, bytes }) =>
        event === 'deliver' && to.host === INSIDE && messageIdOf(bytes) === Clock.id,
    ).length;
  return { world, box, server, inside, seenAt, received };
}

test('a peer whose box forgot its port is reached again within three seconds', async () => {
  const { world, box, seenAt, received } = await talk();
  const [before, receivedBefore] = [seenAt(), received()];
  expect(receivedBefore).toBeGreaterThan(3);
  box.reset();
  const resetAt = world.now;
  expect(await world.runUntil(() => received() > receivedBefore, { withinMs: 10_000 })).toBe(true);
  expect(world.now - resetAt).toBeLessThan(3_000);
  expect(seenAt()).not.toBe(before);
});

test('replayed packets never move a peer, however many and from wherever they come', async () => {
  const { world, inside, server, seenAt, received } = await talk();
  const place = seenAt();
  const recorded = world.entries.filter(
    ({ event, to, from }) => event === 'deliver' && to.host === SERVER && from.host === '90.0.0.1',
  );
  const kinds = new Set(recorded.map(({ bytes }) => messageIdOf(bytes)));
  expect(kinds.size).toBeGreaterThan(1);
  const replayers = [await open(world, '66.0.0.1:6'), await open(world, '90.0.0.1:6')];
  for (const { bytes } of recorded) {
    for (const { socket } of replayers) socket.send(bytes, at(`${SERVER}:8090`));
    await world.run({ forMs: 500 });
    expect(seenAt()).toBe(place);
  }
  const before = received();
  await world.run({ forMs: 5_000 });
  expect(received()).toBeGreaterThan(before + 3);
  expect([knows(server, inside), seenAt()]).toEqual([true, place]);
});
