import { expect, test } from 'vitest';
import { type Community, createCrypto, type Overlay } from 'ipv8';
import {
  createStandInCrypto,
  createWorld,
  introduce,
  NAT,
  readMessages,
  startNodes,
  trySeeds,
} from 'ipv8/simulation';
import { lamportProtocol, sendClock } from '../../../generated/lamport.ts';

/** What each overlay's clock shows, for the tests to look at. */
const clocks = new Map<Overlay, number>();

const lamport: Community<typeof lamportProtocol> = {
  protocol: lamportProtocol,
  create(overlay) {
    clocks.set(overlay, 0);
    return {
      started() {
        overlay.tasks.repeat('tell', { intervalMs: 1_000, delayMs: 1_000 }, () => {
          const clock = clocks.get(overlay) ?? 0;
          for (const peer of overlay.peers()) sendClock(overlay, peer, { clock });
        });
      },
      handlers: {
        clock(message) {
          clocks.set(overlay, Math.max(clocks.get(overlay) ?? 0, message.clock) + 1);
        },
      },
    };
  },
};

test('a clock begins at zero', async () => {
  const world = createWorld({ seed: 1 });
  const [first] = await startNodes(world, { count: 1, communities: [lamport] });
  const overlay = first?.node.overlay('Lamport');
  expect(overlay && clocks.get(overlay)).toBe(0);
  expect(overlay?.peers()).toEqual([]);
});

/** Nodes that know each other, and their overlays. */
async function startTogether(seed: number, count: number) {
  const world = createWorld({ seed });
  const placed = await startNodes(world, { count, communities: [lamport] });
  introduce(placed);
  const overlays = placed.flatMap(({ node }) => node.overlay('Lamport') ?? []);
  return { world, placed, overlays };
}

test('a clock that is behind moves past what it hears', async () => {
  const { world, overlays } = await startTogether(1, 2);
  const [first, second] = overlays;
  if (first === undefined || second === undefined) throw new Error('two overlays');
  sendClock(first, second.myPeer, { clock: 41 });
  expect(await world.runUntilQuiet({ withinMs: 500 })).toBe(true);
  expect(clocks.get(second)).toBe(42);
});

test('clocks are told every second', async () => {
  const { world, overlays } = await startTogether(1, 3);
  await world.run({ forMs: 10_500 });
  for (const overlay of overlays) expect(clocks.get(overlay)).toBeGreaterThanOrEqual(10);
  const isFar = () => overlays.every((overlay) => (clocks.get(overlay) ?? 0) > 100);
  expect(await world.runUntil(isFar, { withinMs: 120_000 })).toBe(true);
});

const crypto = createStandInCrypto(await createCrypto());

test('both hear of each other, the first one first', async () => {
  const { world, placed, overlays } = await startTogether(1, 2);
  const [first, second] = overlays;
  if (first === undefined || second === undefined) throw new Error('two overlays');
  sendClock(first, second.myPeer, { clock: 7 });
  await world.runUntilQuiet({ withinMs: 500 });
  sendClock(second, first.myPeer, { clock: clocks.get(second) ?? 0 });
  await world.runUntilQuiet({ withinMs: 500 });
  const received = readMessages(world.entries, { protocol: lamportProtocol, crypto });
  expect(received.map(({ to, name, message }) => [to.host, name, message])).toEqual([
    [placed[1]?.host, 'Clock', { clock: 7 }],
    [placed[0]?.host, 'Clock', { clock: 8 }],
  ]);
  expect(received[0]?.peer?.id).toBe(first.myPeer.id);
});

test('clocks that were apart agree again', async () => {
  const { world, placed, overlays } = await startTogether(1, 2);
  const [first, second] = placed.map(({ host }) => host);
  const [one, other] = overlays;
  if (first === undefined || second === undefined) throw new Error('two hosts');
  if (one === undefined || other === undefined) throw new Error('two overlays');
  // Only this way: the other way goes on.
  const mend = world.cut({ from: [first], to: [second] });
  await world.run({ forMs: 5_500 });
  expect(clocks.get(other)).toBe(0);
  expect(clocks.get(one)).toBe(5);
  mend();
  await world.run({ forMs: 1_000 });
  expect(clocks.get(other)).toBeGreaterThan(5);
});

test('behind boxes that give each target a port, clocks still hear the first one', async () => {
  const world = createWorld({ seed: 1, link: { delayMs: { min: 20, max: 60 }, loss: 0.1 } });
  for (const at of [2, 3]) {
    world.nat({ outside: `9${at}.0.0.1`, hosts: [`${at}.0.0.1`], ...NAT.symmetric });
  }
  const placed = await startNodes(world, { count: 3, communities: [lamport], walks: true });
  const overlays = placed.flatMap(({ node }) => node.overlay('Lamport') ?? []);
  const haveHeard = () => overlays.every((overlay) => (clocks.get(overlay) ?? 0) > 20);
  expect(await world.runUntil(haveHeard, { withinMs: 60_000 })).toBe(true);
});

const seeds = (process.env['SEED'] ?? '1,2,3,4,5').split(',').map(Number);
const replay = (seed: number) => `SEED=${seed} npx vitest run -t "clocks of five"`;

test('clocks of five move on whatever is lost', async () => {
  await trySeeds(seeds, replay, async (seed) => {
    const world = createWorld({ seed, link: { delayMs: { min: 5, max: 200 }, loss: 0.3 } });
    const placed = await startNodes(world, { count: 5, communities: [lamport], walks: true });
    const overlays = placed.flatMap(({ node }) => node.overlay('Lamport') ?? []);
    const haveMoved = () => overlays.every((overlay) => (clocks.get(overlay) ?? 0) > 50);
    expect(await world.runUntil(haveMoved, { withinMs: 120_000 })).toBe(true);
  });
});
