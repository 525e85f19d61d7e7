/** Real nodes on hosts of a world, some of them behind NAT boxes. */
import { concatBytes, toBase64 } from '../../../runtime/base/bytes.ts';
import { ConfigBuilder } from '../../../runtime/config/config-builder.ts';
import type { HostConfig } from '../../../runtime/config/config.ts';
import { createCrypto } from '../../../runtime/crypto/create-crypto.ts';
import type { Datagrams } from '../../../runtime/env/datagrams.ts';
import { createNode, type Node } from '../../../runtime/node/node.ts';
import { messageIdOf } from '../../../runtime/packet/header.ts';
import {
  createStandInCrypto,
  type NatBehaviour,
  type NatDependence,
  type World,
} from '../../../runtime/simulation/index.ts';
import { NewPuncture, Puncture } from '../../../generated/introduction.ts';
import { lamportSession } from '../node/fixtures.ts';

export const crypto = createStandInCrypto(await createCrypto());

import { PORT } from './port.ts';

export { PORT };

export type NodeSettings = {
  /** Whom to ask first: a node like any other. */
  readonly introducer?: string;
  /** The walk ends with so many peers; no walk unless given. */
  readonly peers?: number;
  /** The address to bind to; that of the host unless given. */
  readonly bind?: string;
  /** As the reference does; walks to solicited punctures otherwise. */
  readonly ignoresPunctures?: boolean;
};

/** Starts a node on the host, with the Lamport overlay. */
export async function startNode(
  world: World,
  host: string,
  settings: NodeSettings = {},
): Promise<Node> {
  const { introducer, peers = 0, bind = host, ignoresPunctures = false } = settings;
  const env = world.env(host);
  const key = concatBytes(new TextEncoder().encode('LibNaCLSK:'), env.random.bytes(64));
  const hosts: HostConfig[] = introducer === undefined ? [] : [[introducer, PORT]];
  const config = new ConfigBuilder()
    .clearKeys()
    .clearOverlays()
    .setAddress(bind)
    .setPort(PORT)
    .addKeyFromBin('my peer', toBase64(key))
    .addOverlay('Lamport', 'my peer', {
      walkers: peers === 0 ? [] : [{ strategy: 'RandomWalk', peers, init: { timeout: 3 } }],
      bootstrappers: [{ class: 'KnownHosts', init: { ipAddresses: hosts, bootstrapTimeout: 1 } }],
    })
    .finalize();
  const datagrams = ignoresPunctures ? withoutPunctures(env.datagrams) : env.datagrams;
  const node = createNode(config, {
    env: { ...env, datagrams },
    crypto,
    extraCommunities: { Lamport: lamportSession().community },
  });
  await node.start();
  return node;
}

/** Sockets to which no puncture comes: py-ipv8 does nothing with one. */
function withoutPunctures(datagrams: Datagrams): Datagrams {
  return {
    bind: (at, { onDatagram, onError }) =>
      datagrams.bind(at, {
        onDatagram(bytes, from) {
          const id = messageIdOf(bytes);
          if (id !== Puncture.id && id !== NewPuncture.id) onDatagram(bytes, from);
        },
        onError,
      }),
  };
}

/** True when the node has the other's key among its peers. */
export function knows(node: Node, other: Node): boolean {
  const id = other.overlay('Lamport')?.myPeer.id;
  return (
    node
      .overlay('Lamport')
      ?.peers()
      .some((peer) => peer.id === id) === true
  );
}

/** How a peer is connected: directly, or through a box with this mapping and filtering. */
export type Connection = { readonly name: string; readonly box: NatBehaviour | undefined };

const MAPPINGS = { EIM: 'none', ADM: 'address', APDM: 'address-and-port' } as const;
const FILTERINGS = { EIF: 'none', ADF: 'address', APDF: 'address-and-port' } as const;

/** Public, and the nine kinds of boxes that RFC 4787 tells apart. */
export const CONNECTIONS: readonly Connection[] = [
  { name: 'public', box: undefined },
  ...Object.entries<NatDependence>(MAPPINGS).flatMap(([mappingName, mapping]) =>
    Object.entries<NatDependence>(FILTERINGS).map(([filteringName, filtering]) => ({
      name: `${mappingName}/${filteringName}`,
      box: { mapping, filtering },
    })),
  ),
];
