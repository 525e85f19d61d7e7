import type { Address } from '../../../runtime/address/address.ts';
import { ConfigBuilder } from '../../../runtime/config/config-builder.ts';
import type { Config, HostConfig, OnStart } from '../../../runtime/config/config.ts';
import type { Community, Overlay } from '../../../runtime/community/overlay.ts';
import type { Log } from '../../../runtime/env/log.ts';
import type { Node } from '../../../runtime/node/node.ts';
import { lamportProtocol, sendClock } from '../../../generated/lamport.ts';

/** The tutorial's community: whoever hears a clock moves its own on. */
export type LamportSession = {
  readonly community: Community<typeof lamportProtocol>;
  readonly clocks: Map<Overlay, number>;
  readonly hooks: string[];
};

export function lamportSession(): LamportSession {
  const clocks = new Map<Overlay, number>();
  const hooks: string[] = [];
  const community: Community<typeof lamportProtocol> = {
    protocol: lamportProtocol,
    create(overlay) {
      clocks.set(overlay, 0);
      return {
        handlers: {
          clock({ clock }, { peer }) {
            const next = Math.max(clocks.get(overlay) ?? 0, clock) + 1;
            clocks.set(overlay, next);
            if (next < 100) sendClock(overlay, peer, { clock: next });
          },
        },
        started: () => void hooks.push('started'),
        stopped: () => void hooks.push('stopped'),
      };
    },
  };
  return { community, clocks, hooks };
}

/** What differs between the nodes of a test. */
export type Differences = {
  readonly port?: number;
  readonly hosts?: readonly HostConfig[];
  readonly names?: readonly HostConfig[];
  readonly bootstrapper?: 'KnownHosts' | 'DispersyBootstrapper';
  readonly onStart?: readonly OnStart[];
};

/** One Lamport overlay with a key that is kept nowhere. */
export function lamportConfig(host: string, differences: Differences = {}): Config {
  const { port = 8090, hosts = [], names = [], onStart = [] } = differences;
  return new ConfigBuilder()
    .clearKeys()
    .clearOverlays()
    .setAddress(host)
    .setPort(port)
    .addEphemeralKey('my peer')
    .addOverlay('Lamport', 'my peer', {
      walkers: [{ strategy: 'RandomWalk', peers: 10, init: { timeout: 3 } }],
      bootstrappers: [
        {
          class: differences.bootstrapper ?? 'KnownHosts',
          init: { ipAddresses: hosts, dnsAddresses: names, bootstrapTimeout: 5 },
        },
      ],
      onStart,
    })
    .finalize();
}

export function peerCount(node: Node): number {
  return node.overlay('Lamport')?.peers().length ?? 0;
}

export function hostOf(address: Address | undefined): HostConfig {
  return [address?.host ?? '', address?.port ?? 0];
}

/** A log that keeps its lines. */
export function recordingLog(): Log & { readonly lines: string[] } {
  const lines: string[] = [];
  return {
    lines,
    isOn: () => true,
    write(level, text, fields = {}) {
      const shown = Object.entries(fields).map(([name, value]) => ` ${name}=${String(value)}`);
      lines.push(`${level} ${text}${shown.join('')}`);
    },
  };
}
