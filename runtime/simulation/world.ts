import type { Address } from '../address/address.ts';
import { createAddress } from '../address/text.ts';
import { isLoopback, isUnspecified } from '../address/ranges.ts';
import type { Env } from '../env/env.ts';
import type { HostAddress } from '../env/interfaces.ts';
import type { Log } from '../env/log.ts';
import { runSteps, type StepResult } from '../env/turns.ts';
import type { NatOptions } from './boxes.ts';
import { EventQueue } from './event-queue.ts';
import type { Way } from './faults.ts';
import { type ClockFault, HostClock, type Life } from './host.ts';
import { checkLink, DEFAULT_LINK, type Link } from './link.ts';
import { createMemoryStorage, type Files } from './memory-storage.ts';
import { SimulatedNames } from './names.ts';
import { SimulatedNetwork } from './network.ts';
import { createSeededRandom } from './seeded-random.ts';
import type { Addresses } from './sockets.ts';
import { Trace, type TraceEntry, type TraceEvent } from './trace.ts';
import { createInlineWorkers } from './workers.ts';
import { demand } from './demand.ts';

/** What a world is made from. */
export type WorldOptions = {
  /** The same seed makes the same world: same chance, same delays, same losses. */
  readonly seed: number;
  /** Hears of every host's log entries, with the field `host`; nobody does unless given. */
  readonly log?: Log;
  /**
   * How datagrams travel: one link for all, or a function of both hosts' addresses that is asked
   * for every datagram and may answer differently as time goes by. 20 to 60 ms without loss unless
   * given.
   */
  readonly link?: Link | ((fromHost: string, toHost: string) => Link);
};

/**
 * A network in a bottle: hosts with one clock, seeded chance, links and storage, and nothing of the
 * real world. Time passes only while it is told to run.
 */
export type World = {
  readonly seed: number;
  /** Virtual milliseconds since the world began. */
  readonly now: number;
  /**
   * The surroundings of a program on the host with this IP address; the same ones every time it is
   * asked for, until the host crashes. Programs on one host share its ports and files.
   */
  env(host: string): Env;
  /**
   * A machine with several addresses, of IPv4, IPv6 or both. `env`, `crash` and `setClock` take any
   * of them for the whole machine; cuts, clogs, links and NAT boxes are about single addresses. A
   * machine with one needs not be added.
   */
  addHost(options: { readonly addresses: readonly string[] }): void;
  /**
   * All that runs on the host is gone at once, and nobody is told: its sockets receive nothing, its
   * timers never come. What it sent before is still on its way. `env` then gives the surroundings
   * of whatever is started there next; the files are still there unless `keepsFiles` is false.
   */
  crash(host: string, options?: { readonly keepsFiles?: boolean }): void;
  /** Makes the host's clock wrong from now on, or right with `{}`. Its time never jumps back. */
  setClock(host: string, fault: ClockFault): void;
  /** Nothing passes this way, in this one direction. Gives the function that mends it. */
  cut(way: Way): () => void;
  /** Nothing passes between hosts of one group and hosts of the other. Gives what mends it. */
  partition(one: readonly string[], other: readonly string[]): () => void;
  /**
   * Datagrams wait on this way, 10,000 at most. Gives the function that lets them go on, in the
   * order they came.
   */
  clog(way: Way): () => void;
  /**
   * From now on the name means these hosts, the first ones first; nobody has it without any. Of a
   * `silent` one nothing is ever heard.
   */
  name(name: string, hosts: readonly string[] | 'silent'): void;
  /**
   * Puts a NAT box in front of hosts. They are not reached from outside but through it; among
   * themselves they are. A box may be behind another: name its outside address among that one's
   * hosts. `NAT` has the usual kinds. `reset` forgets the box's mappings.
   */
  nat(options: NatOptions): { reset(): void };
  /**
   * Lets time pass. After each event, every promise callback that is due runs before time moves on.
   * Rejects when an event throws, naming seed and time.
   */
  run(options: { readonly forMs: number }): Promise<void>;
  /**
   * Lets time pass until the predicate holds: true; or for `withinMs`: false. It is asked after
   * every event.
   */
  runUntil(predicate: () => boolean, options: { readonly withinMs: number }): Promise<boolean>;
  /**
   * Lets time pass until no datagram is on its way: true; or for `withinMs`: false. Timers that are
   * set do not count, nor what a clog holds.
   */
  runUntilQuiet(options: { readonly withinMs: number }): Promise<boolean>;
  /** Timers that came and datagrams that arrived, or failed to, so far. */
  readonly steps: number;
  /** How often each thing happened on the network. */
  readonly counts: { readonly [event in TraceEvent]?: number };
  /** What happened on the network, the last 10,000 events. */
  readonly entries: readonly TraceEntry[];
  /** The same as text, one line each. */
  readonly trace: string;
  /**
   * SHA-256 in hexadecimal over all that happened on the network, each event as a line `AT_US EVENT
   * FROM TO SIZE` and the bytes behind it: equal for equal runs.
   */
  readonly traceHash: string;
};

