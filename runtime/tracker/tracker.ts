/**
 * A tracker: keeps peers of every community it hears of and introduces them to each other, knowing
 * nothing else of what they do. Where a network without one begins, peers have nobody to ask.
 *
 * Pace and sizes are the reference's (py-ipv8 scripts/tracker_service.py).
 */
import type { Address } from '../address/address.ts';
import { printAddress } from '../address/text.ts';
import { TRACKER_VERIFY_PACES, VERIFY_PACES } from '../budget/limits.ts';
import { VerifyBudget } from '../budget/verify-budget.ts';
import { OwnAddress } from '../community/own-address.ts';
import { type BudgetShares, TargetBudget } from '../community/target-budget.ts';
import type { InterfaceConfig } from '../config/config.ts';
import { createCrypto } from '../crypto/create-crypto.ts';
import type { Crypto } from '../crypto/crypto.ts';
import type { KeyLevel } from '../crypto/keys.ts';
import { createBudgetedEndpoint } from '../endpoint/budgeted-endpoint.ts';
import { EndpointTally, type EndpointCounters } from '../endpoint/counters.ts';
import type { Endpoint } from '../endpoint/endpoint.ts';
import type { Env } from '../env/env.ts';
import { guardLog } from '../env/guarded-log.ts';
import { createNodeEnv } from '../env/node-env.ts';
import { atMost } from '../node/at-most.ts';
import { loadKey } from '../node/load-keys.ts';
import { openEndpoint } from '../node/open-endpoint.ts';
import { sumOutcomes } from '../node/outcomes.ts';
import { StopSignal } from '../node/stop-signal.ts';
import type { NodeMetrics, OverlayMetrics } from '../node/metrics.ts';
import { Failures } from '../operations/failures.ts';
import { type PacketEvent, PacketTrace } from '../operations/packet-trace.ts';
import { createPeer, type Mid, type Peer } from '../peer/peer.ts';
import { createTaskScope, type TaskScope } from '../tasks/task-scope.ts';
import { PINGS_PER_ROUND_MAX, PINGS_PER_SECOND_MAX, PINGS_RESERVED } from './limits.ts';
import { createFounderCheck } from './founder-check.ts';
import { PastCounters } from './past-counters.ts';
import { TrackedCommunities } from './tracked-communities.ts';
import { type SharedParts, TrackedCommunity } from './tracked-community.ts';

/** Where a tracker listens and who it is. */
export type TrackerOptions = {
  /** One address for each family; every IPv4 address of this machine, port 8090, unless given. */
  readonly interfaces?: readonly InterfaceConfig[];
  /**
   * Its key: of this level, in this file or in base64. A new one of the level `very-low` at each
   * start unless given: that is all the reference's trackers have, and the cheapest to verify for
   * those who ask.
   */
  readonly key?: TrackerKey;
  /** The world; the real one unless given. */
  readonly env?: Env;
  /** Cryptography; the fastest there is unless given. */
  readonly crypto?: Crypto;
  /** An open endpoint, used instead of `interfaces` and closed at the stop. */
  readonly endpoint?: Endpoint;
  /** Communities served at once; 1,000 unless given. */
  readonly communitiesMax?: number;
};

export type TrackerKey =
  | { readonly generation: KeyLevel; readonly file?: string }
  | { readonly bin: string; readonly file?: string };

/** A community that a tracker serves. */
export type TrackedCommunityReport = {
  /** 40 hexadecimal digits. */
  readonly id: string;
  readonly peers: readonly Peer[];
  /** Where one of them is. */
  addressOf(peer: Peer): Address | undefined;
};

