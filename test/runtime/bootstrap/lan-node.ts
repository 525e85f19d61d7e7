/**
 * A node that knows nobody and calls its local network, run by `lan-namespace.test.ts` in a network namespace: prints
 * the address of the first peer it finds, and ends when its input does.
 */
import { ConfigBuilder, createNode, printAddress } from '../../../runtime/index.ts';

const config = new ConfigBuilder()
  .clearKeys()
  .clearOverlays()
  .setLogLevel('WARNING')
  .addEphemeralKey('me')
  .addOverlay('DiscoveryCommunity', 'me', {
    walkers: [{ strategy: 'RandomWalk', peers: 10, init: {} }],
    bootstrappers: [{ class: 'UDPBroadcastBootstrapper', init: {} }],
  })
  .finalize();

const node = createNode(config);
node.network.onPeerAdded((peer) => {
  const address = node.network.addressOf(peer);
  console.log(address === undefined ? 'somewhere' : printAddress(address));
});
await node.start();
process.stdin.resume().on('end', () => void node.stop());
