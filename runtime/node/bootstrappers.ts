/** The bootstrappers that a configuration may name without bringing them. */
import { createAddress } from '../address/text.ts';
import type { BootstrapperFactory } from '../bootstrap/bootstrapper.ts';
import { createKnownHosts } from '../bootstrap/known-hosts.ts';
import { createLanBroadcast } from '../bootstrap/lan-broadcast.ts';
import type { BootstrapperInits, BootstrapperName } from '../config/config.ts';

/** Seconds (py-ipv8 3.2 bootstrapping/dispersy/bootstrapper.py). */
const BOOTSTRAP_TIMEOUT = 30;

function knownHosts(hostsAre: 'trackers' | 'peers'): BootstrapperFactory {
  return ({ env, overlay, tasks }, init: BootstrapperInits['KnownHosts']) => {
    const { ipAddresses = [], dnsAddresses = [], bootstrapTimeout = BOOTSTRAP_TIMEOUT } = init;
    return createKnownHosts({
      env,
      overlay,
      tasks,
      hosts: [...ipAddresses, ...dnsAddresses].map(([host, port]) => createAddress(host, port)),
      timeoutMs: bootstrapTimeout * 1_000,
      hostsAre,
    });
  };
}

const lanBroadcast: BootstrapperFactory = (
  parts,
  { bootstrapTimeout = BOOTSTRAP_TIMEOUT }: BootstrapperInits['UDPBroadcastBootstrapper'],
) => createLanBroadcast({ ...parts, timeoutMs: bootstrapTimeout * 1_000 });

/** By the names of `BootstrapperName`, whose settings the parser has read. */
export const BOOTSTRAPPERS: { readonly [Name in BootstrapperName]: BootstrapperFactory } =
  Object.freeze({
    KnownHosts: knownHosts('peers'),
    DispersyBootstrapper: knownHosts('trackers'),
    UDPBroadcastBootstrapper: lanBroadcast,
  });
