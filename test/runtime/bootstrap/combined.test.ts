import { expect, test } from 'vitest';
import { createAddress } from '../../../runtime/address/text.ts';
import { combined } from '../../../runtime/bootstrap/combined.ts';

const [a, b, c] = [1, 2, 3].map((port) => createAddress('10.0.0.1', port));

test('several are asked as one, whose lists stay the same until one of theirs is another', () => {
  if (a === undefined || b === undefined || c === undefined) throw new Error('three addresses');
  const first = { addresses: () => [a], hosts: [a], trackers: [a] };
  const second = { addresses: () => [b], hosts: [b], trackers: [] };
  const all = combined([first, second]);
  expect(all.addresses()).toEqual([a, b]);
  const { hosts, trackers } = all;
  expect(hosts).toEqual([a, b]);
  expect(trackers).toEqual([a]);
  expect(all.hosts).toBe(hosts);
  expect(all.trackers).toBe(trackers);
  second.hosts = [b, c];
  expect(all.hosts).toEqual([a, b, c]);
  expect(all.trackers).toBe(trackers);
});

test('of one there is nothing to combine, of none nothing to know', () => {
  const only = { addresses: () => [], hosts: [], trackers: [] };
  expect(combined([only])).toBe(only);
  expect(combined([]).addresses()).toEqual([]);
  expect(combined([]).hosts).toEqual([]);
});
