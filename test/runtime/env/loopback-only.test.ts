import { expect, test } from 'vitest';
import { parseAddress } from '../../../runtime/address/text.ts';
import type { Address } from '../../../runtime/address/address.ts';
import type { Datagrams } from '../../../runtime/env/datagrams.ts';
import { loopbackOnly } from '../../../runtime/env/loopback-only.ts';

const OUTSIDE = [
  '0.0.0.0:1',
  '10.0.0.1:1',
  '128.0.0.1:1',
  '255.255.255.255:1',
  '[::]:1',
  '[::2]:1',
  '[::ffff:127.0.0.1]:1',
  '[ff02::1]:1',
  'localhost:1',
];

function at(text: string): Address {
  const address = parseAddress(text);
  if (address === undefined) throw new Error(text);
  return address;
}

/** Datagrams that only remember what was asked. */
function remembering(asked: string[]): Datagrams {
  return {
    async bind(address) {
      asked.push(`bind ${address.host}`);
      const send = (_bytes: Uint8Array, to: Address): void => void asked.push(`send ${to.host}`);
      return { ok: true, value: { address, send, close: async () => void asked.push('close') } };
    },
  };
}

test('binding and sending outside loopback throws, and nothing is asked of the network', async () => {
  const asked: string[] = [];
  const datagrams = loopbackOnly(remembering(asked));
  const callbacks = { onDatagram: () => {}, onError: () => {} };
  for (const text of OUTSIDE) {
    expect(() => datagrams.bind(at(text), callbacks)).toThrow('stays on loopback');
  }
  expect(asked).toEqual([]);
  const bound = await datagrams.bind(at('127.0.0.1:1'), callbacks);
  if (!bound.ok) throw bound.error;
  const { value: socket } = bound;
  for (const text of OUTSIDE) {
    expect(() => socket.send(new Uint8Array(1), at(text))).toThrow('stays on loopback');
  }
  for (const text of ['127.0.0.1:2', '127.255.255.254:2', '[::1]:2']) {
    socket.send(new Uint8Array(1), at(text));
  }
  expect(socket.address).toEqual(at('127.0.0.1:1'));
  await socket.close();
  expect(asked).toEqual([
    'bind 127.0.0.1',
    'send 127.0.0.1',
    'send 127.255.255.254',
    'send ::1',
    'close',
  ]);
});
