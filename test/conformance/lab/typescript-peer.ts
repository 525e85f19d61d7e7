/** A node of ours in this process, reported on as peers of py-ipv8 report on themselves. */
import { toHex } from '../../../runtime/base/bytes.ts';
import { createAddress } from '../../../runtime/address/text.ts';
import type { AnyCommunity } from '../../../runtime/community/any-community.ts';
import type { Community, Overlay } from '../../../runtime/community/overlay.ts';
import { ConfigBuilder } from '../../../runtime/config/config-builder.ts';
import type { Config } from '../../../runtime/config/config.ts';
import { createNode, type Node } from '../../../runtime/node/node.ts';
import { type Context, expectEqual } from '../case.ts';
import { EventLog } from '../event-log.ts';
import { type LabOptions, type LabOverlay, type LabPeer, MEETING, type Place } from './lab-peer.ts';

const PREFIX_LENGTH = 22;

/** What no datagram of py-ipv8 may come to. */
const NEVER = [
  'too-short',
  'unknown-message',
  'deprecated-message',
  'bad-key',
  'bad-signature',
  'decode',
  'handler-failed',
  'own-key',
];

/** No messages of its own. */
const meeting: Community = {
  protocol: { name: 'Meeting', communityId: MEETING, version: 2, messages: {} },
  create: () => ({ handlers: {} }),
};

export type TypeScriptPeer = LabPeer & {
  readonly kind: 'typescript';
  readonly node: Node;
  /** The last one of its options. */
  readonly overlay: Overlay;
  readonly log: EventLog;
};

/** Communities beside `Meeting` that overlays may name; they may say in the log what happens. */
export type Communities = {
  readonly communities?: (log: EventLog) => Readonly<Record<string, AnyCommunity>>;
};

/** Starts a node. */
export async function startTypeScript(
  context: Context,
  name: string,
  options: LabOptions & Communities,
): Promise<TypeScriptPeer> {
  const log = new EventLog(name, context.signal);
  const node = createNode(configOf(options), {
    env: context.env,
    extraCommunities: { Meeting: meeting, ...options.communities?.(log) },
  });
  watch(node, log);
  await context.start(node);
  const overlay = node.overlays.at(-1);
  if (overlay === undefined) throw new Error(`${name} has no overlay`);
  const { communityId, myPeer } = overlay;
  return {
    name,
    kind: 'typescript',
    node,
    overlay,
    log,
    mid: myPeer.id,
    places: node.addresses.map(({ host, port }) => [host, port] as const),
    until: (fits, what) => log.until(fits, what),
    events: () => log.events,
    walk([host, port], style) {
      const address = createAddress(host, port);
      if (style === 'new') node.network.discoverAddress(address, myPeer, communityId, true);
      overlay.walkable.walkTo(address);
    },
    discover([host, port], style) {
      const address = createAddress(host, port);
      node.network.discoverAddress(address, myPeer, communityId, style === 'new');
    },
    walkable() {
      const addresses = overlay.walkable.walkableAddresses();
      return Promise.resolve(addresses.map((address): Place => [address.host, address.port]));
    },
    async stop() {
      await node.stop();
      const { failures } = node.metrics();
      expectEqual(failures, [], `what failed in ${name}`);
      const wrong = NEVER.filter((reason) => (node.counters[reason] ?? 0) > 0);
      expectEqual(wrong, [], `why ${name} dropped what py-ipv8 sent`);
    },
  };
}

function configOf(options: LabOptions): Config {
  const { hosts = ['127.0.0.1'], level = 'curve25519', interval = 0.1 } = options;
  const builder = new ConfigBuilder({ clean: true }).setWalkerInterval(interval);
  for (const host of hosts) {
    const name = host.includes(':') ? 'UDPIPv6' : 'UDPIPv4';
    builder.setAddress(host, name).setPort(0, name);
  }
  builder.setLogLevel('CRITICAL').setWorkingDirectory('.').addEphemeralKey('key', level);
  for (const overlay of options.overlays ?? [{ class: 'Meeting' }]) {
    const { walkers = [] } = overlay;
    builder.addOverlay(overlay.class, 'key', {
      walkers: walkers.map(({ init, ...rest }) => ({ ...rest, init: inCamelCase(init) })),
      bootstrappers: bootstrappersOf(overlay),
    });
  }
  return builder.finalize();
}

function bootstrappersOf({ trackers = [] }: LabOverlay) {
  if (trackers.length === 0) return [];
  const init = { ipAddresses: trackers, dnsAddresses: [], bootstrapTimeout: 1 };
  return [{ class: 'DispersyBootstrapper' as const, init }];
}

function inCamelCase(init: Readonly<Record<string, number>>): Record<string, number> {
  const camel = (word: string): string =>
    word.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return Object.fromEntries(Object.entries(init).map(([name, value]) => [camel(name), value]));
}

function watch(node: Node, log: EventLog): void {
  const known = new Set<string>();
  node.network.onPeerRemoved(({ id: mid }) => {
    for (const pair of known) if (pair.startsWith(mid)) known.delete(pair);
    log.push({ event: 'lost', mid });
  });
  node.tracePackets((event) => {
    const { host, port } = event.from;
    if (event.stage === 'received') {
      const { bytes } = event;
      const overlay = toHex(bytes.subarray(2, PREFIX_LENGTH));
      log.push({ event: 'received', overlay, id: bytes[PREFIX_LENGTH], host, port });
    }
    if (event.stage === 'dropped') log.push({ event: 'dropped', reason: event.reason, host, port });
    // Who awaits an answer goes on behind the step that handled it.
    if (event.stage === 'handled') setImmediate(reportKnown, node, known, log);
  });
}

/** Reports each peer of each overlay once. */
function reportKnown(node: Node, known: Set<string>, log: EventLog): void {
  for (const overlay of node.overlays) {
    for (const peer of overlay.peers()) {
      const pair = `${peer.id} ${overlay.communityId}`;
      if (known.has(pair)) continue;
      known.add(pair);
      const { host, port } = overlay.addressOf(peer) ?? { host: '', port: 0 };
      log.push({ event: 'knows', mid: peer.id, overlay: overlay.communityId, host, port });
    }
  }
}
