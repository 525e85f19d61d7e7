import dgram from 'node:dgram';
import dns from 'node:dns';
import { networkInterfaces } from 'node:os';
import { afterEach, expect, test, vi } from 'vitest';
import type { Address } from '../../../runtime/address/address.ts';
import { createAddress, parseAddress, printAddress } from '../../../runtime/address/text.ts';
import type { DatagramSocket } from '../../../runtime/env/datagrams.ts';
import { SEND_QUEUE_BYTES_MAX } from '../../../runtime/env/limits.ts';
import { createNodeDatagrams } from '../../../runtime/env/node-datagrams.ts';

type Node = {
  readonly socket: DatagramSocket;
  readonly received: { readonly bytes: Uint8Array; readonly from: Address }[];
  readonly errors: string[];
  /** Resolves when so many datagrams have come in, and so many errors. */
  until(counts: { readonly received?: number; readonly errors?: number }): Promise<void>;
};

const datagrams = createNodeDatagrams();
const opened: Node[] = [];

afterEach(async () => {
  vi.restoreAllMocks();
  await Promise.all(opened.splice(0).map(({ socket }) => socket.close()));
});

function at(text: string): Address {
  const address = parseAddress(text);
  if (address === undefined) throw new Error(text);
  return address;
}

async function open(where: string): Promise<Node> {
  const received: Node['received'] = [];
  const errors: string[] = [];
  let check = (): void => {};
  const bound = await datagrams.bind(at(where), {
    onDatagram(bytes, from) {
      received.push({ bytes, from });
      check();
    },
    onError(error) {
      errors.push(`${error.name} ${error.code}`);
      check();
    },
  });
  if (!bound.ok) throw bound.error;
  const until: Node['until'] = (counts) =>
    new Promise((resolve) => {
      check = () => {
        const isReceived = received.length >= (counts.received ?? 0);
        if (isReceived && errors.length >= (counts.errors ?? 0)) resolve();
      };
      check();
    });
  const node = { socket: bound.value, received, errors, until };
  opened.push(node);
  return node;
}

/** The error that the system would give. */
function systemError(code: string): Error {
  return Object.assign(new Error(`send ${code} 127.0.0.1:9`), { code });
}

/** Containers often have no IPv6, not even on loopback. */
const ownHosts = Object.values(networkInterfaces()).flatMap((all = []) =>
  all.map(({ address }) => address),
);

for (const host of ['127.0.0.1', '[::1]']) {
  const isMissing = host === '[::1]' && !ownHosts.includes('::1');
  test.skipIf(isMissing)(
    `datagrams of every size travel between sockets at ${host}, without any name being looked up`,
    async () => {
      const lookups = vi.spyOn(dns, 'lookup');
      const [a, b] = [await open(`${host}:0`), await open(`${host}:0`)];
      expect(b.socket.address.port).toBeGreaterThan(0);
      const sizes = [0, 1, 22, 23, 1_472, 9_000, 65_487];
      for (const size of sizes) {
        a.socket.send(
          Uint8Array.from({ length: size }, (_, index) => index + size),
          b.socket.address,
        );
      }
      await b.until({ received: sizes.length });
      expect(b.received.map(({ bytes }) => bytes.length)).toEqual(sizes);
      for (const { bytes, from } of b.received) {
        expect(from).toEqual(a.socket.address);
        expect(bytes.constructor).toBe(Uint8Array);
        expect(bytes.buffer.byteLength).toBe(bytes.length);
        expect(bytes.every((byte, index) => byte === ((index + bytes.length) & 0xff))).toBe(true);
      }
      expect(lookups).not.toHaveBeenCalled();
    },
  );
}

test('received bytes that share memory with others are copied', async () => {
  const node = await open('127.0.0.1:0');
  const emitters: dgram.Socket[] = [];
  const emit = dgram.Socket.prototype.emit;
  vi.spyOn(dgram.Socket.prototype, 'emit').mockImplementation(function (
    this: dgram.Socket,
    event: string,
    ...given: unknown[]
  ) {
    if (event !== 'message') return Reflect.apply(emit, this, [event, ...given]);
    emitters.push(this);
    const pooled = Buffer.from([7, 1, 2, 7]).subarray(1, 3);
    return Reflect.apply(emit, this, [event, pooled, given[1]]);
  });
  const other = await open('127.0.0.1:0');
  other.socket.send(new Uint8Array(1), node.socket.address);
  await node.until({ received: 1 });
  expect(node.received[0]?.bytes).toEqual(Uint8Array.of(1, 2));
  expect(node.received[0]?.bytes.buffer.byteLength).toBe(2);
  expect(emitters.length).toBe(1);
});

test('a port that somebody has is taken; a name or a foreign address is refused', async () => {
  const { socket } = await open('127.0.0.1:0');
  const codeOf = async (where: Address): Promise<string> => {
    const bound = await datagrams.bind(where, { onDatagram: () => {}, onError: () => {} });
    if (!bound.ok) return `${bound.error.code}: ${bound.error.message}`;
    await bound.value.close();
    return 'bound';
  };
  expect(await codeOf(socket.address)).toBe(
    `port-taken: cannot bind to ${printAddress(socket.address)}: bind EADDRINUSE ${printAddress(socket.address)}`,
  );
  expect(await codeOf(createAddress('localhost', 0))).toBe(
    'refused: cannot bind to "localhost": not an IP address',
  );
  for (const port of [-1, 1.5, 65_536, 70_000, Number.NaN]) {
    expect(await codeOf(createAddress('127.0.0.1', port))).toBe(
      `refused: cannot bind to 127.0.0.1:${port}: ports are 0 to 65535`,
    );
  }
  vi.spyOn(dgram.Socket.prototype, 'bind').mockImplementation(function (this: dgram.Socket) {
    process.nextTick(() => this.emit('error', systemError('EADDRNOTAVAIL')));
    return this;
  });
  expect(await codeOf(at('127.0.0.9:1'))).toContain('refused: cannot bind to 127.0.0.9:1');
  vi.restoreAllMocks();
  vi.spyOn(dgram, 'createSocket').mockImplementation(() => {
    throw systemError('EMFILE');
  });
  expect(await codeOf(at('127.0.0.1:0'))).toContain('refused');
});

