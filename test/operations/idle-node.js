/**
 * The one node of a process, as a program that installed the package runs it: what `idle.ts` measures. Takes JSON with
 * `known`, `overlays`, `settleSeconds` and `seconds`; tells what it used as JSON.
 */
const begunAt = performance.now();
const cpuMs = (since) => {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1_000;
};
const before = process.cpuUsage();
const { ConfigBuilder, createNode, createNodeEnv, loopbackOnly } =
  await import('../../dist/runtime/index.js');

const { known, overlays, settleSeconds, seconds } = JSON.parse(process.argv[2]);
const bootstrappers = [{ class: 'KnownHosts', init: { ipAddresses: known } }];
const randomWalk = { strategy: 'RandomWalk', peers: 20, init: { timeout: 3 } };
const builder = new ConfigBuilder()
  .clearKeys()
  .clearOverlays()
  .setAddress('127.0.0.1')
  .setPort(0)
  .addEphemeralKey('key')
  .addOverlay('DiscoveryCommunity', 'key', {
    walkers: [
      randomWalk,
      { strategy: 'RandomChurn', peers: -1, init: {} },
      { strategy: 'PeriodicSimilarity', peers: -1, init: {} },
    ],
    bootstrappers,
  });
for (const { name } of overlays) {
  builder.addOverlay(name, 'key', { walkers: [randomWalk], bootstrappers });
}
const extraCommunities = Object.fromEntries(
  overlays.map(({ name, communityId }) => [
    name,
    {
      protocol: { name, communityId, version: 2, messages: {} },
      create: () => ({ handlers: {} }),
    },
  ]),
);
const env = createNodeEnv({ logLevel: 'WARNING' });
const options = { env: { ...env, datagrams: loopbackOnly(env.datagrams) }, extraCommunities };
const node = createNode(builder.finalize(), options);
await node.start();
const start = { ms: performance.now() - begunAt, cpuMs: cpuMs(before) };

const sleep = (forSeconds) => new Promise((resolve) => setTimeout(resolve, forSeconds * 1_000));
await sleep(settleSeconds);
const idleBefore = process.cpuUsage();
const idleAt = performance.now();
await sleep(seconds);
const cpuPercent = (cpuMs(idleBefore) / (performance.now() - idleAt)) * 100;
const { overlays: measured, traffic } = node.metrics();
const rssMb = process.memoryUsage().rss / 1_000_000;
await node.stop();
const peers = measured.map((overlay) => overlay.peers);
console.log(JSON.stringify({ start, cpuPercent, rssMb, peers, received: traffic.received }));
