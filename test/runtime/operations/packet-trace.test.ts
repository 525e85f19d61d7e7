/** What listeners hear of the life of datagrams. */
import { expect, test } from 'vitest';
import {
  requestTemperature,
  type WeatherHandlers,
  weatherProtocol,
} from '../../../generated/weather.ts';
import { createAddress } from '../../../runtime/address/text.ts';
import { ConfigBuilder } from '../../../runtime/config/config-builder.ts';
import { createCrypto } from '../../../runtime/crypto/create-crypto.ts';
import { createNode, type Node } from '../../../runtime/node/node.ts';
import type { PacketEvent } from '../../../runtime/operations/packet-trace.ts';
import { createWorld, type Link, type World } from '../../../runtime/simulation/index.ts';

const crypto = await createCrypto();
const STEADY: Link = { delayMs: { min: 10, max: 10 }, loss: 0 };

/** A node that takes part in the weather and walks to nobody. */
function weatherNode(
  world: World,
  host: string,
  temperatureRequest: WeatherHandlers['temperatureRequest'] = () => undefined,
): Node {
  const config = new ConfigBuilder()
    .clearKeys()
    .clearOverlays()
    .setAddress(host)
    .setPort(8090)
    .addEphemeralKey('key')
    .addOverlay('Weather', 'key')
    .finalize();
  const Weather = {
    protocol: weatherProtocol,
    create: () => ({ handlers: { temperatureRequest } }),
  };
  return createNode(config, { env: world.env(host), crypto, extraCommunities: { Weather } });
}

function ask(node: Node, host: string, place: string): void {
  const overlay = node.overlay('Weather');
  if (overlay === undefined) throw new Error('the node has no such overlay');
  void requestTemperature(overlay, createAddress(host, 8090), { place });
}

/** An answerer whose handler does what the place says, and who asks it. */
async function createPair(link: Link, seed = 1) {
  const world = createWorld({ seed, link });
  const asker = weatherNode(world, '10.0.0.1');
  const answerer = weatherNode(world, '10.0.0.2', async ({ place }) => {
    if (place === 'broken') throw new Error('broken');
    if (place === 'unknown') return undefined;
    return { tenths: place.length };
  });
  await Promise.all([asker.start(), answerer.start()]);
  return { world, asker, answerer };
}

function print(event: PacketEvent): string {
  const { packet, stage } = event;
  if (stage === 'received') return `${packet} received ${event.bytes.length}`;
  if (stage === 'dropped') return `${packet} dropped ${event.reason}`;
  return `${packet} ${stage} ${event.overlay} ${event.message}`;
}

test('a listener hears each step, from the next datagram on, until it ends', async () => {
  const { world, asker, answerer } = await createPair(STEADY);
  const heard: PacketEvent[] = [];
  ask(asker, '10.0.0.2', 'before');
  await world.run({ forMs: 100 });
  const end = answerer.tracePackets((event) => heard.push(event));
  for (const place of ['here', 'unknown', 'broken']) ask(asker, '10.0.0.2', place);
  await world.run({ forMs: 100 });
  expect(heard.map(print)).toEqual([
    '1 received 172',
    '1 filtered Weather TemperatureRequest',
    '1 verified Weather TemperatureRequest',
    '1 handled Weather TemperatureRequest',
    '1 replied Weather TemperatureResponse',
    '2 received 175',
    '2 filtered Weather TemperatureRequest',
    '2 verified Weather TemperatureRequest',
    '2 handled Weather TemperatureRequest',
    '3 received 174',
    '3 filtered Weather TemperatureRequest',
    '3 verified Weather TemperatureRequest',
    '3 dropped handler-failed',
  ]);
  expect(heard.every(({ from, atMs }) => from.host === '10.0.0.1' && atMs >= 100)).toBe(true);
  end();
  end();
  heard.length = 0;
  ask(asker, '10.0.0.2', 'after');
  await world.run({ forMs: 100 });
  expect(heard).toEqual([]);
  await Promise.all([asker.stop(), answerer.stop()]);
});

const ORDER = ['received', 'filtered', 'verified', 'handled', 'replied', 'dropped'];

test.each([1, 2, 3])(
  'on a bad link every life ends, in order, as it was counted: seed %i',
  async (seed) => {
    const delayMs = { min: 5, max: 500 };
    const link: Link = { delayMs, loss: 0.1, corrupt: 0.2, duplicate: 0.2 };
    const { world, asker, answerer } = await createPair(link, seed);
    for (const node of [asker, answerer]) {
      const lives = new Map<number, PacketEvent[]>();
      node.tracePackets((event) => {
        lives.set(event.packet, [...(lives.get(event.packet) ?? []), event]);
      });
      for (let count = 0; count < 40; count++) {
        for (const place of ['here', 'unknown', 'broken']) ask(asker, '10.0.0.2', place);
      }
      await world.run({ forMs: 10_000 });
      const outcomes: Record<string, number> = {};
      for (const life of lives.values()) {
        const stages = life.map(({ stage }) => stage);
        expect(stages[0]).toBe('received');
        expect(stages).toEqual(ORDER.filter((stage) => stages.some((one) => one === stage)));
        const last = life.at(-1);
        expect(['handled', 'replied', 'dropped']).toContain(last?.stage);
        const outcome = last?.stage === 'dropped' ? last.reason : 'handled';
        outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
      }
      expect(Object.keys(outcomes).length).toBeGreaterThan(2);
      // The second node was heard of only from here on.
      if (node === asker) expect(outcomes).toEqual(node.counters);
    }
    await Promise.all([asker.stop(), answerer.stop()]);
  },
);

test('a listener that throws is reported and keeps nobody from hearing', async () => {
  const { world, asker, answerer } = await createPair(STEADY);
  let heard = 0;
  answerer.tracePackets(() => {
    throw new Error('broken');
  });
  answerer.tracePackets(() => void (heard += 1));
  ask(asker, '10.0.0.2', 'here');
  await world.run({ forMs: 100 });
  expect(heard).toBe(5);
  expect(answerer.counters).toEqual({ handled: 1 });
  await Promise.all([asker.stop(), answerer.stop()]);
});
