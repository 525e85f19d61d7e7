/** A network that refuses what is sent: nothing breaks, all is counted, and little is logged. */
import dgram from 'node:dgram';
import { afterEach, expect, test, vi } from 'vitest';
import { createAddress } from '../../../runtime/address/text.ts';
import { openUdpEndpoint } from '../../../runtime/endpoint/udp-endpoint.ts';
import { NetworkError } from '../../../runtime/base/network-error.ts';
import type { Env } from '../../../runtime/env/env.ts';
import { loopbackOnly } from '../../../runtime/env/loopback-only.ts';
import { createNodeEnv } from '../../../runtime/env/node-env.ts';
import { createNode } from '../../../runtime/node/node.ts';
import { createWorld } from '../../../runtime/simulation/index.ts';
import { lamportConfig, lamportSession } from '../node/fixtures.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

const ERRNOS = [
  'ENETUNREACH',
  'EPERM',
  'EHOSTUNREACH',
  'ECONNREFUSED',
  'EMSGSIZE',
  'ENOBUFS',
  'ENETDOWN',
  'EADDRNOTAVAIL',
] as const;

function systemError(code: string): Error {
  return Object.assign(new Error(`send ${code} 127.0.0.1:9`), { code });
}

/** The real sockets on a clock that stands still until it is moved, and what they log. */
function createEnv(): { env: Env; lines: string[]; pass: (ms: number) => void } {
  let nowMs = 0;
  const lines: string[] = [];
  const real = createNodeEnv({
    write: (line: string) => void (line.includes('network error') && lines.push(line)),
  });
  const clock = { ...real.clock, now: () => nowMs };
  const env = { ...real, clock, datagrams: loopbackOnly(real.datagrams) };
  return { env, lines, pass: (ms) => void (nowMs += ms) };
}

test.each(ERRNOS)(
  '%s, at once and later: counted each time, logged once a second',
  async (errno) => {
    const { env, lines, pass } = createEnv();
    const opened = await openUdpEndpoint(env, { host: '127.0.0.1', port: 0 });
    if (!opened.ok) throw opened.error;
    const endpoint = opened.value;
    let isThrown = false;
    vi.spyOn(dgram.Socket.prototype, 'send').mockImplementation((...given: unknown[]) => {
      isThrown = !isThrown;
      if (isThrown) throw systemError(errno);
      const callback = given.at(-1);
      if (typeof callback === 'function') callback(systemError(errno));
    });
    const to = createAddress('127.0.0.1', 9);
    for (let second = 0; second < 3; second++) {
      for (let count = 0; count < 1_000; count++) {
        expect(endpoint.send(new Uint8Array(1), to).ok).toBe(true);
      }
      pass(1_000);
    }
    const total = Object.values(endpoint.counters.errors).reduce((sum, count) => sum + count, 0);
    expect(total).toBe(3_000);
    expect(lines).toHaveLength(3);
    expect(lines[2]).toContain('unlogged=999');
    // Port 0 and a closed socket are known before the system is asked.
    expect(endpoint.send(new Uint8Array(1), createAddress('127.0.0.1', 0)).ok).toBe(false);
    await endpoint.close();
    expect(endpoint.send(new Uint8Array(1), to)).toMatchObject({ error: { code: 'closed' } });
  },
);

test('a node whose network goes away and comes back finds its peers again', async () => {
  const world = createWorld({ seed: 40 });
  const start = async (host: string) => {
    const env = world.env(host);
    let isDown = false;
    const bind: Env['datagrams']['bind'] = async (at, callbacks) => {
      const bound = await env.datagrams.bind(at, callbacks);
      if (!bound.ok) return bound;
      const socket = bound.value;
      const send: typeof socket.send = (bytes, to) => {
        if (isDown) callbacks.onError(new NetworkError('refused', 'ENETUNREACH'));
        else socket.send(bytes, to);
      };
      return { ok: true, value: { ...socket, send } };
    };
    const hosts = [['10.0.0.1', 8090] as const];
    const node = createNode(lamportConfig(host, { hosts: host === '10.0.0.1' ? [] : hosts }), {
      env: { ...env, datagrams: { bind } },
      extraCommunities: { Lamport: lamportSession().community },
    });
    await node.start();
    return { node, setDown: (is: boolean): void => void (isDown = is) };
  };
  const a = await start('10.0.0.1');
  const b = await start('10.0.0.2');
  b.setDown(true);
  await world.run({ forMs: 20_000 });
  expect(b.node.overlay('Lamport')?.peers()).toEqual([]);
  expect(b.node.traffic.errors.refused).toBeGreaterThan(1);
  b.setDown(false);
  await world.run({ forMs: 20_000 });
  expect(b.node.overlay('Lamport')?.peers()).toHaveLength(1);
  await Promise.all([a.node.stop(), b.node.stop()]);
});
