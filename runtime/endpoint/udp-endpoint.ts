import type { Address } from '../address/address.ts';
import { createAddress, printAddress } from '../address/text.ts';
import { NetworkError } from '../base/network-error.ts';
import { fail, ok, type Result } from '../base/result.ts';
import type { Clock } from '../env/clock.ts';
import type { DatagramCallbacks, DatagramSocket } from '../env/datagrams.ts';
import type { Env } from '../env/env.ts';
import type { Log } from '../env/log.ts';
import { countError, type EndpointCounters, EndpointTally } from './counters.ts';
import type { Endpoint } from './endpoint.ts';
import { DATAGRAM_BYTES_MAX_IPV4, DATAGRAM_BYTES_MAX_IPV6 } from './limits.ts';

/**
 * Ports to try unless told otherwise (py-ipv8 3.2 ipv8/messaging/interfaces/udp/endpoint.py:121).
 */
const PORTS_TO_TRY = 10_000;

const PORT_MAX = 65_535;

/** One log line about errors of the network in this many milliseconds, however many there are. */
const ERROR_LOG_PAUSE_MS = 1_000;

/** Where an endpoint is to be. */
export type UdpEndpointOptions = {
  /** An IP address of this host; 0.0.0.0 or :: for all of that family. */
  readonly host: string;
  /** The first port to try; 0 lets the system choose. */
  readonly port: number;
  /** How many ports to try upwards, the first included; 10,000 unless given. */
  readonly portsToTry?: number;
};

/**
 * Opens an endpoint at the first free port from `port` upwards. Fails with `port-taken` when none
 * of the ports is free, and at once when it is something else than the port that cannot be had.
 */
export async function openUdpEndpoint(
  env: Env,
  options: UdpEndpointOptions,
): Promise<Result<Endpoint, NetworkError>> {
  const { host, port, portsToTry = PORTS_TO_TRY } = options;
  if (!Number.isInteger(port) || port < 0 || port > PORT_MAX) {
    return fail(
      new NetworkError('refused', `cannot open port ${port}: ports are 0 to ${PORT_MAX}`),
    );
  }
  const endpoint = new UdpEndpoint(env);
  const last = port === 0 ? 0 : Math.min(PORT_MAX, port + portsToTry - 1);
  for (let at = port; at <= last; at++) {
    const bound = await env.datagrams.bind(createAddress(host, at), endpoint.callbacks);
    if (bound.ok) return ok(endpoint.open(bound.value));
    if (bound.error.code !== 'port-taken') return bound;
    env.log.write('DEBUG', 'port taken', { address: printAddress(createAddress(host, at)) });
  }
  const tried = port === last ? `port ${port} is taken` : `ports ${port} to ${last} are all taken`;
  return fail(new NetworkError('port-taken', `cannot open an endpoint at ${host}: ${tried}`));
}

class UdpEndpoint implements Endpoint {
  readonly #clock: Clock;
  readonly #log: Log;
  #errorLoggedAtMs = Number.NEGATIVE_INFINITY;
  #errorsUnlogged = 0;
  #socket: DatagramSocket | undefined;
  /** BOUNDED by one. */
  #addresses: readonly Address[] = [];
  #closed: Promise<void> | undefined;
  #receive: ((bytes: Uint8Array, from: Address) => void) | undefined;

  readonly #tally = new EndpointTally();
  /** Those of the socket that is gone. */
  #kernelDrops: number | undefined;

  readonly callbacks: DatagramCallbacks = {
    onDatagram: (bytes, from) => {
      this.#tally.received += 1;
      this.#tally.receivedBytes += bytes.length;
      if (this.#socket === undefined || this.#receive === undefined) this.#tally.unheard += 1;
      else this.#receive(bytes, from);
    },
    onError: (error) => {
      countError(this.#tally.errors, error.code);
      this.#logError(error);
    },
  };

  constructor({ clock, log }: Pick<Env, 'clock' | 'log'>) {
    this.#clock = clock;
    this.#log = log;
  }

  open(socket: DatagramSocket): Endpoint {
    this.#socket = socket;
    this.#addresses = [socket.address];
    this.#log.write('DEBUG', 'endpoint open', { address: printAddress(socket.address) });
    return this;
  }

  get address(): Address | undefined {
    return this.#socket?.address;
  }

  get addresses(): readonly Address[] {
    return this.#addresses;
  }

  get counters(): EndpointCounters {
    return this.#tally;
  }

  send(bytes: Uint8Array, to: Address): Result<undefined, NetworkError> {
    const socket = this.#socket;
    if (socket === undefined) {
      return this.#refuse(new NetworkError('closed', 'the endpoint is closed'));
    }
    const problem = whyNot(bytes, to, socket.address);
    if (problem !== undefined) return this.#refuse(problem);
    this.#tally.sent += 1;
    this.#tally.sentBytes += bytes.length;
    socket.send(bytes, to);
    return ok(undefined);
  }

  #refuse(problem: NetworkError): Result<never, NetworkError> {
    countError(this.#tally.unsent, problem.code);
    if (this.#log.isOn('DEBUG')) {
      this.#log.write('DEBUG', 'datagram not sent', { reason: problem.message });
    }
    return fail(problem);
  }

  /** A network that is down refuses every datagram: the counters have them all. */
  #logError({ code, message: reason }: NetworkError): void {
    const nowMs = this.#clock.now();
    if (nowMs - this.#errorLoggedAtMs < ERROR_LOG_PAUSE_MS) {
      this.#errorsUnlogged += 1;
      return;
    }
    const unlogged = this.#errorsUnlogged;
    this.#errorLoggedAtMs = nowMs;
    this.#errorsUnlogged = 0;
    this.#log.write('WARNING', 'network error', { code, reason, unlogged });
  }

  kernelDrops(): number | undefined {
    return this.#socket === undefined ? this.#kernelDrops : this.#socket.kernelDrops?.();
  }

  onDatagram(receive: (bytes: Uint8Array, from: Address) => void): void {
    this.#receive = receive;
  }

  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    const socket = this.#socket;
    if (socket === undefined) return;
    this.#kernelDrops = socket.kernelDrops?.();
    this.#socket = undefined;
    this.#addresses = [];
    await socket.close();
    this.#log.write('DEBUG', 'endpoint closed', { address: printAddress(socket.address) });
  }
}

function whyNot(bytes: Uint8Array, to: Address, own: Address): NetworkError | undefined {
  if (to.kind === 'domain') {
    return new NetworkError('refused', `"${to.host}" is a name; look up its address first`);
  }
  if (to.kind !== own.kind) {
    const message = `the endpoint at ${printAddress(own)} does not reach ${printAddress(to)}`;
    return new NetworkError('refused', message);
  }
  if (!Number.isInteger(to.port) || to.port < 1 || to.port > PORT_MAX) {
    return new NetworkError('refused', `nobody can be at ${printAddress(to)}`);
  }
  const sizeMax = to.kind === 'ipv4' ? DATAGRAM_BYTES_MAX_IPV4 : DATAGRAM_BYTES_MAX_IPV6;
  if (bytes.length > sizeMax) {
    const message = `${bytes.length} bytes to ${printAddress(to)}: a datagram carries ${sizeMax}`;
    return new NetworkError('too-large', message);
  }
  return undefined;
}
