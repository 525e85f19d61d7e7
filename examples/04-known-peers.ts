/** Step 4: three nodes print, every five seconds, the peers they know. */
import { ConfigBuilder, createNode, type Node } from '../runtime/index.ts';
import { knownPeers } from './known-peers.ts';
import { readOptions } from './options.ts';
import { bootstrapFrom, localEnv, randomWalk, runExample, runFor } from './session.ts';

const { seconds } = readOptions({ seconds: 16 });

await runExample(async (start) => {
  const nodes: Node[] = [];
  for (const alias of ['first', 'second', 'third']) {
    const config = new ConfigBuilder()
      .setAddress('127.0.0.1')
      .clearKeys()
      .clearOverlays()
      .addEphemeralKey(alias)
      .addOverlay('MyCommunity', alias, {
        walkers: [randomWalk],
        bootstrappers: bootstrapFrom(nodes[0]?.address),
        onStart: ['started'],
      })
      .finalize();
    const node = createNode(config, {
      env: localEnv(),
      extraCommunities: { MyCommunity: knownPeers },
    });
    await start(node);
    nodes.push(node);
  }

  await runFor(seconds);
});
