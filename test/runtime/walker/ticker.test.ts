import { expect, test } from 'vitest';
import { createWorld } from '../../../runtime/simulation/world.ts';
import type { Peer } from '../../../runtime/peer/peer.ts';
import { createTicker } from '../../../runtime/walker/ticker.ts';
import { peer } from '../network/fixtures.ts';

const NO_PEERS = { peers: (): readonly Peer[] => [] };

function setUp(): {
  readonly world: ReturnType<typeof createWorld>;
  readonly ticker: ReturnType<typeof createTicker>;
  readonly steps: string[];
  readonly errors: unknown[];
  readonly stepping: (name: string) => { step(): void };
} {
  const world = createWorld({ seed: 1 });
  const { clock } = world.env('10.0.0.1');
  const steps: string[] = [];
  const errors: unknown[] = [];
  const onError = (error: unknown): void => void errors.push(error);
  const ticker = createTicker({ clock, intervalMs: 500, onError });
  const stepping = (name: string): { step(): void } => ({
    step: () => void steps.push(`${name} ${world.now}`),
  });
  return { world, ticker, steps, errors, stepping };
}

test('the steps of all walkers are spread evenly over the interval', async () => {
  const { world, ticker, steps, stepping } = setUp();
  for (const name of ['a', 'b', 'c', 'd']) {
    ticker.add({ strategy: stepping(name), overlay: NO_PEERS, targetPeers: -1 });
  }
  ticker.start();
  await world.run({ forMs: 999 });
  ticker.stop();
  expect(steps.join(', ')).toBe('a 0, b 125, c 250, d 375, a 500, b 625, c 750, d 875');
});

test('over ten minutes the pace does not drift', async () => {
  const { world, ticker, steps, stepping } = setUp();
  for (const name of ['a', 'b', 'c']) {
    ticker.add({ strategy: stepping(name), overlay: NO_PEERS, targetPeers: -1 });
  }
  ticker.start();
  await world.run({ forMs: 600_000 - 1 });
  ticker.stop();
  expect(steps).toHaveLength(3 * 1_200);
});

test('a walker steps only while its overlay wants more peers', async () => {
  const { world, ticker, steps, stepping } = setUp();
  const peers = [peer(1)];
  const overlay = { peers: () => peers };
  ticker.add({ strategy: stepping('two'), overlay, targetPeers: 2 });
  ticker.add({ strategy: stepping('one'), overlay, targetPeers: 1 });
  ticker.add({ strategy: stepping('none'), overlay, targetPeers: 0 });
  ticker.add({ strategy: stepping('always'), overlay, targetPeers: -1 });
  ticker.start();
  await world.run({ forMs: 499 });
  expect(steps.map((step) => step.split(' ')[0])).toEqual(['two', 'always']);
  peers.push(peer(2));
  steps.length = 0;
  await world.run({ forMs: 500 });
  ticker.stop();
  expect(steps.map((step) => step.split(' ')[0])).toEqual(['always']);
});

const THROWING = {
  step(): void {
    throw new Error('step');
  },
};
const REJECTING = {
  async step(): Promise<void> {
    await Promise.reject(new Error('step'));
  },
};

test.each([
  ['throws', THROWING],
  ['rejects', REJECTING],
])('a step that %s is reported, and the others and later steps go on', async (_, failing) => {
  const { world, ticker, steps, errors, stepping } = setUp();
  ticker.add({ strategy: failing, overlay: NO_PEERS, targetPeers: -1 });
  ticker.add({ strategy: stepping('other'), overlay: NO_PEERS, targetPeers: -1 });
  ticker.start();
  await world.run({ forMs: 999 });
  ticker.stop();
  expect(errors).toHaveLength(2);
  expect(steps).toHaveLength(2);
});

test('peers() that throws is a failed step too', async () => {
  const { world, ticker, errors, stepping } = setUp();
  const overlay = {
    peers(): readonly Peer[] {
      throw new Error('peers');
    },
  };
  ticker.add({ strategy: stepping('a'), overlay, targetPeers: 3 });
  ticker.start();
  await world.run({ forMs: 499 });
  ticker.stop();
  expect(errors).toHaveLength(1);
});

test('a walker taken out steps no more, not even in the round under way', async () => {
  const { world, ticker, steps, stepping } = setUp();
  ticker.add({ strategy: stepping('a'), overlay: NO_PEERS, targetPeers: -1 });
  const remove = ticker.add({ strategy: stepping('b'), overlay: NO_PEERS, targetPeers: -1 });
  ticker.start();
  await world.run({ forMs: 100 });
  remove();
  await world.run({ forMs: 1_000 });
  ticker.stop();
  expect(steps.every((step) => step.startsWith('a'))).toBe(true);
});

test('nothing steps after the stop, also when a step itself stops the ticker', async () => {
  const { world, ticker, steps, stepping } = setUp();
  const stopping = { step: (): void => ticker.stop() };
  ticker.add({ strategy: stopping, overlay: NO_PEERS, targetPeers: -1 });
  ticker.add({ strategy: stepping('a'), overlay: NO_PEERS, targetPeers: -1 });
  ticker.start();
  await world.run({ forMs: 2_000 });
  expect(steps).toEqual([]);
});

test('a walker added to an idle ticker gets its turn', async () => {
  const { world, ticker, steps, stepping } = setUp();
  ticker.start();
  await world.run({ forMs: 1_200 });
  ticker.add({ strategy: stepping('late'), overlay: NO_PEERS, targetPeers: -1 });
  await world.run({ forMs: 500 });
  ticker.stop();
  expect(steps).toEqual(['late 1500']);
});

test('after a pause the missed turns are left out', () => {
  const due: { action: () => void; delayMs: number }[] = [];
  const clock = {
    nowMs: 0,
    now: () => clock.nowMs,
    wallTime: () => 0,
    after(delayMs: number, action: () => void) {
      due.push({ action, delayMs });
      return { cancel: () => {} };
    },
  };
  let steps = 0;
  const ticker = createTicker({ clock, intervalMs: 500, onError: () => {} });
  const strategy = { step: (): void => void steps++ };
  ticker.add({ strategy, overlay: NO_PEERS, targetPeers: -1 });
  ticker.start();
  due.shift()?.action();
  // The machine slept for an hour.
  clock.nowMs = 3_600_000;
  due.shift()?.action();
  due.shift()?.action();
  expect(steps).toBe(3);
  expect(due.shift()?.delayMs).toBe(500);
  ticker.stop();
});

test('a strategy may count peers in its own way', async () => {
  const { world, ticker, steps, stepping } = setUp();
  let count = 1;
  ticker.add({
    strategy: { ...stepping('own'), peerCount: () => count },
    overlay: NO_PEERS,
    targetPeers: 2,
  });
  ticker.start();
  await world.run({ forMs: 999 });
  count = 2;
  await world.run({ forMs: 1_000 });
  ticker.stop();
  expect(steps).toEqual(['own 0', 'own 500']);
});