export type Tracker = {
  /** Where it listens; none before the start and after the stop. */
  readonly addresses: readonly Address[];
  /** Its own name, once it has a key. */
  readonly mid: Mid | undefined;
  /** What it serves now. */
  readonly communities: readonly TrackedCommunityReport[];
  /** How many datagrams came in, by what became of them, as `Node.counters`. */
  readonly counters: { readonly [outcome: string]: number };
  /** Datagrams and bytes that came in and left. */
  readonly traffic: EndpointCounters;
  /**
   * The tracker in numbers, as it is now; `printMetrics` makes Prometheus' text of them. What strangers
   * found must not grow it, so all communities are one overlay there, `tracker` in community `all`.
   */
  metrics(): NodeMetrics;
  /** As `Node.tracePackets`. */
  tracePackets(listener: (event: PacketEvent) => void): () => void;
  /**
   * Listens, at exactly the ports it was given. Calling it again gives the same promise.
   * @throws StartError; whatever was opened is closed then.
   */
  start(): Promise<void>;
  /** Within a second. Calling it again gives the same promise; a stopped tracker stays stopped. */
  stop(): Promise<void>;
};

/** A tracker that does nothing yet. */
export function createTracker(options: TrackerOptions = {}): Tracker {
  return new ConfiguredTracker(options);
}

/** A community where somebody answered us has room for each round of its pings. */
const PING_SHARES: BudgetShares = {
  countMax: PINGS_PER_SECOND_MAX,
  reservedCount: PINGS_RESERVED,
  fewCount: PINGS_PER_ROUND_MAX,
};

const NOTHING_DELIVERED = { delivered: 0, 'too-short': 0, 'unknown-prefix': 0, failed: 0 } as const;

const INTERFACES: readonly InterfaceConfig[] = [
  { interface: 'UDPIPv4', ip: '0.0.0.0', port: 8090 },
];

// Together less than a second.
const TASKS_TIMEOUT_MS = 600;
const LEAVE_TIMEOUT_MS = 700;
const CLOSE_TIMEOUT_MS = 200;

class ConfiguredTracker implements Tracker {
  readonly #options: TrackerOptions;
  readonly #env: Env;
  readonly #failures: Failures;
  readonly #trace: PacketTrace;
  readonly #stopSignal = new StopSignal();
  readonly #tasks: TaskScope;
  readonly #past = new PastCounters();
  readonly #noTraffic = new EndpointTally();
  #communities: TrackedCommunities | undefined;
  #mid: Mid | undefined;
  #endpoint: Endpoint | undefined;
  #started: Promise<void> | undefined;
  #stopped: Promise<void> | undefined;

