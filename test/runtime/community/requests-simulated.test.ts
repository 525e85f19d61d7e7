/** Requests between nodes of a simulated network that does all that networks do. */
import { expect, test } from 'vitest';
import { createWeather } from '../../../examples/weather.ts';
import { requestTemperature } from '../../../generated/weather.ts';
import { createAddress } from '../../../runtime/address/text.ts';
import { join } from '../../../runtime/community/join.ts';
import { Demultiplexer } from '../../../runtime/endpoint/demultiplexer.ts';
import { openUdpEndpoint } from '../../../runtime/endpoint/udp-endpoint.ts';
import { createNetwork } from '../../../runtime/network/network.ts';
import { createWorld, type Link, type World } from '../../../runtime/simulation/index.ts';
import { createTaskScope } from '../../../runtime/tasks/task-scope.ts';
import { crypto, newKey } from './bench.ts';

const LINK: Link = {
  delayMs: { min: 10, max: 300 },
  loss: 0.3,
  duplicate: 0.2,
  reorder: { share: 0.2, byMs: 900 },
  corrupt: 0.1,
};

async function createHost(world: World, host: string, temperatures: ReadonlyMap<string, number>) {
  const env = world.env(host);
  const opened = await openUdpEndpoint(env, { host: '0.0.0.0', port: 8090 });
  if (!opened.ok) throw opened.error;
  const demultiplexer = new Demultiplexer(env.log);
  opened.value.onDatagram(demultiplexer.receive);
  const network = createNetwork({ clock: env.clock });
  const failures: unknown[] = [];
  const onError = (error: unknown): void => void failures.push(error);
  const running = join({
    community: createWeather(temperatures),
    name: host,
    identity: newKey(),
    crypto,
    env,
    endpoint: opened.value,
    demultiplexer,
    network,
    tasks: createTaskScope({ clock: env.clock, onError }),
    peersMax: 30,
    onHandlerError: onError,
  });
  return { running, demultiplexer, failures, network, overlay: running.overlay };
}

test.each([1, 2, 3])('lost, twice, late or damaged: seed %i', async (seed) => {
  const world = createWorld({ seed, link: LINK });
  const places = Array.from({ length: 100 }, (_, index) => `place ${index}`);
  const temperatures = new Map(places.map((place, index) => [place, index - 50]));
  const asker = await createHost(world, '1.0.0.1', new Map());
  const station = await createHost(world, '2.0.0.1', temperatures);
  const to = createAddress('2.0.0.1', 8090);
  const outcomes = new Map<string, number | string>();
  for (const place of [...places, 'nowhere']) {
    void requestTemperature(asker.overlay, to, { place }).then((answer) => {
      outcomes.set(place, answer.ok ? answer.value.tenths : answer.error.code);
    });
  }
  await world.run({ forMs: 10_000 });
  // Who was asked and answered may be sent more than three bytes for one, and nobody else.
  expect([asker.network.isProved(to), asker.network.peers()]).toEqual([true, []]);
  expect(station.network.isProved(createAddress('1.0.0.1', 8090))).toBe(false);
  // All are settled; who was answered, was answered what was asked.
  expect(outcomes.size).toBe(places.length + 1);
  expect(outcomes.get('nowhere')).toBe('timeout');
  const answered = places.filter((place) => outcomes.get(place) !== 'timeout');
  for (const place of answered) expect(outcomes.get(place)).toBe(temperatures.get(place));
  expect(answered.length).toBeGreaterThan(50);
  expect(answered.length).toBeLessThan(places.length);
  // Each answer counts once; what came twice or too late is counted as that.
  const { counters } = asker.running;
  expect(counters.handled).toBe(answered.length);
  expect(counters.unsolicited).toBeGreaterThan(0);
  for (const { demultiplexer, failures, running } of [asker, station]) {
    const ours = Object.values(running.counters).reduce((sum, count) => sum + count, 0);
    expect(demultiplexer.counters.delivered).toBe(ours);
    expect(failures).toEqual([]);
    await running.leave();
  }
});
