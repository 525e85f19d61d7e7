import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { toHex } from '../../../runtime/base/bytes.ts';
import { EventQueue } from '../../../runtime/simulation/event-queue.ts';
import { createSeededRandom } from '../../../runtime/simulation/index.ts';
import { Trace, type TraceEntry } from '../../../runtime/simulation/trace.ts';

test('the queue gives events by time, and by order of planning at one time', () => {
  const times = fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 300 });
  fc.assert(
    fc.property(times, (given) => {
      const queue = new EventQueue();
      const taken: number[] = [];
      for (const [at, timeUs] of given.entries()) queue.add(timeUs, () => taken.push(at));
      expect(queue.size).toBe(given.length);
      while (queue.nextUs !== undefined) queue.take()?.action?.();
      const expected = [...given.keys()].sort((a, b) => (given[a] ?? 0) - (given[b] ?? 0) || a - b);
      expect(taken).toEqual(expected);
      expect(queue.take()).toBeUndefined();
    }),
  );
});

test('adding and taking may alternate', () => {
  const steps = fc.array(fc.option(fc.integer({ min: 0, max: 9 })), { maxLength: 200 });
  fc.assert(
    fc.property(steps, (given) => {
      const queue = new EventQueue();
      const model: number[] = [];
      for (const step of given) {
        if (step === null) {
          expect(queue.take()?.atUs).toBe(model.sort((a, b) => a - b).shift());
        } else {
          queue.add(step, () => {});
          model.push(step);
        }
      }
    }),
  );
});

test('seeded chance is the same for the same seed and label only', () => {
  const drawn = (seed: number, label: string): string =>
    toHex(createSeededRandom(seed, label).bytes(32));
  expect(drawn(1, 'a')).toBe(drawn(1, 'a'));
  expect(new Set([drawn(1, 'a'), drawn(2, 'a'), drawn(1, 'b'), drawn(11, 'a')]).size).toBe(4);
  // Fixed for good: a seed that found a mistake once must find it again.
  expect(drawn(1, 'a')).toMatchInlineSnapshot(
    `"bd52c4dcee2d2f43025f41054af4cd32a2cf8a62eeccd3e3e193ffa405fb6a1b"`,
  );
});

test('below stays below its bound and comes near every value equally often', () => {
  const random = createSeededRandom(1, 'below');
  const counts = Array<number>(10).fill(0);
  for (let draw = 0; draw < 10_000; draw++) {
    const value = random.below(10);
    counts[value] = (counts[value] ?? 0) + 1;
  }
  for (const count of counts) expect(Math.abs(count - 1_000)).toBeLessThan(150);
  for (const bound of [1, 2, 3, 2 ** 31, 2 ** 32, 2 ** 32 + 1, 2 ** 47 + 1, 2 ** 48]) {
    for (let draw = 0; draw < 100; draw++) {
      const value = random.below(bound);
      expect(Number.isInteger(value) && value >= 0 && value < bound).toBe(true);
    }
  }
  for (const bound of [0, -1, 1.5, 2 ** 48 + 1, Number.NaN]) {
    expect(() => random.below(bound)).toThrow('broken assumption');
  }
  expect(random.bytes(0)).toEqual(new Uint8Array(0));
});

function entry(atUs: number): TraceEntry {
  const place = { kind: 'ipv4', host: '10.0.0.1', port: 1 } as const;
  return { atUs, event: 'deliver', from: place, to: place, bytes: Uint8Array.of(atUs, 1) };
}

test('a trace keeps its last ten thousand lines, and a digest of all', () => {
  const long = new Trace();
  const other = new Trace();
  for (let at = 0; at < 25_000; at++) {
    long.add(entry(at));
    other.add(at === 3 ? { ...entry(3), event: 'lose' } : entry(at));
  }
  const lines = long.text.trimEnd().split('\n');
  expect(long.counts).toEqual({ deliver: 25_000 });
  expect(other.counts).toEqual({ deliver: 24_999, lose: 1 });
  expect(lines.length).toBe(10_000);
  expect(lines[0]).toContain('0.015000 deliver');
  expect(lines.at(-1)).toContain('0.024999 deliver');
  expect(other.text).toBe(long.text);
  expect(other.digest).not.toBe(long.digest);
});

test('a long datagram is cut in the text and whole in the digest', () => {
  const [one, other] = [new Trace(), new Trace()];
  const bytes = new Uint8Array(100);
  one.add({ ...entry(0), bytes });
  other.add({ ...entry(0), bytes: Uint8Array.from(bytes).fill(1, 99) });
  expect(one.text).toBe(`0.000000 deliver 10.0.0.1:1 > 10.0.0.1:1 100 bytes ${'00'.repeat(48)}…\n`);
  expect(other.text).toBe(one.text);
  expect(other.digest).not.toBe(one.digest);
});
