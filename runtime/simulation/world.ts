import type { Address } from '../address/address.ts';
import { createAddress } from '../address/text.ts';
import { isLoopback, isUnspecified } from '../address/ranges.ts';
import { assert } from '../base/assert.ts';
import type { Clock } from '../env/clock.ts';
import type { Env } from '../env/env.ts';
import type { Log } from '../env/log.ts';
import { EventQueue } from './event-queue.ts';
import { DEFAULT_LINK, type Link } from './link.ts';
import { createMemoryStorage } from './memory-storage.ts';
import { SimulatedNetwork } from './network.ts';
import { createSeededRandom } from './seeded-random.ts';
import { Settling } from './settle.ts';
import { Trace } from './trace.ts';

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
   * asked for. Programs on one host share its ports and files.
   */
  env(host: string): Env;
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
  /** What happened on the network, as text, one line each: the last 10,000 lines. */
  readonly trace: string;
  /** SHA-256 in hexadecimal over all that happened on the network: equal for equal runs. */
  readonly traceHash: string;
};

/** 2026-01-01T00:00:00Z: when every world begins. */
const WALL_TIME_AT_START_MS = 1_767_225_600_000;

/** A world in which nothing has happened yet. */
export function createWorld(options: WorldOptions): World {
  return new SimulatedWorld(options);
}

class SimulatedWorld implements World {
  readonly seed: number;
  readonly #options: WorldOptions;
  readonly #events = new EventQueue();
  readonly #trace = new Trace();
  readonly #network: SimulatedNetwork;
  readonly #envs = new Map<string, Env>();
  #nowUs = 0;
  #isRunning = false;

  readonly #clock: Clock = {
    now: () => this.#nowUs / 1_000,
    wallTime: () => WALL_TIME_AT_START_MS + Math.floor(this.#nowUs / 1_000),
    after: (delayMs, action) => {
      assert(!Number.isNaN(delayMs), 'a timer without a delay');
      if (delayMs === Number.POSITIVE_INFINITY) return { cancel: () => {} };
      // Rounded up, as a timer never comes early, but not for the noise in the last digits.
      const delayUs = Math.max(0, Math.ceil(delayMs * 1_000 - 1e-3));
      const event = this.#events.add(this.#nowUs + delayUs, action);
      return {
        cancel: () => {
          event.action = undefined;
        },
      };
    },
  };

  constructor(options: WorldOptions) {
    assert(Number.isSafeInteger(options.seed), `a world with seed ${options.seed}`);
    const { seed, link = DEFAULT_LINK } = options;
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

  get trace(): string {
    return this.#trace.text;
  }

  get traceHash(): string {
    return this.#trace.digest;
  }

  env(host: string): Env {
    const address = createAddress(host, 0);
    const isHost = address.kind !== 'domain' && !isLoopback(address) && !isUnspecified(address);
    assert(isHost, `a host at "${host}": it needs an IP address that others can reach`);
    const known = this.#envs.get(address.host);
    if (known !== undefined) return known;
    const env = this.#createEnv(address);
    this.#envs.set(address.host, env);
    return env;
  }

  #createEnv(address: Address): Env {
    return {
      clock: this.#clock,
      random: createSeededRandom(this.seed, `host ${address.host}`),
      datagrams: this.#network.datagrams(address),
      storage: createMemoryStorage(),
      log: createHostLog(address.host, this.#options.log),
    };
  }

  async run(options: { readonly forMs: number }): Promise<void> {
    await this.runUntil(() => false, { withinMs: options.forMs });
  }

  async runUntil(
    predicate: () => boolean,
    options: { readonly withinMs: number },
  ): Promise<boolean> {
    const { withinMs } = options;
    assert(withinMs >= 0 && Number.isFinite(withinMs), `running for ${withinMs} ms`);
    assert(!this.#isRunning, 'a world that runs is told to run');
    this.#isRunning = true;
    const settling = new Settling();
    try {
      return await this.#runUntil(predicate, this.#nowUs + Math.round(withinMs * 1_000), settling);
    } finally {
      settling.close();
      this.#isRunning = false;
    }
  }

  async #runUntil(predicate: () => boolean, endUs: number, settling: Settling): Promise<boolean> {
    // What was started before has promises under way.
    await settling.settle();
    while (!predicate()) {
      const nextUs = this.#events.nextUs;
      if (nextUs === undefined || nextUs > endUs) {
        this.#nowUs = endUs;
        return false;
      }
      const event = this.#events.take();
      if (event?.action === undefined) continue;
      this.#nowUs = event.atUs;
      this.#perform(event.action);
      await settling.settle();
    }
    return true;
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

function createHostLog(host: string, log: Log | undefined): Log {
  return {
    isOn: (level) => log?.isOn(level) ?? false,
    write: (level, text, fields) => log?.write(level, text, { host, ...fields }),
  };
}
