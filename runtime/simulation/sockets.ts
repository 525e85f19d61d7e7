/** The sockets of a world's hosts: which are open, and which of them a datagram is for. */
import type { Address } from '../address/address.ts';
import { isLoopback, isUnspecified } from '../address/ranges.ts';
import { printAddress } from '../address/text.ts';
import { NetworkError } from '../base/network-error.ts';
import { fail, ok, type Result } from '../base/result.ts';
import type { DatagramCallbacks } from '../env/datagrams.ts';

/** UDP carries no more (RFC 768 over IPv4). */
const DATAGRAM_BYTES_MAX = 65_507;

/** The ports that a system chooses from (RFC 6335 §6). */
const FIRST_FREE_PORT = 49_152;

const PORT_MAX = 65_535;

/** A socket as the network sees it. */
export type Socket = {
  readonly host: string;
  readonly address: Address;
  readonly callbacks: DatagramCallbacks;
  readonly isUnspecified: boolean;
  isOpen: boolean;
};

export class Sockets {
  /** By host and port. Several on one port are bound to different addresses of the host. */
  readonly #open = new Map<string, Map<number, readonly Socket[]>>();

  /**
   * Opens a socket on the host whose one address is `host`; it is also at loopback, and at the
   * unspecified address.
   */
  open(host: Address, at: Address, callbacks: DatagramCallbacks): Result<Socket, NetworkError> {
    const isOwn = at.host === host.host || isLoopback(at) || isUnspecified(at);
    if (at.kind !== host.kind || !isOwn) {
      const message = `cannot bind to ${printAddress(at)}: ${host.host} has no such address`;
      return fail(new NetworkError('refused', message));
    }
    const port = at.port === 0 ? this.#freePort(host, at) : at.port;
    if (port === undefined || this.#conflicts(host, { ...at, port })) {
      const message = `cannot bind to ${printAddress(at)} of ${host.host}: address already in use`;
      return fail(new NetworkError('port-taken', message));
    }
    const socket: Socket = {
      host: host.host,
      address: { ...at, port },
      callbacks,
      isUnspecified: isUnspecified(at),
      isOpen: true,
    };
    const ports = this.#open.get(host.host) ?? new Map<number, readonly Socket[]>();
    this.#open.set(host.host, ports);
    ports.set(port, [...(ports.get(port) ?? []), socket]);
    return ok(socket);
  }

  close(socket: Socket): void {
    socket.isOpen = false;
    const ports = this.#open.get(socket.host);
    const { port } = socket.address;
    const others = (ports?.get(port) ?? []).filter((other) => other !== socket);
    if (others.length === 0) ports?.delete(port);
    else ports?.set(port, others);
    if (ports?.size === 0) this.#open.delete(socket.host);
  }

  /** All that are open on a host. */
  of(host: string): readonly Socket[] {
    return [...(this.#open.get(host)?.values() ?? [])].flat();
  }

  /** Which socket of the host gets what is sent to `to`. */
  at(host: string, to: Address): Socket | undefined {
    const there = this.#open.get(host)?.get(to.port) ?? [];
    return (
      there.find(({ address }) => address.host === to.host) ??
      there.find((each) => each.isUnspecified)
    );
  }

  #freePort(host: Address, at: Address): number | undefined {
    for (let port = FIRST_FREE_PORT; port <= PORT_MAX; port++) {
      if (!this.#conflicts(host, { ...at, port })) return port;
    }
    return undefined;
  }

  #conflicts(host: Address, at: Address): boolean {
    const others = this.#open.get(host.host)?.get(at.port) ?? [];
    const isAnywhere = isUnspecified(at);
    return others.some((other) => {
      return isAnywhere || other.isUnspecified || other.address.host === at.host;
    });
  }
}

/** Why a socket cannot send that, as a real one says. */
export function whyNotSent(
  socket: Socket,
  bytes: Uint8Array,
  to: Address,
): NetworkError | undefined {
  if (!socket.isOpen) return new NetworkError('closed', 'the socket is closed');
  if (to.kind !== socket.address.kind || isUnspecified(to)) {
    return new NetworkError('refused', `cannot send to ${printAddress(to)}`);
  }
  if (!(to.port >= 1 && to.port <= PORT_MAX)) {
    return new NetworkError('refused', `nobody can be at port ${to.port} (${to.host})`);
  }
  if (bytes.length > DATAGRAM_BYTES_MAX) {
    const message = `${bytes.length} bytes: a datagram carries ${DATAGRAM_BYTES_MAX}`;
    return new NetworkError('too-large', message);
  }
  return undefined;
}

/** Where a datagram comes from, as the next hop sees it. */
export function sourceOf(socket: Socket, to: Address): Address {
  if (!socket.isUnspecified) return socket.address;
  return { ...socket.address, host: isLoopback(to) ? to.host : socket.host };
}
