import type { Address } from '../address/address.ts';
import { isLoopback } from '../address/ranges.ts';
import { printAddress } from '../address/text.ts';
import type { DatagramSocket, Datagrams } from './datagrams.ts';

/**
 * The same datagrams, kept on this machine: binding or sending anywhere but 127.0.0.0/8 and ::1
 * throws, names included. For tests, examples and demonstrations: a mistake there must be loud, and
 * must not reach strangers.
 */
export function loopbackOnly(datagrams: Datagrams): Datagrams {
  return {
    bind(at, callbacks, options) {
      requireLoopback(at, 'bind to');
      if (options?.mayBroadcast === true) {
        throw new Error('this program stays on loopback: it may not broadcast');
      }
      return datagrams.bind(at, callbacks).then((bound) => {
        return bound.ok ? { ok: true, value: guard(bound.value) } : bound;
      });
    },
  };
}

function guard(socket: DatagramSocket): DatagramSocket {
  return {
    address: socket.address,
    send(bytes, to) {
      requireLoopback(to, 'send to');
      socket.send(bytes, to);
    },
    kernelDrops: () => socket.kernelDrops?.(),
    close: () => socket.close(),
  };
}

function requireLoopback(address: Address, what: string): void {
  if (isLoopback(address)) return;
  throw new Error(`this program stays on loopback: it may not ${what} ${printAddress(address)}`);
}
