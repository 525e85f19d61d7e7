import { expect, test } from 'vitest';
import { createAddress } from '../runtime/address/text.ts';
import { ok } from '../runtime/base/result.ts';
import { EndpointTally } from '../runtime/endpoint/counters.ts';
import type { Endpoint } from '../runtime/endpoint/endpoint.ts';
import { STARTED_BYTES_PER_TARGET_MAX } from '../runtime/endpoint/limits.ts';
import { takeAmplifications, watchAmplification } from './amplification-ledger.ts';

const VICTIM = createAddress('9.9.9.9', 9);

function createEndpoint() {
  let isAnswered = false;
  let receive: Parameters<Endpoint['onDatagram']>[0] = () => {};
  const endpoint: Endpoint = {
    address: undefined,
    addresses: [],
    counters: new EndpointTally(),
    send: () => ok(undefined),
    onDatagram: (receiver) => void (receive = receiver),
    close: async () => {},
  };
  const watched = watchAmplification(endpoint, {
    clock: { now: () => 0 },
    isProved: () => isAnswered,
  });
  watched.onDatagram(() => {});
  return {
    hear: (size: number) => receive(new Uint8Array(size), VICTIM),
    send: (size: number) => watched.send(new Uint8Array(size), VICTIM),
    prove: (): void => void (isAnswered = true),
  };
}

test('an endpoint that sends more than it may is found out', () => {
  const { hear, send, prove } = createEndpoint();
  hear(100);
  send(300 + STARTED_BYTES_PER_TARGET_MAX);
  expect(takeAmplifications()).toEqual([]);
  send(1);
  expect(takeAmplifications()).toEqual([
    `9.9.9.9:9 never answered, sent 100 bytes and got ${301 + STARTED_BYTES_PER_TARGET_MAX}`,
  ]);
  expect(takeAmplifications()).toEqual([]);
  prove();
  send(10_000_000);
  expect(takeAmplifications()).toEqual([]);
});
