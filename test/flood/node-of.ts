/** The nodes of the rig: they stay on loopback. */
import { ConfigBuilder } from '../../runtime/config/config-builder.ts';
import type { HostConfig } from '../../runtime/config/config.ts';
import { loopbackOnly } from '../../runtime/env/loopback-only.ts';
import { createNodeEnv } from '../../runtime/env/node-env.ts';
import { createNode, type Node } from '../../runtime/node/node.ts';
import { createStore } from './store.ts';

export const OVERLAY = 'Store';
const MY_KEY = 'my peer';

/** A node with this private key in base64, on a port that the system chooses. */
export function createRigNode(
  key: string,
  { hosts = [], isFull = false }: { hosts?: readonly HostConfig[]; isFull?: boolean } = {},
): Node {
  const bootstrappers = [
    { class: 'KnownHosts', init: { ipAddresses: hosts, bootstrapTimeout: 1 } } as const,
  ];
  const config = new ConfigBuilder()
    .clearKeys()
    .clearOverlays()
    .setAddress('127.0.0.1')
    .setPort(0)
    .setLogLevel('ERROR')
    .addKeyFromBin(MY_KEY, key)
    .addOverlay(OVERLAY, MY_KEY, {
      walkers: [{ strategy: 'RandomWalk', peers: 20, init: { timeout: 3 } }],
      bootstrappers: hosts.length === 0 ? [] : bootstrappers,
    })
    .finalize();
  const env = createNodeEnv({ logLevel: 'ERROR' });
  return createNode(config, {
    env: { ...env, datagrams: loopbackOnly(env.datagrams) },
    extraCommunities: { [OVERLAY]: createStore(isFull) },
  });
}
