/** What an overlay is put together from, and what it is then. */
import type { Address } from '../address/address.ts';
import { assert } from '../base/assert.ts';
import type { VerifyBudget } from '../budget/verify-budget.ts';
import type { Crypto } from '../crypto/crypto.ts';
import type { PrivateKey } from '../crypto/keys.ts';
import type { Demultiplexer } from '../endpoint/demultiplexer.ts';
import type { Endpoint } from '../endpoint/endpoint.ts';
import type { Env } from '../env/env.ts';
import type { Network } from '../network/network.ts';
import type { Failures } from '../operations/failures.ts';
import type { PacketTrace } from '../operations/packet-trace.ts';
import type { Peer } from '../peer/peer.ts';
import type { TaskScope } from '../tasks/task-scope.ts';
import type { AnyCommunity } from './any-community.ts';
import type { Counters } from './counters.ts';
import type { Overlay, OwnOverlay } from './overlay.ts';
import type { OwnAddress } from './own-address.ts';
import type { HandlerFailure } from './router.ts';
import type { OverlayStatistics } from './statistics.ts';
import type { TargetBudget } from './target-budget.ts';

/** What an overlay is put together from. */
export type JoinParts = {
  readonly community: AnyCommunity;
  /** For the log, and for people. */
  readonly name: string;
  /** 40 hexadecimal digits; for protocols whose id is `= dynamic`, and refused for others. */
  readonly communityId?: string | undefined;
  readonly identity: PrivateKey;
  readonly crypto: Crypto;
  readonly env: Pick<Env, 'clock' | 'random' | 'log'> & Partial<Pick<Env, 'interfaces'>>;
  readonly endpoint: Pick<Endpoint, 'addresses' | 'send'>;
  readonly demultiplexer: Pick<Demultiplexer, 'add'>;
  readonly network: Network;
  /** The overlay's own scope: it is stopped when the overlay is left. */
  readonly tasks: TaskScope;
  /**
   * Requests of newcomers are dropped while there are more peers than this; −1 means never. The
   * reference has 30.
   */
  readonly peersMax: number;
  /**
   * Peers of one network (a /24 of IPv4, a /64 of IPv6); −1 for any number. When left out, a tenth
   * of the peers once there are more than twenty, as `PEERS_PER_SUBNET_MAX` says.
   */
  readonly peersPerSubnetMax?: number | undefined;
  /** Handed to the community as they are. */
  readonly settings?: Readonly<Record<string, unknown>> | undefined;
  /** Addresses to begin with; none while those given last still have time to answer. */
  readonly bootstrapAddresses?: (() => readonly Address[]) | undefined;
  /** All of them, whenever they were given: one is asked now and then while there are peers. */
  readonly bootstrapHosts?: (() => readonly Address[]) | undefined;
  /** Addresses that introduce but take part in nothing: never peers, never introduced. */
  readonly trackerAddresses?: (() => readonly Address[]) | undefined;
  /**
   * Shared by the overlays of a node, so that its limit holds for the node; the overlay's own when
   * left out.
   */
  readonly punctureBudget?: TargetBudget | undefined;
  /**
   * For questions at addresses where peers that we know elsewhere claim to be; the overlay's own when
   * left out.
   */
  readonly questionBudget?: TargetBudget | undefined;
  /** Peers whose address in their own network is remembered; 1,000 when left out. */
  readonly lanAddressesMax?: number | undefined;
  /** Hears of peers that answered that they take no more newcomers. */
  readonly onFullPeer?: ((peer: Peer) => void) | undefined;
  /**
   * What others say our address is; shared by the overlays of a node, the overlay's own when left
   * out.
   */
  readonly ownAddress?: OwnAddress | undefined;
  /** Shared by the overlays of a node; the overlay's own when left out. */
  readonly failures?: Failures | undefined;
  /** Hears what becomes of each datagram; shared by the overlays of a node. */
  readonly trace?: PacketTrace | undefined;
  /** Shared by the overlays of a node, as the core is; every signature is checked when left out. */
  readonly verifyBudget?: VerifyBudget | undefined;
  /** The node's overlays, this one among them; this one alone when left out. */
  readonly siblings?: (() => readonly Sibling[]) | undefined;
  /** Hears of every handler, and every `started` or `stopped`, that failed. Must not throw. */
  readonly onHandlerError?: ((error: unknown, where: HandlerFailure) => void) | undefined;
};

/** An overlay of the node, and the key it signs with. */
export type Sibling = OwnOverlay & { readonly identity: PrivateKey };

/** An overlay that receives. */
export type RunningOverlay = {
  readonly overlay: Overlay;
  /** One count for each datagram that carried the overlay's prefix. */
  readonly counters: Counters;
  /** Questions of ours that wait for their answer. */
  readonly openRequests: number;
  /** What it sent and received so far, by message; it stays when the overlay was left. */
  statistics(): OverlayStatistics;
  /** Calls the behaviour's `started`; what it throws is reported, and the overlay runs on. */
  started(...values: readonly unknown[]): Promise<void>;
  /**
   * Calls `stopped`, stops receiving and ends all tasks. Calling it again gives the same promise.
   */
  leave(): Promise<void>;
};

/** The protocol's id, or the one that is given where it leaves that to the start. */
export function communityIdOf({ community, communityId, name }: JoinParts): string {
  const { communityId: declared } = community.protocol;
  const id = declared ?? communityId;
  assert(id !== undefined, `overlay ${name} needs a community id: its protocol has none`);
  const isSame = communityId === undefined || communityId.toLowerCase() === id.toLowerCase();
  assert(isSame, `overlay ${name} cannot have another community id than its protocol's`);
  return id.toLowerCase();
}
