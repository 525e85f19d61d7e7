/**
 * Sockets of tests reach this machine only: `node:dgram` sockets and `node:net` connections to any other place throw
 * instead of leaving it.
 */
import dgram from 'node:dgram';
import dns from 'node:dns';
import net from 'node:net';

const isLocal = (host: unknown): boolean =>
  typeof host === 'string' && (/^127\.\d+\.\d+\.\d+$/.test(host) || host === '::1');

function requireLocal(host: unknown, what: string): void {
  if (!isLocal(host)) throw new Error(`a test may ${what} on loopback only, not ${String(host)}`);
}

type Arguments = readonly unknown[];

/** Calls `check` with the arguments before every call of the method. */
function guard(
  target: object,
  method: string,
  check: (this: unknown, ...given: Arguments) => void,
): void {
  const original: unknown = Reflect.get(target, method);
  if (typeof original !== 'function') throw new Error(`${method} is not there to be guarded`);
  Reflect.set(target, method, function guarded(this: unknown, ...given: unknown[]): unknown {
    Reflect.apply(check, this, given);
    return Reflect.apply(original, this, given);
  });
}

let isGuarded = false;

/** From now on, whatever file of this process runs. */
export function stayOnLoopback(): void {
  if (isGuarded) return;
  isGuarded = true;
  // bind(port?, address?, callback?) or bind({ port, address }, callback?).
  guard(dgram.Socket.prototype, 'bind', (first, second) => {
    const isOptions = typeof first === 'object' && first !== null;
    requireLocal(isOptions ? Reflect.get(first, 'address') : second, 'bind');
  });
  // send(bytes, [offset, length,] port, address, callback?): the address is the one text behind the port.
  guard(dgram.Socket.prototype, 'send', (_bytes, ...rest) => {
    requireLocal(
      rest.find((argument) => typeof argument === 'string'),
      'send',
    );
  });
  guard(dgram.Socket.prototype, 'connect', (_port, host) => requireLocal(host, 'connect'));
  guard(dgram.Socket.prototype, 'setBroadcast', () => requireLocal('every host', 'send'));
  guard(net.Socket.prototype, 'connect', (first) => {
    const options: unknown = Array.isArray(first) ? first[0] : first;
    if (typeof options !== 'object' || options === null) return;
    // A path is a Unix socket or a pipe: it does not leave the machine.
    if (Reflect.get(options, 'path') !== undefined && Reflect.get(options, 'path') !== null) return;
    const host: unknown = Reflect.get(options, 'host') ?? 'localhost';
    if (host !== 'localhost') requireLocal(host, 'connect');
  });
  for (const method of ['lookup', 'resolve', 'resolve4', 'resolve6']) {
    const check = (host: unknown): void => {
      if (host !== 'localhost') requireLocal(host, 'look up names');
    };
    guard(dns, method, check);
    guard(dns.promises, method, check);
  }

  // Resolvers ask name servers themselves: only those on this machine.
  for (const { prototype } of [dns.Resolver, dns.promises.Resolver]) {
    for (const method of ['resolve', 'resolve4', 'resolve6']) {
      guard(prototype, method, function check(this: unknown) {
        const servers: unknown = Reflect.apply(prototype.getServers, this, []);
        const all: readonly unknown[] = Array.isArray(servers) ? servers : [undefined];
        for (const server of all) {
          requireLocal(
            String(server).replace(/^\[(.*)\]:\d+$|^([^:]*):\d+$/, '$1$2'),
            'look up names',
          );
        }
      });
    }
  }
}
