/** Nothing larger than its path leaves, and whoever wants to send it is told. */
import { expect, test } from 'vitest';
import { createAddress } from '../../../runtime/address/text.ts';
import {
  DATAGRAM_BYTES_MAX_IPV4,
  DATAGRAM_BYTES_MAX_IPV6,
} from '../../../runtime/endpoint/limits.ts';
import { openUdpEndpoint } from '../../../runtime/endpoint/udp-endpoint.ts';
import { DATAGRAM_BYTES_MAX } from '../../../runtime/packet/limits.ts';
import { createWorld } from '../../../runtime/simulation/index.ts';
import type { MessageType } from '../../../runtime/protocol/protocol.ts';
import { createBench } from '../community/bench.ts';

test.each([
  ['10.0.0.1', '10.0.0.2', DATAGRAM_BYTES_MAX_IPV4, 10 * DATAGRAM_BYTES_MAX_IPV4],
  ['2001:db8::1', '2001:db8::2', DATAGRAM_BYTES_MAX_IPV6, 10 * DATAGRAM_BYTES_MAX_IPV6],
])('from %s to %s: %i bytes, and not %i', async (host, other, sizeMax, tenfold) => {
  const world = createWorld({ seed: 1 });
  const opened = await openUdpEndpoint(world.env(host), { host, port: 1 });
  if (!opened.ok) throw opened.error;
  const to = createAddress(other, 1);
  expect(opened.value.send(new Uint8Array(sizeMax), to).ok).toBe(true);
  for (const size of [sizeMax + 1, tenfold]) {
    expect(opened.value.send(new Uint8Array(size), to)).toMatchObject({
      ok: false,
      error: { code: 'too-large' },
    });
  }
  expect(opened.value.counters.unsent).toEqual({ 'too-large': 2 });
  expect(world.counts.send).toBe(1);
});

test('a message of ten times what UDP carries is refused before it gets there', () => {
  const bench = createBench();
  const node = bench.node('1.1.1.1:1');
  const type: MessageType<number> = {
    messageName: 'Large',
    id: 1,
    auth: 'unsigned',
    isTimed: false,
    encode: (size, out) => out.rest(new Uint8Array(size), 'bytes'),
    decode: (input) => input.rest().length,
  };
  const sent = node.overlay.send(node.address, type, 10 * DATAGRAM_BYTES_MAX);
  expect(sent).toMatchObject({ ok: false, error: { code: 'too-large' } });
  expect(bench.take()).toEqual([]);
});
