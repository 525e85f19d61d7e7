/**
 * Step 6: a peer asks another one, in a simulated network that loses every third datagram. The nodes
 * are real, the network and its time are not: nothing is waited for.
 */
import { requestTemperature } from '../generated/weather.ts';
import { ConfigBuilder, createAddress, createNode, type Node } from '../runtime/index.ts';
import { createWorld } from '../runtime/simulation/index.ts';
import { readOptions } from './options.ts';
import { bootstrapFrom, randomWalk } from './session.ts';
import { createWeather } from './weather.ts';

const { seed } = readOptions({ seed: 1 });
const link = { delayMs: { min: 20, max: 60 }, loss: 1 / 3 };
const world = createWorld({ seed, link });

function createWeatherNode(host: string, temperatures: ReadonlyMap<string, number>): Node {
  const config = new ConfigBuilder()
    .clearKeys()
    .clearOverlays()
    .setAddress(host)
    .addEphemeralKey('my peer')
    .addOverlay('Weather', 'my peer', {
      walkers: [randomWalk],
      bootstrappers: bootstrapFrom(createAddress('10.0.0.1', 8090)),
    })
    .finalize();
  const extraCommunities = { Weather: createWeather(temperatures) };
  return createNode(config, { env: world.env(host), extraCommunities });
}

/** Lets virtual time pass until the promise is settled. */
async function within<T>(promise: Promise<T>): Promise<T> {
  let isSettled = false;
  void promise.finally(() => (isSettled = true)).catch(() => {});
  await world.runUntil(() => isSettled, { withinMs: 60_000 });
  return promise;
}

const station = createWeatherNode('10.0.0.1', new Map([['Delft', 123]]));
const asker = createWeatherNode('10.0.0.2', new Map());
await within(Promise.all([station.start(), asker.start()]));

const overlay = asker.overlay('Weather');
await world.runUntil(() => overlay?.peers().length === 1, { withinMs: 60_000 });
const [peer] = overlay?.peers() ?? [];
if (overlay === undefined || peer === undefined) throw new Error('the two have not met');
for (const place of ['Delft', 'Atlantis']) {
  const answer = await within(requestTemperature(overlay, peer, { place }));
  console.log(`${place}: ${answer.ok ? `${answer.value.tenths / 10} °C` : answer.error.code}`);
}
await within(Promise.all([station.stop(), asker.stop()]));
