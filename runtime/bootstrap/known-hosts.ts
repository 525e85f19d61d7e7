/** A bootstrapper over a given list of hosts. */
import type { Address } from '../address/address.ts';
import type { Bootstrapper, BootstrapperParts } from './bootstrapper.ts';
import { NamedHost } from './named-host.ts';

/** What known hosts are made of. */
export type KnownHostsParts = Pick<BootstrapperParts, 'env' | 'overlay' | 'tasks'> & {
  /** Hosts given as names are looked up when they are needed. */
  readonly hosts: readonly Address[];
  /** The hosts may be asked again after this time; the reference waits 30,000 ms. */
  readonly timeoutMs: number;
  /**
   * `trackers` only introduce, as the reference's bootstrap servers do, and are never counted as
   * peers; `peers` are nodes like any other.
   */
  readonly hostsAre: 'trackers' | 'peers';
};

export type KnownHosts = Bootstrapper & {
  /** Lookups that gave no address so far. */
  readonly failedLookups: number;
};

/**
 * Gives all its hosts, then nothing until `timeoutMs` have passed, but for hosts that were found
 * meanwhile. Names are looked up with each round, so that hosts may move.
 * Source of the pace: py-ipv8 3.2 bootstrapping/dispersy/bootstrapper.py.
 */
export function createKnownHosts(parts: KnownHostsParts): KnownHosts {
  return new ListedHosts(parts);
}

class ListedHosts implements KnownHosts {
  readonly #parts: KnownHostsParts;
  readonly #named: readonly NamedHost[];
  #hosts: readonly Address[];
  #askedAt = Number.NEGATIVE_INFINITY;

  constructor(parts: KnownHostsParts) {
    this.#parts = parts;
    this.#named = parts.hosts
      .filter((host) => host.kind === 'domain')
      .map((host) => new NamedHost(host, parts, () => (this.#hosts = this.#all())));
    this.#hosts = this.#all();
  }

  get hosts(): readonly Address[] {
    return this.#hosts;
  }

  get trackers(): readonly Address[] {
    return this.#parts.hostsAre === 'trackers' ? this.#hosts : [];
  }

  get failedLookups(): number {
    return this.#named.reduce((sum, { failures }) => sum + failures, 0);
  }

  addresses(): readonly Address[] {
    const now = this.#parts.env.clock.now();
    const found = this.#named.flatMap((host) => host.takeNew());
    if (now - this.#askedAt < this.#parts.timeoutMs) return found;
    this.#askedAt = now;
    for (const host of this.#named) host.lookUp();
    return this.#hosts;
  }

  #all(): readonly Address[] {
    const literal = this.#parts.hosts.filter((host) => host.kind !== 'domain');
    return [...literal, ...this.#named.flatMap((host) => host.addresses)];
  }
}
