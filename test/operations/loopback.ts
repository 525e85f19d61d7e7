/** Nodes on loopback, which never leave it. */
import dgram from 'node:dgram';
import { once } from 'node:events';
import { weatherProtocol } from '../../generated/weather.ts';
import type { Community, Overlay } from '../../runtime/community/overlay.ts';
import { ConfigBuilder } from '../../runtime/config/config-builder.ts';
import type { HostConfig } from '../../runtime/config/config.ts';
import { loopbackOnly } from '../../runtime/env/loopback-only.ts';
import { createNodeEnv } from '../../runtime/env/node-env.ts';
import { createNodeNames } from '../../runtime/env/node-names.ts';
import { createNode, type Node } from '../../runtime/node/node.ts';

/** Communities with the walk of an ordinary overlay, beside the discovery overlay. */
/** A name server that hears every question and answers none. */
const nameServer = dgram.createSocket('udp4');
nameServer.bind(0, '127.0.0.1');
await once(nameServer, 'listening');
nameServer.unref();
let questions = 0;
nameServer.on('message', () => (questions += 1));

/** How often a name was asked for. */
export function namesAsked(): number {
  return questions;
}

export const OTHER_OVERLAYS = [
  { name: 'First', communityId: '1'.repeat(40) },
  { name: 'Second', communityId: '2'.repeat(40) },
] as const;

function silent(communityId: string): Community<typeof weatherProtocol> {
  return {
    protocol: { ...weatherProtocol, communityId } as unknown as typeof weatherProtocol,
    create: () => ({ handlers: { temperatureRequest: () => undefined } }),
  };
}

/**
 * A node of three overlays: discovery with all that the default configuration gives it, and two
 * that walk as the DHT's and the tunnel's of py-ipv8 do, as long as those are not there.
 */
export function createLoopbackNode(
  known: readonly HostConfig[] = [],
  names: readonly HostConfig[] = [],
): Node {
  const env = createNodeEnv({ logLevel: 'WARNING' });
  const nobody = createNodeNames({ servers: [`127.0.0.1:${nameServer.address().port}`] });
  const bootstrappers = [
    { class: 'KnownHosts', init: { ipAddresses: known, dnsAddresses: names } },
  ] as const;
  const walkers = [{ strategy: 'RandomWalk', peers: 20, init: { timeout: 3 } }] as const;
  const builder = new ConfigBuilder()
    .clearKeys()
    .clearOverlays()
    .setAddress('127.0.0.1')
    .setPort(0)
    .addEphemeralKey('key')
    .addOverlay('DiscoveryCommunity', 'key', {
      walkers: [
        ...walkers,
        { strategy: 'RandomChurn', peers: -1, init: {} },
        { strategy: 'PeriodicSimilarity', peers: -1, init: {} },
      ],
      bootstrappers,
    });
  for (const { name } of OTHER_OVERLAYS) {
    builder.addOverlay(name, 'key', { walkers, bootstrappers });
  }
  const extraCommunities = Object.fromEntries(
    OTHER_OVERLAYS.map(({ name, communityId }) => [name, silent(communityId)]),
  );
  return createNode(builder.finalize(), {
    env: { ...env, names: nobody, datagrams: loopbackOnly(env.datagrams) },
    extraCommunities,
  });
}

export function overlayOf(node: Node, name: string): Overlay {
  const overlay = node.overlay(name);
  if (overlay === undefined) throw new Error(`the node has no overlay ${name}`);
  return overlay;
}

export function hostOf(node: Node): HostConfig {
  const { address } = node;
  if (address === undefined) throw new Error('the node does not run');
  return [address.host, address.port];
}
