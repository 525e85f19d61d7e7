/** Step 1: run one node with the default configuration. */
import { ConfigBuilder, createNode, printAddress } from '../runtime/index.ts';
import { localEnv, runFor, secondsToRun } from './session.ts';

const seconds = secondsToRun(5);

// The default configuration has a key file, one overlay and public bootstrap servers; on this machine alone we
// take a key that is not kept and no servers.
const config = new ConfigBuilder().setAddress('127.0.0.1').clearBootstrappers().finalize();
const node = createNode(config, { env: localEnv() });

await node.start();
if (node.address !== undefined) console.log(`running at ${printAddress(node.address)}`);
await runFor(seconds);
await node.stop();
console.log('stopped');
