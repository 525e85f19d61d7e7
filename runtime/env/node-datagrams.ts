import dgram from 'node:dgram';
import { isIP } from 'node:net';
import type { Address } from '../address/address.ts';
import { createAddress, printAddress } from '../address/text.ts';
import { NetworkError, type NetworkErrorCode } from '../base/network-error.ts';
import { fail, ok, type Result } from '../base/result.ts';
import { readKernelDrops } from './kernel-drops.ts';
import { SEND_QUEUE_BYTES_MAX } from './limits.ts';
import type { BindOptions, DatagramCallbacks, DatagramSocket, Datagrams } from './datagrams.ts';

/** What py-ipv8 asks the system for (py-ipv8 3.2 ipv8/messaging/interfaces/udp/endpoint.py:70). */
const RECEIVE_BUFFER_BYTES = 870_400;

/** UDP of this machine. */
export function createNodeDatagrams(): Datagrams {
  return { bind };
}

async function bind(
  at: Address,
  callbacks: DatagramCallbacks,
  { mayBroadcast = false }: BindOptions = {},
): Promise<Result<DatagramSocket, NetworkError>> {
  if (at.kind === 'domain') {
    return fail(new NetworkError('refused', `cannot bind to "${at.host}": not an IP address`));
  }
  if (!Number.isInteger(at.port) || at.port < 0 || at.port > 65535) {
    // Node would take the number modulo 65,536.
    const message = `cannot bind to ${printAddress(at)}: ports are 0 to 65535`;
    return fail(new NetworkError('refused', message));
  }
  try {
    const socket = dgram.createSocket({
      type: at.kind === 'ipv4' ? 'udp4' : 'udp6',
      // An IPv6 socket hears IPv6 only, as in py-ipv8: IPv4 has a socket of its own.
      ipv6Only: at.kind === 'ipv6',
      lookup: takeLiterally,
    });
    await listen(socket, at);
    if (mayBroadcast) allowBroadcast(socket);
    return ok(new NodeSocket(socket, at.kind, callbacks));
  } catch (error) {
    const failure = networkError(`cannot bind to ${printAddress(at)}`, error);
    // A port reserved by the system: another one may be free, and the reference tries on as well.
    const isReserved = systemCodeOf(error) === 'EACCES';
    return fail(isReserved ? new NetworkError('port-taken', failure.message, error) : failure);
  }
}

type LookupCallback = (error: Error | null, address: string, family: number) => void;

/**
 * Addresses are numbers already. Without this, dgram asks dns.lookup for every datagram, which
 * costs a fifth of the send rate.
 */
function takeLiterally(host: string, _options: unknown, callback: LookupCallback): void {
  const family = isIP(host);
  if (family === 0) callback(new Error(`"${host}" is not an IP address`), host, 0);
  else callback(null, host, family);
}

/** Resolves when bound; rejects, with the socket closed, when not. */
function listen(socket: dgram.Socket, at: Address): Promise<void> {
  return new Promise((resolve, reject) => {
    const refuse = (error: Error): void => {
      socket.close();
      reject(error);
    };
    socket.once('error', refuse);
    // Exclusive: the workers of a cluster must not share an identity's port.
    socket.bind({ address: at.host, port: at.port, exclusive: true }, () => {
      socket.off('error', refuse);
      enlargeReceiveBuffer(socket);
      resolve();
    });
  });
}

function allowBroadcast(socket: dgram.Socket): void {
  try {
    socket.setBroadcast(true);
  } catch (error) {
    socket.close();
    throw error;
  }
}

function enlargeReceiveBuffer(socket: dgram.Socket): void {
  try {
    socket.setRecvBufferSize(RECEIVE_BUFFER_BYTES);
  } catch {
    // The system's own size does too: datagrams are lost a little earlier under load.
  }
}

class NodeSocket implements DatagramSocket {
  readonly address: Address;
  readonly #socket: dgram.Socket;
  readonly #callbacks: DatagramCallbacks;
  #closed: Promise<void> | undefined;

  constructor(socket: dgram.Socket, kind: 'ipv4' | 'ipv6', callbacks: DatagramCallbacks) {
    const { address, port } = socket.address();
    this.address = createAddress(address, port);
    this.#socket = socket;
    this.#callbacks = callbacks;
    socket.on('message', (bytes, { address: host, port: fromPort }) => {
      if (this.#closed !== undefined) return;
      const from = kind === 'ipv4' ? createAddress(host, fromPort) : ipv6Address(host, fromPort);
      this.#callbacks.onDatagram(ownBytes(bytes), from);
    });
    socket.on('error', (error) => this.#report('the socket failed', error));
  }

  /** A closed socket says so through `onError`. */
  send(bytes: Uint8Array, to: Address): void {
    const problem = this.#whyNot(bytes, to);
    if (problem !== undefined) return this.#callbacks.onError(problem);
    try {
      this.#socket.send(bytes, to.port, to.host, (error) => {
        if (error !== null) this.#report(`cannot send to ${printAddress(to)}`, error);
      });
    } catch (error) {
      this.#report(`cannot send to ${printAddress(to)}`, error);
    }
  }

  kernelDrops(): number | undefined {
    return this.#closed === undefined ? readKernelDrops(this.address) : undefined;
  }

  close(): Promise<void> {
    this.#closed ??= new Promise((resolve) => {
      this.#socket.close(resolve);
    });
    return this.#closed;
  }

  #whyNot(bytes: Uint8Array, to: Address): NetworkError | undefined {
    if (this.#closed !== undefined) return new NetworkError('closed', 'the socket is closed');
    if (to.kind !== this.address.kind) {
      const own = printAddress(this.address);
      return new NetworkError('refused', `${own} cannot send to ${printAddress(to)}`);
    }
    if (!(to.port >= 1 && to.port <= 65535)) {
      return new NetworkError('refused', `nobody can be at port ${to.port} (${to.host})`);
    }
    // Bytes that the system took at once are not in this queue: it grows only while the socket is
    // blocked.
    if (this.#socket.getSendQueueSize() + bytes.length > SEND_QUEUE_BYTES_MAX) {
      return new NetworkError('full', `more than ${SEND_QUEUE_BYTES_MAX} bytes wait to be sent`);
    }
    return undefined;
  }

  #report(action: string, error: unknown): void {
    if (this.#closed === undefined) this.#callbacks.onError(networkError(action, error));
  }
}

/**
 * The text that Node gives for IPv6, in our canonical form and without the zone of a link-local
 * address.
 */
function ipv6Address(host: string, port: number): Address {
  const zone = host.indexOf('%');
  return createAddress(zone === -1 ? host : host.slice(0, zone), port);
}

/**
 * A plain array with memory of its own; a copy only when Node shares the memory with other buffers.
 */
function ownBytes(buffer: Uint8Array): Uint8Array {
  const isWhole = buffer.byteLength === buffer.buffer.byteLength;
  return isWhole ? new Uint8Array(buffer.buffer) : Uint8Array.from(buffer);
}

const CODES: { readonly [systemCode: string]: NetworkErrorCode } = {
  EADDRINUSE: 'port-taken',
  EMSGSIZE: 'too-large',
  ENOBUFS: 'full',
  ENOMEM: 'full',
  EAGAIN: 'full',
  ERR_SOCKET_DGRAM_NOT_RUNNING: 'closed',
};

function networkError(action: string, error: unknown): NetworkError {
  const reason = error instanceof Error ? error.message : String(error);
  return new NetworkError(CODES[systemCodeOf(error)] ?? 'refused', `${action}: ${reason}`, error);
}

/** As `EADDRINUSE`; empty when the error has none. */
function systemCodeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
