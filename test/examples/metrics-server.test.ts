import { expect, test } from 'vitest';
import { serveMetrics } from '../../examples/metrics-server.ts';
import { ConfigBuilder, createNode } from '../../runtime/index.ts';
import { createWorld } from '../../runtime/simulation/index.ts';
import { parsePrometheus } from '../runtime/operations/prometheus-parser.ts';

test('the numbers of a node are served on loopback, and nothing else is', async () => {
  const config = new ConfigBuilder().clearOverlays().setAddress('10.0.0.1').finalize();
  const node = createNode(config, { env: createWorld({ seed: 1 }).env('10.0.0.1') });
  await node.start();
  const server = await serveMetrics(node, 0);
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('the server is not bound');
  expect(bound.address).toBe('127.0.0.1');
  const ask = (path: string, method = 'GET') =>
    fetch(`http://127.0.0.1:${bound.port}${path}`, { method, headers: { connection: 'close' } });
  const answer = await ask('/metrics');
  expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  const families = parsePrometheus(await answer.text());
  expect(families.get('ipv8_received_datagrams_total')?.samples.get('')).toBe(0);
  expect((await ask('/')).status).toBe(404);
  expect((await ask('/metrics', 'POST')).status).toBe(405);
  await expect(serveMetrics(node, bound.port)).rejects.toThrow('EADDRINUSE');
  await new Promise((resolve) => server.close(resolve));
  await node.stop();
});
