/** Nodes in numbers, and the numbers as Prometheus reads them. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { requestTemperature } from '../../../generated/weather.ts';
import { createWeather } from '../../../examples/weather.ts';
import { createAddress } from '../../../runtime/address/text.ts';
import { ConfigBuilder } from '../../../runtime/config/config-builder.ts';
import { createCrypto } from '../../../runtime/crypto/create-crypto.ts';
import { createNode } from '../../../runtime/node/node.ts';
import { printMetrics } from '../../../runtime/node/print-metrics.ts';
import { printFamilies } from '../../../runtime/operations/prometheus.ts';
import { createWorld } from '../../../runtime/simulation/index.ts';
import { parsePrometheus } from './prometheus-parser.ts';

const crypto = await createCrypto();
const WEATHER = '96cf718e489e9ab0240b34b15ba00ce274f131a4';

/** Two nodes, of which one was sent all sorts of things. */
async function run() {
  const world = createWorld({ seed: 1, link: { delayMs: { min: 10, max: 10 }, loss: 0 } });
  const start = async (host: string, walks: boolean) => {
    const config = new ConfigBuilder()
      .clearKeys()
      .clearOverlays()
      .setAddress(host)
      .setPort(8090)
      .addEphemeralKey('key')
      .addOverlay('Weather', 'key', {
        walkers: walks ? [{ strategy: 'RandomWalk', peers: 1, init: {} }] : [],
        bootstrappers: [{ class: 'KnownHosts', init: { ipAddresses: [['10.0.0.2', 8090]] } }],
      })
      .finalize();
    const extraCommunities = { Weather: createWeather(new Map([['here', 5]])) };
    const node = createNode(config, { env: world.env(host), crypto, extraCommunities });
    await node.start();
    return node;
  };
  const [asker, station] = [await start('10.0.0.1', true), await start('10.0.0.2', false)];
  await world.run({ forMs: 2_000 });
  const overlay = asker.overlay('Weather');
  if (overlay === undefined) throw new Error('no such overlay');
  for (const place of ['here', 'nowhere', '']) {
    void requestTemperature(overlay, createAddress('10.0.0.2', 8090), { place });
  }
  overlay.tasks.repeat('broken', { intervalMs: 100 }, () => {
    throw new Error('"broken"\n\\');
  });
  const junk = await world.env('10.0.0.3').datagrams.bind(createAddress('10.0.0.3', 1), {
    onDatagram: () => {},
    onError: () => {},
  });
  if (!junk.ok) throw junk.error;
  for (const size of [0, 22, 23, 100]) {
    junk.value.send(new Uint8Array(size), createAddress('10.0.0.2', 8090));
  }
  await world.run({ forMs: 500 });
  return { world, asker, station };
}

const sum = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((total, count) => total + count, 0);

test('metrics are plain numbers of one moment, which agree', async () => {
  const { world, asker, station } = await run();
  const metrics = asker.metrics();
  expect(metrics.overlays).toMatchObject([
    { name: 'Weather', communityId: WEATHER, peers: 1, openRequests: 2, tasks: 1 },
  ]);
  expect(metrics.failures).toEqual([
    { place: 'task', overlay: 'Weather', message: undefined, count: 5 },
  ]);
  expect(metrics.peers).toBe(1);
  expect(metrics.kernelDrops).toBeUndefined();
  const { traffic, demultiplexer, overlays } = station.metrics();
  expect(demultiplexer).toEqual({ delivered: 4, 'too-short': 2, 'unknown-prefix': 2, failed: 0 });
  const inOverlays = overlays.reduce((total, { outcomes }) => total + sum(outcomes), 0);
  expect(traffic.received).toBe(inOverlays + 4 + traffic.unheard);
  expect(traffic.receivedBytes).toBeGreaterThan(145);
  await Promise.all([asker.stop(), station.stop()]);
  // What was counted stays, and what was given is of its moment.
  expect(station.metrics().traffic.received).toBe(traffic.received);
  await world.run({ forMs: 5_000 });
  expect(metrics.overlays[0]?.openRequests).toBe(2);
  expect(asker.metrics().overlays[0]).toMatchObject({ openRequests: 0, tasks: 0 });
});

