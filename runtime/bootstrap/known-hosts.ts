/** A bootstrapper over a given list of hosts. */
import type { Address } from '../address/address.ts';
import { printAddress } from '../address/text.ts';
import type { Clock } from '../env/clock.ts';
import type { Bootstrapper } from './bootstrapper.ts';

/** What known hosts are made of. */
export type KnownHostsParts = {
  readonly clock: Clock;
  /**
   * Hosts given as names are kept for the report only: looking names up is not part of the
   * environment.
   */
  readonly hosts: readonly Address[];
  /** The hosts may be asked again after this time; the reference waits 30,000 ms. */
  readonly timeoutMs: number;
  /**
   * `trackers` only introduce, as the reference's bootstrap servers do, and are never counted as
   * peers; `peers` are nodes like any other.
   */
  readonly hostsAre: 'trackers' | 'peers';
};

/**
 * Gives all its hosts, then nothing until `timeoutMs` have passed.
 * Source of the pace: py-ipv8 3.2 bootstrapping/dispersy/bootstrapper.py.
 */
export function createKnownHosts(parts: KnownHostsParts): Bootstrapper {
  const { clock, timeoutMs, hostsAre } = parts;
  const literal = parts.hosts.filter((host) => host.kind !== 'domain');
  const names = parts.hosts.filter((host) => host.kind === 'domain');
  let askedAt: number | undefined;
  return {
    addresses() {
      const now = clock.now();
      if (askedAt !== undefined && now - askedAt < timeoutMs) return [];
      askedAt = now;
      return literal;
    },
    hosts: literal,
    trackers: hostsAre === 'trackers' ? literal : [],
    unresolved: names.map(printAddress),
  };
}
