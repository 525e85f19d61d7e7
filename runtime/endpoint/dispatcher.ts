/** Several sockets as one endpoint: IPv4 and IPv6. */
import type { Address, Family } from '../address/address.ts';
import { printAddress } from '../address/text.ts';
import { NetworkError } from '../base/network-error.ts';
import { fail, type Result } from '../base/result.ts';
import { type EndpointCounters, sumCounters } from './counters.ts';
import type { Endpoint } from './endpoint.ts';

/** Which family names the endpoint's own address first (py-ipv8 3.2 dispatcher/endpoint.py:21). */
const PREFERENCE: readonly Family[] = ['ipv4', 'ipv6'];

/**
 * One endpoint that sends by the first of these that is of the target's family and receives by all.
 * They are its own from then on, and are closed with it.
 */
export function createDispatcher(endpoints: readonly Endpoint[]): Endpoint {
  return new Dispatcher(endpoints);
}

class Dispatcher implements Endpoint {
  readonly #endpoints: readonly Endpoint[];
  /** Closed ones included, for what they counted. */
  readonly #byFamily: ReadonlyMap<Address['kind'], Endpoint>;
  readonly #addresses: readonly Address[];
  #closed: Promise<void> | undefined;

  constructor(endpoints: readonly Endpoint[]) {
    this.#endpoints = endpoints;
    const byFamily = new Map<Address['kind'], Endpoint>();
    for (const endpoint of endpoints) {
      for (const { kind } of endpoint.addresses) {
        if (!byFamily.has(kind)) byFamily.set(kind, endpoint);
      }
    }
    this.#byFamily = byFamily;
    const all = endpoints.flatMap(({ addresses }) => addresses);
    this.#addresses = PREFERENCE.flatMap((family) => all.filter(({ kind }) => kind === family));
  }

  get address(): Address | undefined {
    return this.addresses[0];
  }

  get addresses(): readonly Address[] {
    return this.#closed === undefined ? this.#addresses : [];
  }

  get counters(): EndpointCounters {
    return sumCounters(this.#endpoints.map(({ counters }) => counters));
  }

  send(bytes: Uint8Array, to: Address): Result<undefined, NetworkError> {
    // One that cannot send there says why.
    const endpoint = this.#byFamily.get(to.kind) ?? this.#endpoints[0];
    if (endpoint !== undefined) return endpoint.send(bytes, to);
    return fail(new NetworkError('refused', `no socket reaches ${printAddress(to)}`));
  }

  kernelDrops(): number | undefined {
    const known = this.#endpoints.flatMap((endpoint) => endpoint.kernelDrops?.() ?? []);
    return known.length === 0 ? undefined : known.reduce((sum, drops) => sum + drops, 0);
  }

  onDatagram(receive: (bytes: Uint8Array, from: Address) => void): void {
    for (const endpoint of this.#endpoints) endpoint.onDatagram(receive);
  }

  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  /** One that fails to close does not keep the others open. */
  async #close(): Promise<void> {
    const results = await Promise.allSettled(this.#endpoints.map((endpoint) => endpoint.close()));
    for (const result of results) if (result.status === 'rejected') throw result.reason;
  }
}
