import { expect, test } from 'vitest';
import { createAddress } from '../../../runtime/address/text.ts';
import { createKnownHosts } from '../../../runtime/bootstrap/known-hosts.ts';
import { manualClock } from '../network/fixtures.ts';

const one = createAddress('127.0.0.1', 8090);
const six = createAddress('::1', 8091);
const name = createAddress('tracker.example', 6421);

test('all hosts are given, then none until the timeout has passed', () => {
  const clock = manualClock();
  const hosts = createKnownHosts({
    clock,
    hosts: [one, six],
    timeoutMs: 30_000,
    hostsAre: 'peers',
  });
  expect(hosts.addresses()).toEqual([one, six]);
  expect(hosts.addresses()).toEqual([]);
  clock.nowMs = 29_999;
  expect(hosts.addresses()).toEqual([]);
  clock.nowMs = 30_000;
  expect(hosts.addresses()).toEqual([one, six]);
});

test('names are reported and left out', () => {
  const parts = { clock: manualClock(), timeoutMs: 30_000, hostsAre: 'trackers' } as const;
  const hosts = createKnownHosts({ ...parts, hosts: [name, one] });
  expect(hosts.addresses()).toEqual([one]);
  expect(hosts.trackers).toEqual([one]);
  expect(hosts.unresolved).toEqual(['tracker.example:6421']);
});

test('hosts that are peers are no trackers', () => {
  const parts = { clock: manualClock(), timeoutMs: 30_000, hostsAre: 'peers' } as const;
  expect(createKnownHosts({ ...parts, hosts: [one] }).trackers).toEqual([]);
});
