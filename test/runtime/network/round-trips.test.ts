import { expect, test } from 'vitest';
import { ROUND_TRIPS_PER_PEER_MAX } from '../../../runtime/network/limits.ts';
import { RoundTrips } from '../../../runtime/network/round-trips.ts';

test('of ten times as many the newest are kept, until the peer is forgotten', () => {
  const times = new RoundTrips();
  const count = 10 * ROUND_TRIPS_PER_PEER_MAX;
  for (let number = 1; number <= count; number++) times.add('a peer', number);
  expect(times.of('a peer')).toEqual([count - 4, count - 3, count - 2, count - 1, count]);
  times.remove('a peer');
  expect(times.of('a peer')).toEqual([]);
});
