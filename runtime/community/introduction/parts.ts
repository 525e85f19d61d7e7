/** What introducing peers to each other is made of. */
import { type Address, equalAddress } from '../../address/address.ts';
import type { Clock } from '../../env/clock.ts';
import type { Log } from '../../env/log.ts';
import type { Random } from '../../env/random.ts';
import type { Network } from '../../network/network.ts';
import type { Peer } from '../../peer/peer.ts';
import type { GlobalTime } from '../global-time.ts';
import type { OwnPlaces } from '../own-places.ts';
import type { TargetBudget } from '../target-budget.ts';
import type { Outgoing } from './styles.ts';

export type IntroductionParts = {
  /** The overlay's name, for the log. */
  readonly name: string;
  /** The community id: 40 hexadecimal digits. */
  readonly service: string;
  /** Requests are dropped while we have more peers than this; −1 means never. */
  readonly peersMax: number;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly network: Network;
  readonly globalTime: GlobalTime;
  readonly own: OwnPlaces;
  readonly punctureBudget: TargetBudget;
  /** Addresses to begin with; none while those given last still have time to answer. */
  readonly bootstrapAddresses: () => readonly Address[];
  /** All of them, whenever they were given. */
  readonly bootstrapHosts: () => readonly Address[];
  /** Addresses that introduce but take part in nothing: never peers, never introduced. */
  readonly trackerAddresses: () => readonly Address[];
  /** For questions at addresses where peers that we know elsewhere claim to be. */
  readonly questionBudget: TargetBudget;
  /** Peers whose address in their own network is remembered. */
  readonly lanAddressesMax: number;
  /** Hears of peers that answered that they take no more newcomers. */
  readonly onFullPeer: (peer: Peer) => void;
  /** Seals and sends; whether it left does not matter here. */
  readonly send: (to: Address, message: Outgoing, globalTime: bigint) => void;
};

/** Where a signed message came from and whose it is. */
export type From = { readonly peer: Peer; readonly from: Address };

/** True when one of our trackers is at the address. */
export function isTracker({ trackerAddresses }: IntroductionParts, address: Address): boolean {
  return trackerAddresses().some((tracker) => equalAddress(tracker, address));
}
