/** The wires between the hosts of a world, and the sockets on them. */
import type { Address } from '../address/address.ts';
import { isLoopback, isUnspecified } from '../address/ranges.ts';
import { printAddress } from '../address/text.ts';
import { NetworkError } from '../base/network-error.ts';
import { fail, ok, type Result } from '../base/result.ts';
import type { DatagramCallbacks, DatagramSocket, Datagrams } from '../env/datagrams.ts';
import type { Random } from '../env/random.ts';
import type { EventQueue } from './event-queue.ts';
import { drawDelayUs, LOOPBACK_LINK, type Link } from './link.ts';
import type { Trace, TraceEvent } from './trace.ts';

/** The parts of a world that its network is made of. */
export type SimulatedNetworkParts = {
  readonly events: EventQueue;
  readonly trace: Trace;
  readonly random: Random;
  readonly nowUs: () => number;
  /** The link from one host to another, by their addresses; asked for every datagram. */
  readonly linkBetween: (from: string, to: string) => Link;
};

/** UDP carries no more (RFC 768 over IPv4). */
const DATAGRAM_BYTES_MAX = 65_507;

/** The ports that a system chooses from (RFC 6335 §6). */
const FIRST_FREE_PORT = 49_152;

const PORT_MAX = 65_535;

type Socket = {
  readonly host: string;
  readonly address: Address;
  readonly callbacks: DatagramCallbacks;
  readonly isUnspecified: boolean;
  isOpen: boolean;
};

type Place = { readonly atUs: number; readonly from: Address; readonly to: Address };

export class SimulatedNetwork {
  readonly #parts: SimulatedNetworkParts;
  /**
   * Open sockets by host and port. Several on one port are bound to different addresses of the
   * host.
   */
  readonly #sockets = new Map<string, Socket[]>();

  constructor(parts: SimulatedNetworkParts) {
    this.#parts = parts;
  }

  /**
   * The sockets of the host whose one address is `host`; it is also at loopback, and at the
   * unspecified address.
   */
  datagrams(host: Address): Datagrams {
    return {
      bind: async (at, callbacks) => this.#bind(host, at, callbacks),
    };
  }

  #bind(
    host: Address,
    at: Address,
    callbacks: DatagramCallbacks,
  ): Result<DatagramSocket, NetworkError> {
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
    const key = keyOf(host.host, port);
    this.#sockets.set(key, [...(this.#sockets.get(key) ?? []), socket]);
    this.#note('bind', this.#placeOf(socket));
    return ok({
      address: socket.address,
      send: (bytes, to) => this.#send(socket, bytes, to),
      close: async () => this.#close(socket),
    });
  }

  #freePort(host: Address, at: Address): number | undefined {
    for (let port = FIRST_FREE_PORT; port <= PORT_MAX; port++) {
      if (!this.#conflicts(host, { ...at, port })) return port;
    }
    return undefined;
  }

  #conflicts(host: Address, at: Address): boolean {
    const others = this.#sockets.get(keyOf(host.host, at.port)) ?? [];
    const isAnywhere = isUnspecified(at);
    return others.some((other) => {
      return isAnywhere || other.isUnspecified || other.address.host === at.host;
    });
  }

  #close(socket: Socket): void {
    if (!socket.isOpen) return;
    socket.isOpen = false;
    const key = keyOf(socket.host, socket.address.port);
    const others = (this.#sockets.get(key) ?? []).filter((other) => other !== socket);
    if (others.length === 0) this.#sockets.delete(key);
    else this.#sockets.set(key, others);
    this.#note('close', this.#placeOf(socket));
  }

  #send(socket: Socket, given: Uint8Array, to: Address): void {
    const problem = whyNot(socket, given, to);
    if (problem !== undefined) return socket.callbacks.onError(problem);
    // The sender may use its memory again.
    const bytes = given.slice();
    const { events, random, linkBetween, nowUs } = this.#parts;
    const isLocal = isLoopback(to) || to.host === socket.host;
    const from = sourceOf(socket, to);
    const hostThere = isLoopback(to) ? socket.host : to.host;
    this.#note('send', { atUs: nowUs(), from, to }, bytes);
    const link = isLocal ? LOOPBACK_LINK : linkBetween(socket.host, hostThere);
    const delayUs = drawDelayUs(link, random);
    if (delayUs === undefined) return this.#note('lose', { atUs: nowUs(), from, to }, bytes);
    events.add(nowUs() + delayUs, () =>
      this.#deliver(hostThere, { atUs: nowUs(), from, to }, bytes),
    );
  }

  #deliver(host: string, place: Place, bytes: Uint8Array): void {
    const { to, from } = place;
    const there = this.#sockets.get(keyOf(host, to.port)) ?? [];
    const exact = there.find(({ address }) => address.host === to.host);
    const socket = exact ?? there.find((each) => each.isUnspecified);
    if (socket === undefined) return this.#note('refuse', place, bytes);
    this.#note('deliver', place, bytes);
    // A copy: what the receiver does with its bytes must not change the trace.
    socket.callbacks.onDatagram(bytes.slice(), from);
  }

  #placeOf(socket: Socket): Place {
    const from = socket.isUnspecified ? { ...socket.address, host: socket.host } : socket.address;
    return { atUs: this.#parts.nowUs(), from, to: from };
  }

  #note(event: TraceEvent, place: Place, bytes: Uint8Array = new Uint8Array(0)): void {
    this.#parts.trace.add({ event, bytes, ...place });
  }
}

function whyNot(socket: Socket, bytes: Uint8Array, to: Address): NetworkError | undefined {
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

/** Where a datagram comes from, as its receiver sees it. */
function sourceOf(socket: Socket, to: Address): Address {
  if (!socket.isUnspecified) return socket.address;
  return { ...socket.address, host: isLoopback(to) ? to.host : socket.host };
}

function keyOf(host: string, port: number): string {
  return `${host} ${port}`;
}
