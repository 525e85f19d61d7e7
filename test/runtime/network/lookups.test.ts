/** What is asked for every datagram of a stranger costs the same with ten peers and with ten thousand. */
import { afterEach, expect, test, vi } from 'vitest';
import { createNetwork, type Network } from '../../../runtime/network/network.ts';
import { address, manualClock, peer, SERVICE } from './fixtures.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

function networkOf(peersMax: number): Network {
  const known = createNetwork({ clock: manualClock(), limits: { peersMax } });
  for (let number = 0; number < peersMax; number++) {
    known.addVerifiedPeer(peer(number), address(number), SERVICE);
    known.confirmAddress(peer(number), address(number));
  }
  return known;
}

/** How often maps are asked, and how often anything walks through one. */
function costOf(action: () => void): { gets: number; walks: number } {
  const gets = vi.spyOn(Map.prototype, 'get');
  const walks = [
    vi.spyOn(Map.prototype, 'values'),
    vi.spyOn(Map.prototype, 'entries'),
    vi.spyOn(Map.prototype, 'keys'),
    vi.spyOn(Map.prototype, Symbol.iterator),
  ];
  const before = gets.mock.calls.length;
  action();
  const cost = {
    gets: gets.mock.calls.length - before,
    walks: walks.reduce((sum, { mock }) => sum + mock.calls.length, 0),
  };
  vi.restoreAllMocks();
  return cost;
}

test('who is at an address, and whether it was proved, is looked up and not searched for', () => {
  const [small, large] = [networkOf(10), networkOf(10_000)];
  const stranger = address(20_000);
  const { bytes } = peer(1).publicKey;
  const questions: ((known: Network) => unknown)[] = [
    (known) => known.peerAt(stranger),
    (known) => known.isProved(stranger),
    (known) => known.provedPeer(stranger, bytes),
    (known) => known.peerAt(address(5)),
    (known) => known.provedPeer(address(1), bytes),
    (known) => known.addressOf(peer(5)),
    (known) => known.lastHeard(peer(5)),
  ];
  for (const question of questions) {
    const cost = costOf(() => void question(large));
    expect(cost).toEqual(costOf(() => void question(small)));
    expect(cost.walks, String(question)).toBe(0);
    expect(cost.gets).toBeLessThan(5);
  }
});
