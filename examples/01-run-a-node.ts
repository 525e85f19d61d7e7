/**
 * Step 1: run a node with the default configuration, on this machine and without the public
 * servers.
 */
import { ConfigBuilder, createNode, printAddress } from '../runtime/index.ts';
import { readOptions } from './options.ts';
import { localEnv, randomWalk, runExample, runFor } from './session.ts';

const { seconds } = readOptions({ seconds: 5 });

await runExample(async (start) => {
  const config = new ConfigBuilder()
    .setAddress('127.0.0.1')
    .addOverlay('DiscoveryCommunity', 'anonymous id', { walkers: [randomWalk] })
    .finalize();
  const node = createNode(config, { env: localEnv() });

  await start(node);
  if (node.address !== undefined) console.log(`running at ${printAddress(node.address)}`);
  await runFor(seconds);
});
