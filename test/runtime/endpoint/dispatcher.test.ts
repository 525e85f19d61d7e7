import { networkInterfaces } from 'node:os';
import { expect, test } from 'vitest';
import type { Address } from '../../../runtime/address/address.ts';
import { parseAddress, printAddress } from '../../../runtime/address/text.ts';
import { NetworkError } from '../../../runtime/base/network-error.ts';
import { fail, ok } from '../../../runtime/base/result.ts';
import { EndpointTally } from '../../../runtime/endpoint/counters.ts';
import { createDispatcher } from '../../../runtime/endpoint/dispatcher.ts';
import type { Endpoint } from '../../../runtime/endpoint/endpoint.ts';
import {
  DATAGRAM_BYTES_MAX_IPV4,
  DATAGRAM_BYTES_MAX_IPV6,
} from '../../../runtime/endpoint/limits.ts';
import { openUdpEndpoint } from '../../../runtime/endpoint/udp-endpoint.ts';
import { loopbackOnly } from '../../../runtime/env/loopback-only.ts';
import { createNodeEnv } from '../../../runtime/env/node-env.ts';

function at(text: string): Address {
  const address = parseAddress(text);
  if (address === undefined) throw new Error(text);
  return address;
}

/** An endpoint that writes down what it is asked for. */
function fake(place: string, close = async (): Promise<void> => undefined) {
  const sent: string[] = [];
  const counters = new EndpointTally();
  let receive: ((bytes: Uint8Array, from: Address) => void) | undefined;
  const endpoint: Endpoint = {
    address: at(place),
    addresses: [at(place)],
    counters,
    send(bytes, to) {
      if (to.kind !== at(place).kind) return fail(new NetworkError('refused', `not by ${place}`));
      sent.push(`${bytes.length} to ${printAddress(to)}`);
      return ok(undefined);
    },
    onDatagram: (given) => void (receive = given),
    close,
  };
  return {
    endpoint,
    sent,
    counters,
    arrive: (from: string) => receive?.(new Uint8Array(1), at(from)),
  };
}

test('each target is sent to by the socket of its family, and both are listened to', () => {
  const [six, four] = [fake('[::1]:6'), fake('127.0.0.1:4')];
  const dispatcher = createDispatcher([six.endpoint, four.endpoint]);
  // Whatever their order, IPv4 is our first name.
  expect(dispatcher.address).toEqual(at('127.0.0.1:4'));
  expect(dispatcher.addresses).toEqual([at('127.0.0.1:4'), at('[::1]:6')]);
  expect(dispatcher.send(new Uint8Array(1), at('1.2.3.4:5')).ok).toBe(true);
  expect(dispatcher.send(new Uint8Array(2), at('[2001:db8::1]:5')).ok).toBe(true);
  expect([four.sent, six.sent]).toEqual([['1 to 1.2.3.4:5'], ['2 to [2001:db8::1]:5']]);
  const heard: string[] = [];
  dispatcher.onDatagram((_bytes, from) => heard.push(printAddress(from)));
  four.arrive('9.9.9.9:9');
  six.arrive('[2001:db8::9]:9');
  expect(heard).toEqual(['9.9.9.9:9', '[2001:db8::9]:9']);
});

test('what no socket reaches is refused with the reason', () => {
  const dispatcher = createDispatcher([fake('127.0.0.1:4').endpoint]);
  const result = dispatcher.send(new Uint8Array(1), at('[::1]:5'));
  expect(result.ok ? '' : result.error.message).toBe('not by 127.0.0.1:4');
  const none = createDispatcher([]).send(new Uint8Array(1), at('[::1]:5'));
  expect(none.ok ? '' : none.error.message).toBe('no socket reaches [::1]:5');
});

test('the counters are those of all its sockets, as they are when asked for', () => {
  const [four, six] = [fake('127.0.0.1:4'), fake('[::1]:6')];
  const dispatcher = createDispatcher([four.endpoint, six.endpoint]);
  four.counters.received = 3;
  six.counters.received = 4;
  expect(dispatcher.counters.received).toBe(7);
  six.counters.received = 5;
  expect(dispatcher.counters.received).toBe(8);
});

test('all are closed, once, also when one of them fails to', async () => {
  const closed: string[] = [];
  const bad = fake('127.0.0.1:4', async () => {
    closed.push('bad');
    throw new Error('stuck');
  });
  const good = fake('[::1]:6', async () => void closed.push('good'));
  const dispatcher = createDispatcher([bad.endpoint, good.endpoint]);
  const first = dispatcher.close();
  expect(dispatcher.close()).toBe(first);
  await expect(first).rejects.toThrow('stuck');
  expect(closed).toEqual(['bad', 'good']);
  expect(dispatcher.address).toBeUndefined();
  expect(dispatcher.addresses).toEqual([]);
});

const own = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
const hasIpv6 = own.some(({ address }) => address === '::1');

test.skipIf(!hasIpv6)('both families on loopback: each with its own largest datagram', async () => {
  const real = createNodeEnv();
  const env = { ...real, datagrams: loopbackOnly(real.datagrams) };
  const opened: Endpoint[] = [];
  for (const host of ['127.0.0.1', '::1', '127.0.0.1', '::1']) {
    const result = await openUdpEndpoint(env, { host, port: 0 });
    if (!result.ok) throw result.error;
    opened.push(result.value);
  }
  const [one, other] = [createDispatcher(opened.slice(0, 2)), createDispatcher(opened.slice(2))];
  const [four, six] = other.addresses;
  if (four?.kind !== 'ipv4' || six?.kind !== 'ipv6') return expect.fail('not both families');
  const sizes: Record<string, number> = {};
  const both = new Promise<void>((resolve) => {
    other.onDatagram((bytes, from) => {
      sizes[from.kind] = bytes.length;
      expect(one.addresses).toContainEqual(from);
      if (Object.keys(sizes).length === 2) resolve();
    });
  });
  const send = (size: number, to: Address) => one.send(new Uint8Array(size), to);
  expect(send(DATAGRAM_BYTES_MAX_IPV4 + 1, four)).toMatchObject({ error: { code: 'too-large' } });
  expect(send(DATAGRAM_BYTES_MAX_IPV6 + 1, six)).toMatchObject({ error: { code: 'too-large' } });
  expect(send(DATAGRAM_BYTES_MAX_IPV4, four).ok).toBe(true);
  expect(send(DATAGRAM_BYTES_MAX_IPV6, six).ok).toBe(true);
  await both;
  expect(sizes).toEqual({ ipv4: DATAGRAM_BYTES_MAX_IPV4, ipv6: DATAGRAM_BYTES_MAX_IPV6 });
  await Promise.all([one.close(), other.close()]);
});
