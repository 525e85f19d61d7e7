import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseAddress } from '../../../runtime/address/text.ts';
import { concatBytes } from '../../../runtime/base/bytes.ts';
import { NO_ADDRESS } from '../../../runtime/address/address.ts';
import { Demultiplexer } from '../../../runtime/endpoint/demultiplexer.ts';
import type { Log } from '../../../runtime/env/log.ts';

const SILENT: Log = { isOn: () => false, write: () => {} };
const FROM = parseAddress('127.0.0.1:8090') ?? NO_ADDRESS;

const NONE = { delivered: 0, 'too-short': 0, 'unknown-prefix': 0, failed: 0 };

/** 00 02 and a community id that starts with the four bytes and goes on with `fill`. */
function prefixOf(first: readonly number[], fill: number): Uint8Array {
  return Uint8Array.from([0, 2, ...first, ...Array<number>(16).fill(fill)]);
}

const MESSAGE = Uint8Array.of(1, 2, 3);

test('a datagram goes to the receiver of its prefix, whole', () => {
  const demultiplexer = new Demultiplexer(SILENT);
  const heard: string[] = [];
  // The same first bytes of the id must not be enough, nor the same id under another version.
  const prefixes = [
    prefixOf([1, 2, 3, 4], 0),
    prefixOf([1, 2, 3, 4], 9),
    prefixOf([255, 255, 255, 255], 0),
  ];
  for (const [at, prefix] of prefixes.entries()) {
    demultiplexer.add(prefix, (bytes, from) => {
      heard.push(`${at}: ${bytes.length} ${from.port}`);
      return 'handled';
    });
  }
  for (const prefix of prefixes) demultiplexer.receive(concatBytes(prefix, MESSAGE), FROM);
  const [first = MESSAGE] = prefixes;
  for (const at of [0, 1, 2, 5, 6, 21]) {
    const changed = concatBytes(first, MESSAGE);
    changed[at] = 77;
    demultiplexer.receive(changed, FROM);
  }
  expect(heard).toEqual(['0: 25 8090', '1: 25 8090', '2: 25 8090']);
  expect(demultiplexer.counters).toEqual({ ...NONE, delivered: 3, 'unknown-prefix': 6 });
});

test('fewer than 23 bytes say nothing', () => {
  const demultiplexer = new Demultiplexer(SILENT);
  const prefix = prefixOf([1, 2, 3, 4], 0);
  demultiplexer.add(prefix, () => 'handled');
  for (let size = 0; size <= 22; size++) demultiplexer.receive(prefix.subarray(0, size), FROM);
  expect(demultiplexer.counters).toEqual({ ...NONE, 'too-short': 23 });
  demultiplexer.receive(concatBytes(prefix, Uint8Array.of(1)), FROM);
  expect(demultiplexer.counters.delivered).toBe(1);
});

test('a receiver is taken away alone, and its prefix is free again', () => {
  const demultiplexer = new Demultiplexer(SILENT);
  const [one, other] = [prefixOf([1, 2, 3, 4], 0), prefixOf([1, 2, 3, 4], 1)];
  const remove = demultiplexer.add(one, () => 'handled');
  demultiplexer.add(other, () => 'other');
  expect(() => demultiplexer.add(one, () => 'handled')).toThrow('has a receiver already');
  expect(() => demultiplexer.add(MESSAGE, () => 'handled')).toThrow('a prefix of 3 bytes');
  remove();
  remove();
  demultiplexer.receive(concatBytes(one, MESSAGE), FROM);
  demultiplexer.receive(concatBytes(other, MESSAGE), FROM);
  demultiplexer.add(one, () => 'again');
  demultiplexer.receive(concatBytes(one, MESSAGE), FROM);
  expect(demultiplexer.counters).toEqual({ ...NONE, 'unknown-prefix': 1, delivered: 2 });
});

test('every datagram is counted once: what was delivered and dropped is what was received', () => {
  const known = prefixOf([1, 2, 3, 4], 0);
  const datagram = fc.oneof(
    fc.uint8Array({ maxLength: 60 }),
    fc.uint8Array({ maxLength: 40 }).map((tail) => concatBytes(known, tail)),
  );
  fc.assert(
    fc.property(fc.array(datagram), (datagrams) => {
      const demultiplexer = new Demultiplexer(SILENT);
      demultiplexer.add(known, (bytes) => (bytes[22] === 1 ? 'handled' : 'bad-signature'));
      for (const bytes of datagrams) demultiplexer.receive(bytes, FROM);
      const counts = Object.values(demultiplexer.counters);
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(datagrams.length);
    }),
  );
});

test('a flood of unknown prefixes leaves nothing behind but a number', () => {
  const demultiplexer = new Demultiplexer(SILENT);
  for (let count = 0; count < 10_000; count++) {
    const prefix = prefixOf([count & 255, count >> 8, 0, 0], count);
    demultiplexer.receive(concatBytes(prefix, MESSAGE), FROM);
  }
  expect(demultiplexer.counters).toEqual({ ...NONE, 'unknown-prefix': 10_000 });
});

test('drops are told at level DEBUG only', () => {
  const lines: string[] = [];
  const log: Log = {
    isOn: () => true,
    write: (level, text, fields) => lines.push(`${level} ${text} ${JSON.stringify(fields)}`),
  };
  const demultiplexer = new Demultiplexer(log);
  const prefix = prefixOf([1, 2, 3, 4], 0);
  demultiplexer.add(prefix, () => 'handled');
  demultiplexer.receive(concatBytes(prefix, MESSAGE), FROM);
  demultiplexer.receive(MESSAGE, FROM);
  expect(lines).toEqual([
    'DEBUG datagram dropped {"reason":"too-short","from":"127.0.0.1:8090","bytes":3}',
  ]);
  const quiet = new Demultiplexer({ isOn: () => false, write: () => expect.fail('off') });
  quiet.receive(MESSAGE, FROM);
});

test('a receiver that throws is counted and reported, and the next datagram is heard', () => {
  const errors: unknown[] = [];
  const demultiplexer = new Demultiplexer(SILENT, { onError: (error) => errors.push(error) });
  const prefix = prefixOf([1, 2, 3, 4], 0);
  demultiplexer.add(prefix, (bytes) => {
    if (bytes[22] === 9) throw new Error('broken');
    return 'handled';
  });
  for (const last of [9, 1]) demultiplexer.receive(concatBytes(prefix, Uint8Array.of(last)), FROM);
  expect(demultiplexer.counters).toEqual({ ...NONE, delivered: 1, failed: 1 });
  expect(errors.map(String)).toEqual(['Error: broken']);
});
