/**
 * Step 3: load a community of your own. Its id comes from a master peer's key, in
 * schemas/my-community.ipv8.
 */
import { ConfigBuilder, createNode, type Node } from '../runtime/index.ts';
import { myCommunity } from './my-community.ts';
import { readOptions } from './options.ts';
import { bootstrapFrom, localEnv, randomWalk, runExample, runFor } from './session.ts';

const { seconds } = readOptions({ seconds: 5 });

await runExample(async (start) => {
  const nodes: Node[] = [];
  for (const alias of ['my peer', 'my other peer']) {
    const config = new ConfigBuilder()
      .setAddress('127.0.0.1')
      .clearKeys()
      .clearOverlays()
      .addEphemeralKey(alias)
      .addOverlay('MyCommunity', alias, {
        walkers: [randomWalk],
        bootstrappers: bootstrapFrom(nodes[0]?.address),
      })
      .finalize();
    const node = createNode(config, {
      env: localEnv(),
      extraCommunities: { MyCommunity: myCommunity },
    });
    await start(node);
    console.log(
      `${alias} joined ${node.overlays.map(({ communityId }) => communityId).join(', ')}`,
    );
    nodes.push(node);
  }

  await runFor(seconds);
});