/** A world in which nothing has happened yet. */
export function createWorld(options: WorldOptions): World {
  return new SimulatedWorld(options);
}

type Host = {
  readonly addresses: Addresses;
  readonly clock: HostClock;
  files: Files;
  life: Life;
  /** How often it was started, this time included. */
  lives: number;
  /** The surroundings of the life that goes on, once they were asked for. */
  env: Env | undefined;
};

class SimulatedWorld implements World {
  readonly seed: number;
  readonly #options: WorldOptions;
  readonly #events = new EventQueue();
  readonly #trace = new Trace();
  readonly #network: SimulatedNetwork;
  /** As many as the test asked for. */
  readonly #hosts = new Map<string, Host>();
  /** Work in real time that virtual time waits for. */
  readonly #outside = new Set<Promise<unknown>>();
  readonly #names = new SimulatedNames();
  #nowUs = 0;
  #steps = 0;
  #isRunning = false;

  constructor(options: WorldOptions) {
    demand(
      Number.isSafeInteger(options.seed),
      `a world with seed ${options.seed}: give a whole number`,
    );
    const { seed, link = DEFAULT_LINK } = options;
    if (typeof link !== 'function') checkLink(link);
    this.seed = seed;
    this.#options = options;
    this.#network = new SimulatedNetwork({
      events: this.#events,
      trace: this.#trace,
      random: createSeededRandom(seed, 'network'),
      nowUs: () => this.#nowUs,
      linkBetween: typeof link === 'function' ? link : () => link,
    });
  }

  get now(): number {
    return this.#nowUs / 1_000;
  }

  get steps(): number {
    return this.#steps;
  }

  get counts(): { readonly [event in TraceEvent]?: number } {
    return this.#trace.counts;
  }

  get entries(): readonly TraceEntry[] {
    return this.#trace.entries;
  }

  get trace(): string {
    return this.#trace.text;
  }

  get traceHash(): string {
    return this.#trace.digest;
  }

  env(host: string): Env {
    const at = this.#host(host);
    at.env ??= this.#createEnv(at);
    return at.env;
  }

  addHost(options: { readonly addresses: readonly string[] }): void {
    const [first, ...others] = options.addresses.map(hostAddress);
    demand(first !== undefined, 'a host without an address: give one at least');
    const addresses: Addresses = [first, ...others];
    for (const { host } of addresses) {
      demand(
        !this.#hosts.has(host),
        `a second host at "${host}": give each host addresses of its own`,
      );
    }
    const host = this.#createHost(addresses);
    for (const address of addresses) this.#hosts.set(address.host, host);
  }

  crash(host: string, { keepsFiles = true }: { readonly keepsFiles?: boolean } = {}): void {
    const at = this.#host(host);
    at.life.isOver = true;
    at.life = { isOver: false };
    at.lives += 1;
    at.env = undefined;
    // A new map: the old one may still be read by what runs on in the life that is over.
    if (!keepsFiles) at.files = new Map();
    this.#network.crash(at.addresses[0]);
  }

  setClock(host: string, fault: ClockFault): void {
    this.#host(host).clock.set(fault);
  }

  cut(way: Way): () => void {
    return this.#network.faults.cut(way);
  }

  partition(one: readonly string[], other: readonly string[]): () => void {
    const there = this.cut({ from: one, to: other });
    const back = this.cut({ from: other, to: one });
    return () => {
      there();
      back();
    };
  }

  clog(way: Way): () => void {
    return this.#network.faults.clog(way);
  }

  nat(options: NatOptions): { reset(): void } {
    return this.#network.addNat(options);
  }

  name(name: string, hosts: readonly string[] | 'silent'): void {
    this.#names.set(name, hosts);
  }

  #host(name: string): Host {
    const address = hostAddress(name);
    const known = this.#hosts.get(address.host);
    if (known !== undefined) return known;
    const host = this.#createHost([address]);
    this.#hosts.set(address.host, host);
    return host;
  }

  #createHost(addresses: Addresses): Host {
    const clock = new HostClock({ events: this.#events, nowUs: () => this.#nowUs });
    const life = { isOver: false };
    return { addresses, clock, files: new Map(), life, lives: 1, env: undefined };
  }

  #createEnv({ addresses, clock, files, life, lives }: Host): Env {
    const [address] = addresses;
    const isFirst = lives === 1;
    if (!isFirst) this.#network.note('restart', address, address);
    const label = isFirst ? `host ${address.host}` : `host ${address.host} life ${lives}`;
    const interfaces = addresses.flatMap(withoutPort);
    return {
      clock: clock.during(life),
      random: createSeededRandom(this.seed, label),
      datagrams: this.#network.datagrams(addresses, life),
      interfaces: { addresses: () => interfaces },
      names: this.#names.seenBy(clock.during(life)),
      storage: createMemoryStorage(files, life),
      log: createHostLog(address.host, this.#options.log),
      workers: createInlineWorkers(this.#outside),
    };
  }

  async run(options: { readonly forMs: number }): Promise<void> {
    await this.runUntil(() => false, { withinMs: options.forMs });
  }

  runUntilQuiet(options: { readonly withinMs: number }): Promise<boolean> {
    return this.runUntil(() => this.#network.underWay === 0, options);
  }

  async runUntil(
    predicate: () => boolean,
    options: { readonly withinMs: number },
  ): Promise<boolean> {
    const { withinMs } = options;
    demand(
      withinMs >= 0 && Number.isFinite(withinMs),
      `running for ${withinMs} ms: give a number from 0`,
    );
    demand(!this.#isRunning, 'a world that runs is told to run: wait for the run before');
    this.#isRunning = true;
    const endUs = this.#nowUs + Math.round(withinMs * 1_000);
    let isMet = false;
    try {
      await runSteps(() => {
        // Work in real time first, so that no virtual time passes meanwhile.
        if (this.#outside.size > 0) return Promise.allSettled(this.#outside);
        isMet = predicate();
        return isMet ? 'last' : this.#step(endUs);
      });
      return isMet;
    } finally {
      this.#isRunning = false;
    }
  }

  /** The next event, if it comes before the end. */
  #step(endUs: number): StepResult {
    const nextUs = this.#events.nextUs;
    if (nextUs === undefined || nextUs > endUs) {
      this.#nowUs = endUs;
      return 'last';
    }
    const event = this.#events.take();
    if (event?.action === undefined) return 'next';
    this.#nowUs = event.atUs;
    this.#steps += 1;
    this.#perform(event.action);
    return 'next';
  }

  #perform(action: () => void): void {
    try {
      action();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const place = `${this.now} ms into the world with seed ${this.seed}`;
      throw new Error(`${place}: ${reason}`, { cause: error });
    }
  }
}

/** @throws what is none. */
function hostAddress(name: string): Address {
  const address = createAddress(name, 0);
  const isHost = address.kind !== 'domain' && !isLoopback(address) && !isUnspecified(address);
  demand(isHost, `a host at "${name}": give it an IP address that others can reach`);
  return address;
}

function withoutPort({ kind, host }: Address): readonly HostAddress[] {
  return kind === 'domain' ? [] : [{ kind, host }];
}

function createHostLog(host: string, log: Log | undefined): Log {
  return {
    isOn: (level) => log?.isOn(level) ?? false,
    write: (level, text, fields) => log?.write(level, text, { host, ...fields }),
  };
}
