/** The sockets of a world's hosts: which are open, and which of them a datagram is for. */
import type { Address } from '../address/address.ts';
import { isBroadcast, isLoopback, isUnspecified, subnetOf } from '../address/ranges.ts';
import { createAddress, printAddress } from '../address/text.ts';
import { NetworkError } from '../base/network-error.ts';
import { fail, ok, type Result } from '../base/result.ts';
import type { BindOptions, DatagramCallbacks } from '../env/datagrams.ts';

/** UDP carries no more (RFC 768 over IPv4). */
const DATAGRAM_BYTES_MAX = 65_507;

/** The ports that a system chooses from (RFC 6335 §6). */
const FIRST_FREE_PORT = 49_152;

const PORT_MAX = 65_535;

/** Those of one machine. */
export type Addresses = readonly [Address, ...Address[]];

/** A socket as the network sees it. */
export type Socket = {
  /** The first address of the machine. */
  readonly machine: string;
  /** The machine's address of the socket's family. */
  readonly own: string;
  /** Where others see it: of a socket that is bound to the whole family, at that address. */
  readonly seen: Address;
  readonly address: Address;
  readonly callbacks: DatagramCallbacks;
  readonly isUnspecified: boolean;
  readonly mayBroadcast: boolean;
  isOpen: boolean;
};

export class Sockets {
  /** By machine and port. Several on one port are bound to different addresses of the machine. */
  readonly #open = new Map<string, Map<number, readonly Socket[]>>();

  /**
   * Opens a socket on the machine with these addresses; of their families, it is also at loopback,
   * and at the unspecified address.
   */
  open(
    addresses: Addresses,
    at: Address,
    callbacks: DatagramCallbacks,
    { mayBroadcast = false }: BindOptions = {},
  ): Result<Socket, NetworkError> {
    const machine = addresses[0].host;
    const family = addresses.filter(({ kind }) => kind === at.kind);
    const own = family.find(({ host }) => host === at.host) ?? family[0];
    const isOwn = own?.host === at.host || isLoopback(at) || isUnspecified(at);
    if (own === undefined || !isOwn) {
      const message = `cannot bind to ${printAddress(at)}: ${machine} has no such address`;
      return fail(new NetworkError('refused', message));
    }
    const port = at.port === 0 ? this.#freePort(machine, at) : at.port;
    if (port === undefined || this.#conflicts(machine, { ...at, port })) {
      const message = `cannot bind to ${printAddress(at)} of ${machine}: address already in use`;
      return fail(new NetworkError('port-taken', message));
    }
    const socket: Socket = {
      machine,
      own: own.host,
      seen: createAddress(isUnspecified(at) ? own.host : at.host, port),
      address: createAddress(at.host, port),
      callbacks,
      isUnspecified: isUnspecified(at),
      mayBroadcast,
      isOpen: true,
    };
    const ports = this.#open.get(machine) ?? new Map<number, readonly Socket[]>();
    this.#open.set(machine, ports);
    ports.set(port, [...(ports.get(port) ?? []), socket]);
    return ok(socket);
  }

  close(socket: Socket): void {
    socket.isOpen = false;
    const ports = this.#open.get(socket.machine);
    const { port } = socket.address;
    const others = (ports?.get(port) ?? []).filter((other) => other !== socket);
    if (others.length === 0) ports?.delete(port);
    else ports?.set(port, others);
    if (ports?.size === 0) this.#open.delete(socket.machine);
  }

  /** All that are open on a machine. */
  of(machine: string): readonly Socket[] {
    return [...(this.#open.get(machine)?.values() ?? [])].flat();
  }

  /** The addresses of other machines where a socket gets what is sent to all on its wire at `port`. */
  near(sender: Socket, port: number): readonly string[] {
    const wire = subnetOf(createAddress(sender.own, 0));
    const found: string[] = [];
    for (const [machine, ports] of this.#open) {
      if (machine === sender.machine) continue;
      for (const { isUnspecified: isAnywhere, address, own } of ports.get(port) ?? []) {
        const isThere = isAnywhere && address.kind === sender.address.kind;
        if (isThere && subnetOf(createAddress(own, 0)) === wire) found.push(own);
      }
    }
    return found;
  }

  /** Which socket of the machine gets what is sent to `to`. */
  at(machine: string, to: Address): Socket | undefined {
    const there = this.#open.get(machine)?.get(to.port) ?? [];
    return (
      there.find(({ address }) => address.host === to.host) ??
      there.find(({ address, isUnspecified: isAnywhere }) => {
        return isAnywhere && address.kind === to.kind;
      })
    );
  }

  #freePort(machine: string, at: Address): number | undefined {
    for (let port = FIRST_FREE_PORT; port <= PORT_MAX; port++) {
      if (!this.#conflicts(machine, { ...at, port })) return port;
    }
    return undefined;
  }

  /** Sockets of IPv6 are for IPv6 alone, so the families have their ports apart. */
  #conflicts(machine: string, at: Address): boolean {
    const there = this.#open.get(machine)?.get(at.port) ?? [];
    const others = there.filter(({ address }) => address.kind === at.kind);
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
  if (isBroadcast(to) && !socket.mayBroadcast) {
    return new NetworkError('refused', 'the socket may not broadcast');
  }
  if (bytes.length > DATAGRAM_BYTES_MAX) {
    const message = `${bytes.length} bytes: a datagram carries ${DATAGRAM_BYTES_MAX}`;
    return new NetworkError('too-large', message);
  }
  return undefined;
}

/** Where a datagram comes from, as the next hop sees it. */
export function sourceOf(socket: Socket, to: Address): Address {
  return socket.isUnspecified && isLoopback(to)
    ? { ...socket.address, host: to.host }
    : socket.seen;
}
