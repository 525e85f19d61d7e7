/** The wires between the hosts of a world, and what happens to datagrams on them. */
import type { Address } from '../address/address.ts';
import { isBroadcast, isLoopback } from '../address/ranges.ts';
import { NetworkError } from '../base/network-error.ts';
import { fail, ok, type Result } from '../base/result.ts';
import type {
  BindOptions,
  DatagramCallbacks,
  DatagramSocket,
  Datagrams,
} from '../env/datagrams.ts';
import type { Random } from '../env/random.ts';
import type { EventQueue } from './event-queue.ts';
import { Boxes, type NatOptions, type Realm } from './boxes.ts';
import { Faults } from './faults.ts';
import type { Life } from './host.ts';
import {
  checkLink,
  drawDelayUs,
  fits,
  flipBit,
  happens,
  LOOPBACK_LINK,
  type Link,
} from './link.ts';
import type { NatBox } from './nat.ts';
import { type Addresses, type Socket, Sockets, sourceOf, whyNotSent } from './sockets.ts';
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

/** A datagram on its way: as its sender, or the box in front of it, sent it. */
type Travelling = {
  /** The sender's own address, behind whatever box. */
  readonly host: string;
  readonly from: Address;
  readonly to: Address;
  readonly bytes: Uint8Array;
  /** The network in which `to` is looked for. */
  readonly realm: Realm;
};

const NO_BYTES = new Uint8Array(0);

export class SimulatedNetwork {
  readonly faults = new Faults();
  readonly #parts: SimulatedNetworkParts;
  readonly #sockets = new Sockets();
  readonly #boxes = new Boxes();
  /** The machine at each of its addresses but the first, by which it goes. */
  readonly #machineAt = new Map<string, string>();
  #underWay = 0;
  /** The last one: nearly always it is the next one too. */
  #checkedLink: Link | undefined;

  constructor(parts: SimulatedNetworkParts) {
    this.#parts = parts;
  }

  /** Datagrams that will arrive, or fail to; those that a clog holds are none of them. */
  get underWay(): number {
    return this.#underWay;
  }

  /** The sockets of one life of the machine with these addresses. */
  datagrams(addresses: Addresses, life: Life): Datagrams {
    const [first, ...others] = addresses;
    for (const { host } of others) this.#machineAt.set(host, first.host);
    return {
      bind: async (at, callbacks, options) =>
        this.#bind({ addresses, life }, at, callbacks, options),
    };
  }

  /** Puts a box in front of hosts; gives it. */
  addNat(options: NatOptions): NatBox {
    return this.#boxes.add(options);
  }

  /** The sockets of the machine with this first address are gone; nobody is told. */
  crash(host: Address): void {
    for (const socket of this.#sockets.of(host.host)) this.#sockets.close(socket);
    this.note('crash', host, host);
  }

  note(event: TraceEvent, from: Address, to: Address, bytes: Uint8Array = NO_BYTES): void {
    this.#parts.trace.add({ atUs: this.#parts.nowUs(), event, from, to, bytes });
  }

  #bind(
    { addresses, life }: { readonly addresses: Addresses; readonly life: Life },
    at: Address,
    callbacks: DatagramCallbacks,
    options: BindOptions = {},
  ): Result<DatagramSocket, NetworkError> {
    if (life.isOver) return fail(new NetworkError('refused', `${addresses[0].host} crashed`));
    const opened = this.#sockets.open(addresses, at, callbacks, options);
    if (!opened.ok) return opened;
    const socket = opened.value;
    const { seen } = socket;
    this.note('bind', seen, seen);
    return ok({
      address: socket.address,
      send: (bytes, to) => {
        if (!life.isOver) this.#send(socket, bytes, to);
      },
      close: async () => {
        if (!socket.isOpen) return;
        this.#sockets.close(socket);
        this.note('close', seen, seen);
      },
    });
  }