test('a system that gives no larger receive buffer is no problem', async () => {
  vi.spyOn(dgram.Socket.prototype, 'setRecvBufferSize').mockImplementation(() => {
    throw systemError('ENOBUFS');
  });
  expect((await open('127.0.0.1:0')).errors).toEqual([]);
});

test('what cannot be sent anywhere is an error, not an exception', async () => {
  const { socket, errors, until } = await open('127.0.0.1:0');
  const bytes = new Uint8Array(1);
  socket.send(bytes, createAddress('127.0.0.1', 0));
  socket.send(bytes, createAddress('127.0.0.1', 65_536));
  socket.send(bytes, createAddress('127.0.0.1', Number.NaN));
  socket.send(bytes, createAddress('127.0.0.1', 1.5));
  socket.send(bytes, createAddress('example.org', 1));
  socket.send(bytes, at('[::1]:1'));
  expect(errors).toEqual(Array<string>(6).fill('NetworkError refused'));
  socket.send(new Uint8Array(65_508), socket.address);
  await until({ errors: 7 });
  expect(errors.at(-1)).toBe('NetworkError too-large');
  await socket.close();
  socket.send(bytes, socket.address);
  expect(errors.at(-1)).toBe('NetworkError closed');
});

test('every complaint of the system, then or later, becomes an error with a code', async () => {
  const expected = {
    ENETUNREACH: 'refused',
    EHOSTUNREACH: 'refused',
    EPERM: 'refused',
    ECONNREFUSED: 'refused',
    // The interface, or the address, was taken away.
    ENETDOWN: 'refused',
    ENODEV: 'refused',
    EADDRNOTAVAIL: 'refused',
    EACCES: 'refused',
    EMSGSIZE: 'too-large',
    ENOBUFS: 'full',
    ENOMEM: 'full',
    ERR_SOCKET_DGRAM_NOT_RUNNING: 'closed',
  };
  const { socket, errors } = await open('127.0.0.1:0');
  for (const [systemCode, code] of Object.entries(expected)) {
    const send = vi.spyOn(dgram.Socket.prototype, 'send');
    send.mockImplementationOnce((...given: unknown[]) => {
      const callback = given.at(-1);
      if (typeof callback === 'function') callback(systemError(systemCode));
    });
    socket.send(new Uint8Array(1), socket.address);
    send.mockImplementationOnce(() => {
      throw systemError(systemCode);
    });
    socket.send(new Uint8Array(1), socket.address);
    expect(errors.splice(0)).toEqual([`NetworkError ${code}`, `NetworkError ${code}`]);
  }
});

test('an error of the socket itself leaves it alive', async () => {
  const sockets: dgram.Socket[] = [];
  const create = dgram.createSocket;
  vi.spyOn(dgram, 'createSocket').mockImplementation((...given: unknown[]) => {
    const socket: dgram.Socket = Reflect.apply(create, dgram, given);
    sockets.push(socket);
    return socket;
  });
  const node = await open('127.0.0.1:0');
  sockets[0]?.emit('error', systemError('ECONNREFUSED'));
  expect(node.errors).toEqual(['NetworkError refused']);
  node.socket.send(Uint8Array.of(1), node.socket.address);
  await node.until({ received: 1 });
});

test('a queue that the system does not empty is bounded: what comes on top is dropped', async () => {
  const node = await open('127.0.0.1:0');
  const send = vi.spyOn(dgram.Socket.prototype, 'send').mockImplementation(() => {});
  let queued = 0;
  vi.spyOn(dgram.Socket.prototype, 'getSendQueueSize').mockImplementation(() => queued);
  const count = Math.ceil((10 * SEND_QUEUE_BYTES_MAX) / 1_000);
  for (let number = 0; number < count; number++) {
    const before = send.mock.calls.length;
    node.socket.send(new Uint8Array(1_000), node.socket.address);
    if (send.mock.calls.length > before) queued += 1_000;
  }
  expect(queued).toBe(1_048_000);
  expect(node.errors.length).toBe(count - 1_048);
  expect(new Set(node.errors)).toEqual(new Set(['NetworkError full']));
});

test('closing waits for the socket to be gone, may be repeated, and ends all callbacks', async () => {
  const node = await open('127.0.0.1:0');
  const other = await open('127.0.0.1:0');
  other.socket.send(Uint8Array.of(1), node.socket.address);
  node.socket.send(Uint8Array.of(1), other.socket.address);
  const closing = node.socket.close();
  expect(node.socket.close()).toBe(closing);
  await closing;
  const again = await datagrams.bind(node.socket.address, {
    onDatagram: () => {},
    onError: () => {},
  });
  expect(again.ok).toBe(true);
  if (again.ok) await again.value.close();
  expect(node.received).toEqual([]);
  expect(node.errors).toEqual([]);
});

test('a hundred sockets opened and closed leave no handle', async () => {
  const openHandles = async (): Promise<number> => {
    // A closed handle is gone after a few turns of the event loop.
    for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
    return process.getActiveResourcesInfo().filter((name) => name === 'UDPWrap').length;
  };
  for (let count = 0; count < 100; count++) await (await open('127.0.0.1:0')).socket.close();
  expect(await openHandles()).toBe(0);
});
