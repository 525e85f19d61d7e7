import { expect, test } from 'vitest';
import { createLedger, LedgerError, parseLedger } from '../../../compiler/prove/ledger.ts';

const ENTRY = { message: 'Dht.*', field: 'nodes[].port', what: 'other-value', reason: 'a test' };

test('an entry is found by message, field and what differs', () => {
  const ledger = createLedger(parseLedger(JSON.stringify([ENTRY])));
  const divergence = { kind: 'other-value', field: 'nodes[7].port', ours: '', theirs: '' } as const;
  expect(ledger.unused(['Dht.Find'])).toEqual([ENTRY]);
  expect(ledger.find('Dhtx', divergence)).toBe(undefined);
  expect(ledger.find('Dht.Find', { ...divergence, kind: 'other-bytes' })).toBe(undefined);
  expect(ledger.find('Dht.Find', { ...divergence, field: 'nodes[7].portable' })).toBe(undefined);
  expect(ledger.find('Dht.Find', divergence)).toEqual(ENTRY);
  expect(ledger.unused(['Dht.Find'])).toEqual([]);
});

test('an entry may say what the other side answers', () => {
  const entry = { ...ENTRY, field: '*', theirs: '*embedded (null)*' };
  const ledger = createLedger(parseLedger(JSON.stringify([entry])));
  const divergence = { kind: 'other-value', field: '', ours: '' } as const;
  expect(ledger.find('Dht.Find', { ...divergence, theirs: 'embedded null' })).toBe(undefined);
  const theirs = 'ValueError:\nembedded (null) character';
  expect(ledger.find('Dht.Find', { ...divergence, theirs })).toEqual(entry);
});

test('an entry about messages that were not compared may be needed elsewhere', () => {
  const ledger = createLedger(parseLedger(JSON.stringify([ENTRY])));
  expect(ledger.unused(['Tunnel.Data'])).toEqual([]);
});

test.each([
  ['{', /is not JSON/],
  ['{}', /expected a list of entries/],
  ['[1]', /entry 1: no object/],
  [JSON.stringify([ENTRY, { ...ENTRY, reason: '' }]), /entry 2: "reason" must be a text/],
  [JSON.stringify([{ ...ENTRY, extra: 1 }]), /entry 1: "extra" is not known; known are message/],
  [JSON.stringify([{ ...ENTRY, what: 'x' }]), /entry 1: "what" is x, and may be other-bytes/],
])('%s is no ledger', (text, message) => {
  expect(() => parseLedger(text)).toThrow(LedgerError);
  expect(() => parseLedger(text)).toThrow(message);
});