test('the text of a node is what a strict reader takes, with every number in it', async () => {
  const { asker, station } = await run();
  for (const node of [asker, station]) {
    const metrics = node.metrics();
    const families = parsePrometheus(printMetrics(metrics));
    const value = (name: string, labels = ''): number | undefined =>
      families.get(`ipv8_${name}`)?.samples.get(labels);
    expect(value('received_datagrams_total')).toBe(metrics.traffic.received);
    expect(value('sent_bytes_total')).toBe(metrics.traffic.sentBytes);
    const overlay = `overlay="Weather",community="${WEATHER}"`;
    const handled = metrics.overlays[0]?.outcomes.handled;
    expect(value('datagrams_total', `${overlay},outcome="handled"`)).toBe(handled);
    const named = metrics.overlays[0]?.messages.find((one) => one.sent.count > 0);
    const label = `${overlay},message="${named?.messageName}"`;
    expect(value('message_bytes_sent_total', label)).toBe(named?.sent.bytes);
    expect(value('open_requests', overlay)).toBe(metrics.overlays[0]?.openRequests);
    const ended = [...(families.get('ipv8_datagrams_total')?.samples.values() ?? [])];
    const handling = value('handling_datagrams', overlay) ?? 0;
    expect(ended.reduce((total, one) => total + one, handling)).toBe(metrics.traffic.received);
    expect([...families.keys()].every((name) => name.startsWith('ipv8_'))).toBe(true);
    expect(families.has('ipv8_kernel_dropped_datagrams_total')).toBe(false);
    const withDrops = parsePrometheus(printMetrics({ ...metrics, kernelDrops: 7 }));
    expect(withDrops.get('ipv8_kernel_dropped_datagrams_total')?.samples.get('')).toBe(7);
  }
  const failures = parsePrometheus(printMetrics(asker.metrics())).get('ipv8_failures_total');
  expect(failures?.labels).toEqual([{ place: 'task', overlay: 'Weather' }]);
  await Promise.all([asker.stop(), station.stop()]);
});

test('whatever texts and numbers: what is printed is read back', () => {
  const text = fc.string({
    unit: fc.constantFrom('"', '\\', '\n', 'n', '{', '}', ',', '=', ' ', 'ä'),
  });
  const labels = fc.dictionary(fc.constantFrom('a', 'b', 'reason'), text);
  const family = fc.record({
    help: text,
    samples: fc.uniqueArray(fc.record({ labels, value: fc.double() }), {
      minLength: 1,
      selector: (one) => JSON.stringify(Object.entries(one.labels)),
    }),
  });
  fc.assert(
    fc.property(fc.array(family), (given) => {
      const families = given.map((one, at) => ({
        ...one,
        name: `family_${at}${at % 2 === 0 ? '' : '_total'}`,
        type: at % 2 === 0 ? ('gauge' as const) : ('counter' as const),
      }));
      const parsed = parsePrometheus(printFamilies(families));
      expect([...parsed.keys()]).toEqual(families.map(({ name }) => name));
      for (const { name, help, type, samples } of families) {
        const found = parsed.get(name);
        expect(found).toMatchObject({ help, type });
        expect(found?.labels).toEqual(samples.map((one) => ({ ...one.labels })));
        const values = samples.map(({ value }) => (value === 0 ? 0 : value));
        expect([...(found?.samples.values() ?? [])]).toEqual(values);
      }
    }),
  );
});

test.each([
  ['no line end', 'x 1'],
  ['no help', '# TYPE x gauge\nx 1\n'],
  ['a counter without _total', '# HELP x y\n# TYPE x counter\nx 1\n'],
  ['an open quote', '# HELP x y\n# TYPE x gauge\nx{a="b} 1\n'],
  ['a quote that is not escaped', '# HELP x y\n# TYPE x gauge\nx{a="b"c"} 1\n'],
  ['a sample twice', '# HELP x y\n# TYPE x gauge\nx 1\nx 2\n'],
])('the strict reader refuses %s', (_, text) => {
  expect(() => parsePrometheus(text)).toThrow();
});