  #send(socket: Socket, given: Uint8Array, to: Address): void {
    const problem = whyNotSent(socket, given, to);
    if (problem !== undefined) return socket.callbacks.onError(problem);
    const { machine, own: host } = socket;
    const source = sourceOf(socket, to);
    // The sender may use its memory again.
    const bytes = given.slice();
    this.note('send', source, to, bytes);
    if (isBroadcast(to)) return this.#broadcast(socket, { source, to, bytes });
    if (isLoopback(to) || this.#machineOf(to.host) === machine) {
      const sent = { host, from: source, to, bytes, realm: undefined };
      return this.#arriveLater(LOOPBACK_LINK, sent, () => this.#deliver(machine, sent));
    }
    const departure = this.#boxes.leave(host, source, to, this.#parts.nowUs());
    if (departure === undefined) return this.note('block', source, to, bytes);
    const { from, realm } = departure;
    this.#travel({ host, from, to, bytes, realm });
  }

  /** To every other machine on the wire: those in the same /24, on the same side of the same boxes. */
  #broadcast(
    socket: Socket,
    {
      source,
      to,
      bytes,
    }: { readonly source: Address; readonly to: Address; readonly bytes: Uint8Array },
  ): void {
    const { own: host } = socket;
    const realm = this.#boxes.realmOf(host);
    for (const near of this.#sockets.near(socket, to.port)) {
      if (this.#boxes.realmOf(near) !== realm) continue;
      const there = { ...to, host: near };
      this.#travel({ host, from: source, to: there, bytes: bytes.slice(), realm });
    }
  }

  #travel(travelling: Travelling): void {
    const { host, from, to, bytes } = travelling;
    const { random } = this.#parts;
    const link = this.#linkBetween(host, to.host);
    if (link === undefined) return;
    if (this.faults.isCut(host, to.host)) return this.note('cut', from, to, bytes);
    const family = to.kind === 'ipv6' ? 'ipv6' : 'ipv4';
    if (!fits(link, bytes.length, family)) return this.note('too-large', from, to, bytes);
    if (happens(link.loss, random)) return this.note('lose', from, to, bytes);
    const isTwice = happens(link.duplicate, random);
    this.#carry(link, travelling);
    if (!isTwice) return;
    this.note('duplicate', from, to, bytes);
    // Each receiver may do with its bytes what it wants.
    this.#carry(link, { ...travelling, bytes: bytes.slice() });
  }

  /**
   * Undefined when there is none because the test is wrong: the run ends with that, since whoever
   * sends may catch what is thrown here.
   */
  #linkBetween(from: string, to: string): Link | undefined {
    const { events, linkBetween, nowUs } = this.#parts;
    try {
      const link = linkBetween(from, to);
      if (link !== this.#checkedLink) checkLink(link);
      this.#checkedLink = link;
      return link;
    } catch (error) {
      events.add(nowUs(), () => {
        throw error;
      });
      return undefined;
    }
  }

  /** One copy on a link that does not lose it. */
  #carry(link: Link, sent: Travelling): void {
    const { random } = this.#parts;
    const isCorrupt = happens(link.corrupt, random);
    const copy = isCorrupt ? { ...sent, bytes: flipBit(sent.bytes, random) } : sent;
    const { host, from, to, bytes } = copy;
    if (isCorrupt) this.note('corrupt', from, to, bytes);
    if (!this.faults.isClogged(host, to.host)) return this.#arriveLater(link, copy, this.#arrive);
    const go = (): void => this.#arriveLater(link, copy, this.#arrive);
    const passage = this.faults.hold(host, to.host, go);
    this.note(passage === 'held' ? 'hold' : 'shed', from, to, bytes);
  }

  /** As little as can be is made for each datagram on its way: there are thousands. */
  #arriveLater(link: Link, sent: Travelling, arrive: (sent: Travelling) => void): void {
    const { events, nowUs, random } = this.#parts;
    this.#underWay += 1;
    events.add(nowUs() + drawDelayUs(link, random), () => {
      this.#underWay -= 1;
      arrive(sent);
    });
  }

  readonly #arrive = (sent: Travelling): void => {
    const { host, from, to, bytes } = sent;
    const reached = this.#boxes.enter(sent, to, this.#parts.nowUs());
    if (reached === 'hidden') return this.note('refuse', from, to, bytes);
    if (reached === 'blocked') return this.note('block', from, to, bytes);
    // A way to a host behind a box is cut by the name it has inside.
    if (reached !== to && this.faults.isCut(host, reached.host)) {
      return this.note('cut', from, reached, bytes);
    }
    this.#deliver(reached.host, reached === to ? sent : { ...sent, to: reached });
  };

  #deliver(host: string, { from, to, bytes }: Travelling): void {
    const socket = this.#sockets.at(this.#machineOf(host), to);
    if (socket === undefined) return this.note('refuse', from, to, bytes);
    this.note('deliver', from, to, bytes);
    socket.callbacks.onDatagram(bytes, from);
  }

  #machineOf(host: string): string {
    return this.#machineAt.get(host) ?? host;
  }
}
