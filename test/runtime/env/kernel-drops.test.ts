import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createAddress } from '../../../runtime/address/text.ts';
import { openUdpEndpoint } from '../../../runtime/endpoint/udp-endpoint.ts';
import { findDrops } from '../../../runtime/env/kernel-drops.ts';
import { loopbackOnly } from '../../../runtime/env/loopback-only.ts';
import { createNodeEnv } from '../../../runtime/env/node-env.ts';

const TABLE = `   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops
 5368: 0100007F:1F9A 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 727550 2 00000000 0
 5570: 0100007F:1F9B 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 727563 2 00000000 55779
 5571: 00000000000000000000000001000000:1F9A 00000000000000000000000000000000:0000 07 00000000:00000000 00:00000000 00000000 0 0 1 2 00 3
`;

test('the drops are those of the socket at exactly this address', () => {
  const drops = (host: string, port: number) => findDrops(TABLE, createAddress(host, port), 'LE');
  expect(drops('127.0.0.1', 8090)).toBe(0);
  expect(drops('127.0.0.1', 8091)).toBe(55_779);
  expect(drops('::1', 8090)).toBe(3);
  expect(drops('127.0.0.2', 8090)).toBeUndefined();
  expect(drops('127.0.0.1', 8092)).toBeUndefined();
  expect(drops('example.org', 8090)).toBeUndefined();
  expect(findDrops(TABLE, createAddress('1.0.0.127', 8090), 'BE')).toBe(0);
  expect(findDrops('not a table', createAddress('127.0.0.1', 8090), 'LE')).toBeUndefined();
});

test.skipIf(!existsSync('/proc/net/udp'))(
  'a full receive buffer loses no datagram from the counts',
  async () => {
    const env = createNodeEnv();
    const surroundings = { ...env, datagrams: loopbackOnly(env.datagrams) };
    const open = async () => {
      const opened = await openUdpEndpoint(surroundings, { host: '127.0.0.1', port: 0 });
      if (!opened.ok) throw opened.error;
      return opened.value;
    };
    const [from, to] = [await open(), await open()];
    const { address } = to;
    if (address === undefined) throw new Error('not open');
    expect(to.kernelDrops?.()).toBe(0);
    const count = 5_000;
    // The one thread that would read is the one that sends.
    for (let sent = 0; sent < count; sent++) from.send(new Uint8Array(1_400), address);
    const dropped = to.kernelDrops?.() ?? 0;
    expect(dropped).toBeGreaterThan(0);
    await new Promise<void>((resolve) => {
      to.onDatagram(() => {
        if (to.counters.received + dropped === count) resolve();
      });
    });
    await Promise.all([from.close(), to.close()]);
    expect(to.counters.received + (to.kernelDrops?.() ?? 0)).toBe(count);
  },
);
