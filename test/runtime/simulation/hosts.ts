/** Sockets on hosts of a world, which note what they receive. */
import type { Address } from '../../../runtime/address/address.ts';
import { parseAddress, printAddress } from '../../../runtime/address/text.ts';
import type { DatagramSocket } from '../../../runtime/env/datagrams.ts';
import type { Link, World } from '../../../runtime/simulation/index.ts';

export type Opened = {
  readonly socket: DatagramSocket;
  /** First byte, source and virtual milliseconds of each datagram. */
  readonly received: { readonly byte: number; readonly from: string; readonly at: number }[];
  send(byte: number, to: string): void;
};

/** 10 ms, and nothing happens. */
export const STEADY: Link = { delayMs: { min: 10, max: 10 }, loss: 0 };

export function at(text: string): Address {
  const address = parseAddress(text);
  if (address === undefined) throw new Error(text);
  return address;
}

/** A socket of the host at this address. */
export async function open(world: World, text: string): Promise<Opened> {
  const address = at(text);
  const received: Opened['received'] = [];
  const bound = await world.env(address.host).datagrams.bind(address, {
    onDatagram(bytes, from) {
      received.push({ byte: bytes[0] ?? -1, from: printAddress(from), at: world.now });
    },
    onError: (error) => {
      throw error;
    },
  });
  if (!bound.ok) throw bound.error;
  const socket = bound.value;
  return { socket, received, send: (byte, to) => socket.send(Uint8Array.of(byte, 0, 0), at(to)) };
}

export function bytesOf(opened: Opened): number[] {
  return opened.received.map(({ byte }) => byte);
}
