/** A node: everything put together by a configuration, started in order and stopped in reverse. */
import type { Address } from '../address/address.ts';
import { printAddress } from '../address/text.ts';
import { assert } from '../base/assert.ts';
import { printThrown } from '../base/print-thrown.ts';
import type { BootstrapperParts } from '../bootstrap/bootstrapper.ts';
import { VERIFY_PACES } from '../budget/limits.ts';
import { VerifyBudget } from '../budget/verify-budget.ts';
import { join } from '../community/join.ts';
import type { JoinParts, RunningOverlay, Sibling } from '../community/join-parts.ts';
import type { Overlay } from '../community/overlay.ts';
import { OwnAddress } from '../community/own-address.ts';
import type { OverlayStatistics } from '../community/statistics.ts';
import { TargetBudget } from '../community/target-budget.ts';
import type { Config } from '../config/config.ts';
import { ConfigError } from '../config/config-error.ts';
import { parseConfig } from '../config/parse.ts';
import { createCrypto } from '../crypto/create-crypto.ts';
import type { Crypto } from '../crypto/crypto.ts';
import type { PrivateKey } from '../crypto/keys.ts';
import { type EndpointCounters, EndpointTally, sumCounters } from '../endpoint/counters.ts';
import { Demultiplexer } from '../endpoint/demultiplexer.ts';
import type { Endpoint } from '../endpoint/endpoint.ts';
import type { Env } from '../env/env.ts';
import { rememberInterfaces } from '../env/interfaces.ts';
import { guardLog } from '../env/guarded-log.ts';
import { createNodeEnv } from '../env/node-env.ts';
import { createNetwork } from '../network/network.ts';
import type { Network } from '../network/network.ts';
import { Failures } from '../operations/failures.ts';
import { type PacketEvent, PacketTrace } from '../operations/packet-trace.ts';
import { createPeer } from '../peer/peer.ts';
import { createTaskScope } from '../tasks/task-scope.ts';
import type { TaskScope } from '../tasks/task-scope.ts';
import type { WalkStrategy } from '../walker/strategy.ts';
import { createTicker } from '../walker/ticker.ts';
import type { Ticker } from '../walker/ticker.ts';
import { BOOTSTRAPPERS } from './bootstrappers.ts';
import { createBootstrapper } from './create-bootstrapper.ts';
import { closeParts, TASKS_TIMEOUT_MS } from './close-parts.ts';
import { COMMUNITIES } from './communities.ts';
import type { Node, NodeOptions } from './contract.ts';
import { loadKeys } from './load-keys.ts';
import { measureOverlay, type NodeMetrics } from './metrics.ts';
import { sumOutcomes } from './outcomes.ts';
import { createBudgetedEndpoint } from '../endpoint/budgeted-endpoint.ts';
import { openEndpoint } from './open-endpoint.ts';
import { createPrefix } from '../packet/header.ts';
import { createPeersFile, PEERS_FILE_INTERVAL_MS, type PeersFile } from './peers-file.ts';
import { namesNotHere, planOverlays, takenBootstrappers, takenStrategies } from './plan.ts';
import type { PlannedOverlay } from './plan.ts';
import { StartError } from './start-error.ts';
import { StopSignal } from './stop-signal.ts';
import { STRATEGIES } from './walkers.ts';

export type { Node, NodeOptions } from './contract.ts';

/**
 * A node that does nothing yet. The configuration is checked once more: it may have come from JSON,
 * unseen by a builder.
 * @throws ConfigError with everything that is wrong, communities that are not there included.
 */
export function createNode(config: Config, options: NodeOptions = {}): Node {
  const parsed = parseConfig(config);
  const known = {
    communities: { ...COMMUNITIES, ...options.extraCommunities },
    strategies: { ...options.strategies, ...STRATEGIES },
    bootstrappers: { ...options.bootstrappers, ...BOOTSTRAPPERS },
  };
  const taken = [
    ...takenStrategies(options.strategies),
    ...takenBootstrappers(options.bootstrappers),
  ];
  if (!parsed.ok || taken.length > 0) {
    const problems = parsed.ok ? [] : parsed.error;
    throw new ConfigError([...problems, ...taken, ...namesNotHere(config, known)]);
  }
  return new ConfiguredNode(parsed.value, planOverlays(parsed.value, known), options);
}

