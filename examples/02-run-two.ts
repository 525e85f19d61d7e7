/** Step 2: run two nodes. The port of the first one is taken, so the second one gets the next. */
import { ConfigBuilder, createNode, printAddress, type Node } from '../runtime/index.ts';
import { readOptions } from './options.ts';
import { bootstrapFrom, localEnv, randomWalk, runExample, runFor } from './session.ts';

const { seconds } = readOptions({ seconds: 5 });

await runExample(async (start) => {
  const nodes: Node[] = [];
  for (const alias of ['first', 'second']) {
    const config = new ConfigBuilder()
      .setAddress('127.0.0.1')
      .clearKeys()
      .clearOverlays()
      .addEphemeralKey(alias)
      .addOverlay('DiscoveryCommunity', alias, {
        walkers: [randomWalk],
        bootstrappers: bootstrapFrom(nodes[0]?.address),
      })
      .finalize();
    const node = createNode(config, { env: localEnv() });
    await start(node);
    if (node.address !== undefined) console.log(`${alias} node at ${printAddress(node.address)}`);
    nodes.push(node);
  }

  await runFor(seconds);
});
