/** Bootstrapper definitions to bootstrappers. */
import { createAddress } from '../address/text.ts';
import type { Bootstrapper } from '../bootstrap/bootstrapper.ts';
import { createKnownHosts } from '../bootstrap/known-hosts.ts';
import type { BootstrapperDefinition } from '../config/config.ts';
import type { Clock } from '../env/clock.ts';

/** Seconds (py-ipv8 3.2 bootstrapping/dispersy/bootstrapper.py). */
const BOOTSTRAP_TIMEOUT = 30;

export function createBootstrapper(definition: BootstrapperDefinition, clock: Clock): Bootstrapper {
  const { ipAddresses = [], dnsAddresses = [], bootstrapTimeout } = definition.init;
  return createKnownHosts({
    clock,
    hosts: [...ipAddresses, ...dnsAddresses].map(([host, port]) => createAddress(host, port)),
    timeoutMs: (bootstrapTimeout ?? BOOTSTRAP_TIMEOUT) * 1_000,
    hostsAre: definition.class === 'KnownHosts' ? 'peers' : 'trackers',
  });
}