type Plan = { readonly config: Config; readonly planned: readonly PlannedOverlay[] };

class ConfiguredNode implements Node {
  readonly network: Network;
  /** Let go of when it is carried out: it may be larger than what a node holds that knows few. */
  #plan: Plan | undefined;
  /** BOUNDED by the configuration. */
  readonly #overlayNames: readonly string[];
  readonly #options: NodeOptions;
  readonly #env: Env;
  readonly #failures: Failures;
  readonly #trace: PacketTrace;
  readonly #stopSignal = new StopSignal();
  readonly #tasks: TaskScope;
  readonly #ticker: Ticker;
  readonly #demultiplexer: Demultiplexer;
  readonly #punctureBudget: TargetBudget;
  readonly #ownAddress = new OwnAddress();
  #verifyBudget: VerifyBudget | undefined;
  #endpoint: Endpoint | undefined;
  /** The endpoint after its closing too, for what it counted. */
  #counted: Endpoint | undefined;
  /** Of sockets that bootstrappers opened. */
  readonly #elsewhere = new EndpointTally();
  /** BOUNDED by the configuration. */
  #running: readonly RunningOverlay[] = [];
  /** Those that run and those that were left. BOUNDED by the configuration. */
  #joined: readonly RunningOverlay[] = [];
  /** BOUNDED by the configuration. */
  #siblings: readonly Sibling[] = [];
  #peersFile: PeersFile | undefined;
  #started: Promise<void> | undefined;
  #stopped: Promise<void> | undefined;
  #closed: Promise<void> | undefined;

