/** What overlays send through and receive from: one open socket, or several as one. */
import type { Address } from '../address/address.ts';
import type { NetworkError } from '../base/network-error.ts';
import type { Result } from '../base/result.ts';
import type { EndpointCounters } from './counters.ts';

export type Endpoint = {
  /** Where we are bound, by IPv4 when by both; undefined while closed. */
  readonly address: Address | undefined;
  /** Where each of its sockets is bound; none while closed. */
  readonly addresses: readonly Address[];
  /** What came in and what left so far; they stay when the endpoint is closed. */
  readonly counters: EndpointCounters;
  /**
   * Datagrams that the system dropped before we could read them: they are not among those received.
   * Undefined where the system does not tell.
   */
  kernelDrops?(): number | undefined;
  /**
   * Hands the datagram on, or says why not (closed, too large for its path, port 0). Never throws.
   */
  send(bytes: Uint8Array, to: Address): Result<undefined, NetworkError>;
  /** The one receiver of what comes in. */
  onDatagram(receive: (bytes: Uint8Array, from: Address) => void): void;
  close(): Promise<void>;
};