  constructor(options: TrackerOptions) {
    this.#options = options;
    const given = options.env ?? createNodeEnv();
    const env = { ...given, log: guardLog(given.log) };
    this.#env = env;
    const failures = new Failures(env);
    this.#failures = failures;
    this.#trace = new PacketTrace(env.clock, (error) => failures.report('packet trace', error));
    this.#tasks = createTaskScope({
      clock: env.clock,
      workers: env.workers,
      onError: (error, task) => this.#failures.report('task', error, { task }),
      stopTimeoutMs: TASKS_TIMEOUT_MS,
    });
  }

  get addresses(): readonly Address[] {
    return this.#endpoint?.addresses ?? [];
  }

  get mid(): Mid | undefined {
    return this.#mid;
  }

  get communities(): readonly TrackedCommunityReport[] {
    if (this.#communities === undefined || this.#communities.isClosed) return [];
    return this.#communities.all.map(({ id, peers, network }) => ({
      id,
      peers,
      addressOf: (peer) => network.addressOf(peer),
    }));
  }

  get counters(): { readonly [outcome: string]: number } {
    if (this.#communities === undefined) return {};
    const present = this.#communities.all.map(({ counters }) => counters);
    return sumOutcomes({
      traffic: this.traffic,
      demultiplexer: this.#communities.counters,
      overlays: [this.#past.counters, ...present],
    });
  }

  get traffic(): EndpointCounters {
    return this.#endpoint?.counters ?? this.#noTraffic;
  }

  metrics(): NodeMetrics {
    const communities = this.#communities?.all ?? [];
    const outcomes = new PastCounters();
    for (const { counters } of [this.#past, ...communities]) outcomes.add(counters);
    const peers = this.communities.reduce((sum, one) => sum + one.peers.length, 0);
    const all: OverlayMetrics = {
      name: 'tracker',
      communityId: 'all',
      peers,
      openRequests: 0,
      tasks: this.#tasks.names().length,
      outcomes: outcomes.counters,
      messages: [],
    };
    return {
      traffic: { ...this.traffic },
      kernelDrops: this.#endpoint?.kernelDrops?.(),
      demultiplexer: { ...(this.#communities?.counters ?? NOTHING_DELIVERED) },
      peers,
      overlays: [all],
      communities: this.communities.length,
      failures: this.#failures.counts,
    };
  }

  tracePackets(listener: (event: PacketEvent) => void): () => void {
    return this.#trace.listen(listener);
  }

  start(): Promise<void> {
    this.#started ??= this.#start();
    return this.#started;
  }

  stop(): Promise<void> {
    this.#stopSignal.request();
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  async #start(): Promise<void> {
    const { clock, log, random, storage } = this.#env;
    const { interfaces = INTERFACES, key = { generation: 'very-low' } } = this.#options;
    const signal = this.#stopSignal;
    try {
      signal.check();
      const opening = this.#options.endpoint ?? openEndpoint(this.#env, interfaces, 1);
      const endpoint = await signal.guard(Promise.resolve(opening), (late) => late.close());
      const budgeted = createBudgetedEndpoint(endpoint, { clock, isProved: () => false });
      this.#endpoint = budgeted;
      const crypto = this.#options.crypto ?? (await signal.guard(createCrypto({ random })));
      const definition = { alias: 'tracker', ...key };
      const identity = await signal.guard(loadKey(definition, crypto, storage));
      this.#mid = createPeer(identity.publicKey).mid;
      const communities = this.#createCommunities({ endpoint, budgeted, crypto, identity });
      this.#communities = communities;
      budgeted.onDatagram((bytes, from) => communities.receive(bytes, from));
      const addresses = endpoint.addresses.map(printAddress).join(', ');
      log.write('INFO', 'tracker started', { addresses });
    } catch (error) {
      await this.#close();
      throw error;
    }
  }

  #createCommunities(
    opened: Pick<SharedParts, 'endpoint' | 'budgeted' | 'crypto' | 'identity'>,
  ): TrackedCommunities {
    const { clock } = this.#env;
    const { provider } = opened.crypto;
    const paces = { ...VERIFY_PACES, ...TRACKER_VERIFY_PACES };
    const parts: SharedParts = {
      ...opened,
      env: this.#env,
      verifyBudget: new VerifyBudget({ clock, provider, paces }),
      punctureBudget: new TargetBudget(clock),
      pingBudget: new TargetBudget(clock, PING_SHARES),
      ownAddress: new OwnAddress(),
      failures: this.#failures,
      trace: this.#trace,
    };
    return new TrackedCommunities({
      countMax: this.#options.communitiesMax,
      trace: this.#trace,
      check: createFounderCheck({
        crypto: parts.crypto,
        ownKey: parts.identity.publicKey,
        verifyBudget: parts.verifyBudget,
      }),
      onDrop: (reason) => (this.#past.counters[reason] += 1),
      create: (id, onEmpty) => new TrackedCommunity(id, parts, this.#tasks.child(id), onEmpty),
      onLeave: (community) => {
        this.#past.add(community.counters);
        void community.leave();
      },
      onError: (error) => this.#failures.report('receiver', error),
    });
  }

  async #stop(): Promise<void> {
    await this.#started?.catch(() => undefined);
    await this.#close();
    this.#env.log.write('INFO', 'tracker stopped');
  }

  async #close(): Promise<void> {
    const { clock } = this.#env;
    if (this.#communities !== undefined) this.#communities.isClosed = true;
    const left = (this.#communities?.all ?? []).map((community) => community.leave());
    await atMost(clock, LEAVE_TIMEOUT_MS, Promise.all(left));
    await atMost(clock, LEAVE_TIMEOUT_MS, this.#tasks.stop());
    const endpoint = this.#endpoint ?? this.#options.endpoint;
    if (endpoint !== undefined) await atMost(clock, CLOSE_TIMEOUT_MS, endpoint.close());
  }
}