  constructor(config: Config, planned: readonly PlannedOverlay[], options: NodeOptions) {
    this.#plan = { config, planned };
    this.#overlayNames = planned.map((overlay) => overlay.config.class);
    this.#options = options;
    const given = options.env ?? createNodeEnv({ logLevel: config.logger.level });
    // Each overlay asks where we are, for each request.
    const interfaces = rememberInterfaces(given.interfaces, given.clock);
    const env = { ...given, interfaces, log: guardLog(given.log) };
    const { clock, log, workers } = env;
    this.#env = env;
    this.#failures = new Failures(env);
    this.network = createNetwork({
      clock,
      onListenerError: (error) => this.#failures.report('listener', error),
    });
    this.#tasks = createTaskScope({
      clock,
      workers,
      onError: (error, task) => this.#reportTask(error, task),
      stopTimeoutMs: TASKS_TIMEOUT_MS,
    });
    this.#ticker = createTicker({
      clock,
      intervalMs: config.walkerInterval * 1_000,
      onError: (error) => this.#failures.report('walker step', error),
    });
    this.#trace = new PacketTrace(clock, (error) => this.#failures.report('packet trace', error));
    this.#demultiplexer = new Demultiplexer(log, {
      onError: (error) => this.#failures.report('receiver', error),
      trace: this.#trace,
    });
    this.#punctureBudget = new TargetBudget(clock);
  }

  get address(): Address | undefined {
    return this.#endpoint?.address;
  }

  get addresses(): readonly Address[] {
    return this.#endpoint?.addresses ?? [];
  }

  get overlays(): readonly Overlay[] {
    return this.#running.map(({ overlay }) => overlay);
  }

  get counters(): { readonly [outcome: string]: number } {
    return sumOutcomes({
      traffic: this.traffic,
      demultiplexer: this.#demultiplexer.counters,
      overlays: this.#joined.map(({ counters }) => counters),
    });
  }

  get traffic(): EndpointCounters {
    const own = this.#counted?.counters;
    return own === undefined ? this.#elsewhere : sumCounters([own, this.#elsewhere]);
  }

  statistics(): readonly OverlayStatistics[] {
    return this.#joined.map((running) => running.statistics());
  }

  metrics(): NodeMetrics {
    return {
      traffic: { ...this.traffic },
      kernelDrops: this.#counted?.kernelDrops?.(),
      demultiplexer: { ...this.#demultiplexer.counters },
      peers: this.network.peers().length,
      overlays: this.#joined.map(measureOverlay),
      failures: this.#failures.counts,
    };
  }

  overlay(name: string): Overlay | undefined {
    return this.overlays.find((overlay) => overlay.name === name);
  }

  tracePackets(listener: (event: PacketEvent) => void): () => void {
    return this.#trace.listen(listener);
  }

  addStrategy(overlay: Overlay, strategy: WalkStrategy, targetPeers: number): () => void {
    const peerCount = (): number => overlay.network.spreadCount(overlay.communityId);
    return this.#ticker.add({ strategy, overlay, peerCount, targetPeers });
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
    try {
      const signal = this.#stopSignal;
      signal.check();
      const plan = this.#plan;
      this.#plan = undefined;
      assert(plan !== undefined, 'a node is started once');
      const { config, planned } = plan;
      const { random, storage } = this.#env;
      const endpoint = await signal.guard(this.#openEndpoint(config), (late) => late.close());
      this.#endpoint = endpoint;
      this.#counted = endpoint;
      const crypto = this.#options.crypto ?? (await signal.guard(createCrypto({ random })));
      const keys = await signal.guard(loadKeys(config, crypto, storage));
      this.#verifyBudget = createVerifyBudget(this.#options.verifyPaces, this.#env, crypto);
      for (const key of keys.values()) this.network.blockPeer(createPeer(key.publicKey).id);
      this.#joinAll(planned, { endpoint, crypto }, keys);
      endpoint.onDatagram(this.#demultiplexer.receive);
      await signal.guard(this.#callStarted(planned));
      await signal.guard(this.#keepPeers(plan));
      this.#ticker.start();
      this.#logStart(endpoint);
    } catch (error) {
      await this.#close();
      throw error;
    }
  }

  async #stop(): Promise<void> {
    // A start under way gives up and closes what it opened; its error belongs to whoever started.
    await this.#started?.catch(() => undefined);
    await this.#close();
    this.#env.log.write('INFO', 'node stopped');
  }

  async #openEndpoint({ interfaces }: Config): Promise<Endpoint> {
    const endpoint = this.#options.endpoint ?? (await openEndpoint(this.#env, interfaces));
    const isProved = (address: Address): boolean => this.network.isProved(address);
    return createBudgetedEndpoint(endpoint, { clock: this.#env.clock, isProved });
  }

  #joinAll(
    planned: readonly PlannedOverlay[],
    { endpoint, crypto }: { readonly endpoint: Endpoint; readonly crypto: Crypto },
    keys: ReadonlyMap<string, PrivateKey>,
  ): void {
    for (const one of planned) {
      const { key } = one.config;
      const identity = keys.get(key);
      if (identity === undefined) {
        throw new StartError('key', `there is no key "${key}" in the configuration`);
      }
      const running = this.#join(one, { endpoint, crypto, identity });
      this.#running = [...this.#running, running];
      this.#joined = this.#running;
      const { overlay } = running;
      const { communityId, myPeer } = overlay;
      this.#siblings = [...this.#siblings, { communityId, myPeer, identity }];
      for (const { create, init, targetPeers } of one.walkers) {
        this.addStrategy(overlay, create(overlay, init), targetPeers);
      }
    }
  }

  #join(
    planned: PlannedOverlay,
    { endpoint, crypto, identity }: Pick<JoinParts, 'endpoint' | 'crypto' | 'identity'>,
  ): RunningOverlay {
    const { config, community, communityId, bootstrappers } = planned;
    const tasks = this.#tasks.child(config.class);
    let running: RunningOverlay | undefined;
    const given: BootstrapperParts = {
      env: this.#env,
      overlay: config.class,
      tasks,
      prefix: createPrefix(community.protocol.version, communityId),
      walkTo: (address) => running?.overlay.walkable.walkTo(address),
    };
    const bootstrapper = createBootstrapper(bootstrappers, given, this.#failures, this.#elsewhere);
    try {
      // Property by property, here and where other parts are handed on: V8 gives what is spread into
      // a new object a description of its own each time, which takes memory, and slows down whoever
      // reads the objects of many nodes.
      running = join({
        endpoint,
        crypto,
        identity,
        community,
        communityId,
        peersMax: planned.peersMax,
        peersPerSubnetMax: planned.peersPerSubnetMax,
        name: config.class,
        settings: config.initialize,
        env: this.#env,
        demultiplexer: this.#demultiplexer,
        network: this.network,
        tasks,
        bootstrapAddresses: () => bootstrapper.addresses(),
        bootstrapHosts: () => bootstrapper.hosts,
        trackerAddresses: () => bootstrapper.trackers,
        punctureBudget: this.#punctureBudget,
        verifyBudget: this.#verifyBudget,
        ownAddress: this.#ownAddress,
        failures: this.#failures,
        trace: this.#trace,
        siblings: () => this.#siblings,
      });
      return running;
    } catch (error) {
      const reason = printThrown(error);
      throw new StartError('overlay', `overlay ${config.class} was not made: ${reason}`, error);
    }
  }

  /**
   * Calls the hooks that the configuration names; an overlay whose hook fails reports it and runs
   * on.
   */
  async #callStarted(planned: readonly PlannedOverlay[]): Promise<void> {
    const hooks = this.#running.map(async (running, at) => {
      for (const hook of planned[at]?.config.onStart ?? []) {
        // The plan knows no other hook than `started`.
        const [, ...values] = typeof hook === 'string' ? [hook] : hook;
        await running.started(...values);
      }
    });
    await Promise.all(hooks);
  }

  /** From the last run to this one, and from this one to the next. */
  async #keepPeers({ config, planned }: Plan): Promise<void> {
    const { network } = this;
    const file = createPeersFile({ config, network, env: this.#env });
    if (file === undefined) return;
    await file.load(planned.map(({ communityId }) => communityId));
    this.#peersFile = file;
    const timing = { intervalMs: PEERS_FILE_INTERVAL_MS, delayMs: PEERS_FILE_INTERVAL_MS };
    this.#tasks.repeat('keep known peers', timing, () => file.save());
  }

  #close(): Promise<void> {
    this.#closed ??= this.#closeAll();
    return this.#closed;
  }

  async #closeAll(): Promise<void> {
    // Whoever given endpoints belonged to, they are ours to close.
    const endpoint = this.#endpoint ?? this.#options.endpoint;
    const { clock, log } = this.#env;
    await closeParts(
      {
        ticker: this.#ticker,
        running: this.#running,
        tasks: this.#tasks,
        endpoint,
        saving: this.#peersFile?.save(),
      },
      { clock, log, failures: this.#failures },
    );
    this.#running = [];
    this.#endpoint = undefined;
  }

  #logStart(endpoint: Endpoint): void {
    const address = endpoint.address === undefined ? undefined : printAddress(endpoint.address);
    const overlays = this.#running.map(({ overlay }) => overlay.name).join(', ');
    this.#env.log.write('INFO', 'node started', { address, overlays });
  }

  /** Tasks of an overlay are named `overlay/task`; others have no overlay. */
  #reportTask(error: unknown, task: string): void {
    const overlay = this.#overlayNames.find((name) => task.startsWith(`${name}/`));
    const where = overlay === undefined ? {} : { overlay };
    this.#failures.report('task', error, { ...where, task });
  }
}

function createVerifyBudget(
  paces: NodeOptions['verifyPaces'],
  { clock }: Env,
  { provider }: Crypto,
): VerifyBudget | undefined {
  if (paces === 'off') return undefined;
  return new VerifyBudget({ clock, provider, paces: { ...VERIFY_PACES, ...paces } });
}
