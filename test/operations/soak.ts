/**
 * A small network for hours of virtual time, in which peers come and go, and what its memory does meanwhile:
 * `npm run soak -- --hours 24 --peers 8 --seed 1`. Prints the heap after each virtual hour, and how fast it grew in the
 * second half by the line of least squares. A day takes some minutes; what grows by less than a kilobyte an hour shows
 * in days only.
 */
import { parseArgs } from 'node:util';
import { ConfigBuilder } from '../../runtime/config/config-builder.ts';
import { createCrypto } from '../../runtime/crypto/create-crypto.ts';
import { createNode, type Node } from '../../runtime/node/node.ts';
import { createStandInCrypto, createWorld } from '../../runtime/simulation/index.ts';

const HOUR_MS = 3_600_000;
/** One node stops, and another one starts in its place, this often. */
const TURNOVER_MS = 600_000;

const { values } = parseArgs({
  options: {
    hours: { type: 'string', default: '12' },
    peers: { type: 'string', default: '8' },
    seed: { type: 'string', default: '1' },
  },
});
const [hours, peers, seed] = [Number(values.hours), Number(values.peers), Number(values.seed)];
if (gc === undefined) throw new Error('run me with --expose-gc');

const world = createWorld({ seed, link: { delayMs: { min: 20, max: 100 }, loss: 0.02 } });
const crypto = createStandInCrypto(await createCrypto());
const hostOf = (at: number): string => `10.0.${at}.1`;

/** A new node on the host, which asks the first hosts for peers. */
function create(at: number): Node {
  const config = new ConfigBuilder()
    .clearKeys()
    .clearOverlays()
    .setAddress(hostOf(at))
    .setPort(8090)
    .addEphemeralKey('key')
    .addOverlay('DiscoveryCommunity', 'key', {
      walkers: [
        { strategy: 'RandomWalk', peers: 20, init: { timeout: 3 } },
        { strategy: 'RandomChurn', peers: -1, init: {} },
        { strategy: 'PeriodicSimilarity', peers: -1, init: {} },
      ],
      bootstrappers: [
        {
          class: 'KnownHosts',
          init: {
            ipAddresses: [
              [hostOf(0), 8090],
              [hostOf(1), 8090],
            ],
          },
        },
      ],
    })
    .finalize();
  return createNode(config, { env: world.env(hostOf(at)), crypto });
}

const nodes = Array.from({ length: peers }, (_, at) => create(at));
await Promise.all(nodes.map((node) => node.start()));

/** Another node in the place of one. */
async function turnOver(at: number): Promise<void> {
  const stopping = nodes[at]?.stop();
  await world.run({ forMs: 1_000 });
  await stopping;
  nodes[at] = create(at);
  await nodes[at].start();
}

const heaps: number[] = [];
for (let hour = 1, turn = 0; hour <= hours; hour++) {
  while (world.now < hour * HOUR_MS) {
    await world.run({ forMs: Math.min(TURNOVER_MS, hour * HOUR_MS - world.now) });
    turn += 1;
    await turnOver(turn % peers);
  }
  for (let times = 0; times < 3; times++) gc();
  const heapKb = process.memoryUsage().heapUsed / 1_000;
  heaps.push(heapKb);
  const known = nodes.map((node) => node.network.peers().length);
  console.log(
    `${hour} h: ${heapKb.toFixed(0)} KB, ${world.steps} events, ${known.join(' ')} peers`,
  );
}

const late = heaps.slice(Math.floor(heaps.length / 2));
console.log(`${slope(late).toFixed(1)} KB in a virtual hour`);
await Promise.all(nodes.map((node) => node.stop()));

/** Of the line of least squares through equally spaced points. */
function slope(points: readonly number[]): number {
  const middle = (points.length - 1) / 2;
  const mean = points.reduce((sum, point) => sum + point, 0) / points.length;
  const above = points.reduce((sum, point, at) => sum + (at - middle) * (point - mean), 0);
  const below = points.reduce((sum, _, at) => sum + (at - middle) ** 2, 0);
  return above / below;
}
