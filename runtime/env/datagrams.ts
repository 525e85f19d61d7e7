import type { Address } from '../address/address.ts';
import type { NetworkError } from '../base/network-error.ts';
import type { Result } from '../base/result.ts';

/** An open socket. */
export type DatagramSocket = {
  /** Where it is bound, with the real port. */
  readonly address: Address;
  /**
   * Hands the datagram to the network. Errors that come back later go to `onError`; nothing is
   * thrown.
   */
  send(bytes: Uint8Array, to: Address): void;
  /**
   * Datagrams that the system dropped before we could read them, so far; undefined where it does not
   * tell, and when the socket is closed.
   */
  kernelDrops?(): number | undefined;
  /** Resolves when the socket is gone; no callback comes after that. */
  close(): Promise<void>;
};

export type DatagramCallbacks = {
  /** `bytes` is the callee's to keep. */
  onDatagram(bytes: Uint8Array, from: Address): void;
  /** The network refused something (unreachable, no buffers, …); the socket lives on. */
  onError(error: NetworkError): void;
};

export type BindOptions = {
  /** The socket may send to 255.255.255.255: to all on the local network. */
  readonly mayBroadcast?: boolean;
};

export type Datagrams = {
  /**
   * Binds a UDP socket to exactly this address; port 0 lets the system choose. Fails with code
   * `port-taken` or `refused`.
   */
  bind(
    at: Address,
    callbacks: DatagramCallbacks,
    options?: BindOptions,
  ): Promise<Result<DatagramSocket, NetworkError>>;
};
