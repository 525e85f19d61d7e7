/** One community of a tracker: an overlay that introduces and takes part in nothing. */
import type { Address } from '../address/address.ts';
import type { VerifyBudget } from '../budget/verify-budget.ts';
import { join } from '../community/join.ts';
import type { RunningOverlay } from '../community/join-parts.ts';
import type { OwnAddress } from '../community/own-address.ts';
import type { TargetBudget } from '../community/target-budget.ts';
import type { Crypto } from '../crypto/crypto.ts';
import type { PrivateKey } from '../crypto/keys.ts';
import type { Receiver } from '../endpoint/demultiplexer.ts';
import type { Endpoint } from '../endpoint/endpoint.ts';
import type { Env } from '../env/env.ts';
import { sample } from '../env/random.ts';
import { SILENCE_BEFORE_EVICTION_MS } from '../network/limits.ts';
import { createNetwork, type Network } from '../network/network.ts';
import type { Failures } from '../operations/failures.ts';
import type { PacketTrace } from '../operations/packet-trace.ts';
import type { Peer } from '../peer/peer.ts';
import type { TaskScope } from '../tasks/task-scope.ts';
import {
  ADDRESSES_PER_COMMUNITY_MAX,
  CHURN_INTERVAL_MS,
  PEERS_PER_COMMUNITY_MAX,
  PING_TIMEOUT_MS,
  PINGS_PER_ROUND_MAX,
  SILENCE_BEFORE_PING_MS,
} from './limits.ts';

/** What all communities of a tracker share. */
export type SharedParts = {
  readonly env: Pick<Env, 'clock' | 'random' | 'log'>;
  readonly identity: PrivateKey;
  readonly crypto: Crypto;
  /** For who answered in a community. */
  readonly endpoint: Endpoint;
  /** The same one, for everybody else: it sends no more than belongs to a stranger. */
  readonly budgeted: Endpoint;
  readonly verifyBudget: VerifyBudget;
  readonly punctureBudget: TargetBudget;
  readonly pingBudget: TargetBudget;
  readonly ownAddress: OwnAddress;
  readonly failures: Failures;
  readonly trace: PacketTrace;
};

/** Whatever a community says besides introductions is not for trackers. */
const NOTHING = {
  protocol: { name: 'Tracked', communityId: undefined, version: 2, messages: {} },
  create: () => ({ handlers: {} }),
} as const;

export class TrackedCommunity {
  readonly id: string;
  readonly network: Network;
  readonly #parts: SharedParts;
  readonly #running: RunningOverlay;
  readonly #tasks: TaskScope;
  #receive: Receiver = () => 'unknown-prefix';

  /** `id` is 40 hexadecimal digits. `onEmpty` is called when the last peer was let go. */
  constructor(id: string, parts: SharedParts, tasks: TaskScope, onEmpty: () => void) {
    this.id = id;
    this.#parts = parts;
    this.#tasks = tasks;
    this.network = createNetwork({
      clock: parts.env.clock,
      limits: {
        peersMax: PEERS_PER_COMMUNITY_MAX,
        servicesPerPeerMax: 1,
        addressesMax: ADDRESSES_PER_COMMUNITY_MAX,
      },
    });
    const { endpoint, budgeted } = parts;
    this.#running = join({
      ...parts,
      endpoint: {
        get addresses() {
          return endpoint.addresses;
        },
        // Asked here and not in the budget, which knows of no community: there may be a thousand.
        send: (bytes, to) => (this.network.isProved(to) ? endpoint : budgeted).send(bytes, to),
      },
      community: NOTHING,
      // One for all: what is kept by this name must not grow with what strangers ask for.
      name: 'tracker',
      communityId: id,
      network: this.network,
      tasks,
      demultiplexer: {
        add: (_, receive) => {
          this.#receive = receive;
          return () => {
            this.#receive = () => 'unknown-prefix';
          };
        },
      },
      // Nobody is refused: the network has its own rule for who leaves.
      peersMax: -1,
      questionBudget: parts.pingBudget,
      lanAddressesMax: PEERS_PER_COMMUNITY_MAX,
      // It refuses newcomers (py-ipv8 3.2 ipv8/community.py:352), so there is no use in sending any.
      onFullPeer: (peer) => this.network.removePeer(peer),
    });
    tasks.repeat('churn', { intervalMs: CHURN_INTERVAL_MS }, () => {
      this.#churn();
      if (this.peers.length === 0) onEmpty();
    });
  }

  /** Takes a datagram that carries the community's prefix, and says what became of it. */
  receive(datagram: Uint8Array, from: Address): string {
    return this.#receive(datagram, from);
  }

  get peers(): readonly Peer[] {
    return this.network.peers();
  }

  get counters(): RunningOverlay['counters'] {
    return this.#running.counters;
  }

  /** True when somebody here answered us, and so is where it says. */
  get isProved(): boolean {
    return this.peers.some((peer) => this.#isProved(peer));
  }

  /** Asks the first one who came whether it is there. */
  pingFounder(): void {
    const [founder] = this.peers;
    if (founder !== undefined) this.#ping(founder);
  }

  async leave(): Promise<void> {
    await this.#running.leave();
  }

  /** Forgets who was silent for long, and pings some of those who may have left. */
  #churn(): void {
    const { clock, random } = this.#parts.env;
    const silence = (peer: Peer): number => clock.now() - (this.network.lastHeard(peer) ?? 0);
    const gone = this.peers.filter((peer) => silence(peer) >= SILENCE_BEFORE_EVICTION_MS);
    for (const peer of gone) this.network.removePeer(peer);
    const doubtful = this.peers.filter(
      (peer) => silence(peer) >= SILENCE_BEFORE_PING_MS || !this.#isProved(peer),
    );
    for (const peer of sample(random, doubtful, PINGS_PER_ROUND_MAX)) this.#ping(peer);
  }

  /** A peer that does not answer in time is forgotten. */
  #ping(peer: Peer): void {
    const address = this.network.addressOf(peer);
    // Anybody can found communities, but not answer for others in them.
    const asker = { name: this.id, isProved: this.isProved };
    if (address === undefined || !this.#parts.pingBudget.take(address, asker)) return;
    const askedAt = this.#parts.env.clock.now();
    this.#running.overlay.walkable.requestIntroduction(peer);
    this.#tasks.runAnonymous(
      'ping',
      () => {
        // Whoever was not proved before and is not now asked again, but did not answer.
        const isSilent = (this.network.lastHeard(peer) ?? 0) < askedAt || !this.#isProved(peer);
        if (isSilent) this.network.removePeer(peer);
      },
      { delayMs: PING_TIMEOUT_MS },
    );
  }

  #isProved(peer: Peer): boolean {
    const address = this.network.addressOf(peer);
    return address !== undefined && this.network.isProved(address);
  }
}
