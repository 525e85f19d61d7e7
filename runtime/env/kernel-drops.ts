/** Datagrams that the system dropped before the process could read them. */
import { readFileSync } from 'node:fs';
import { endianness } from 'node:os';
import type { Address } from '../address/address.ts';
import { parseIpv4, parseIpv6 } from '../address/ip.ts';

/**
 * How many the kernel dropped of those for the socket that is bound to exactly this address, since
 * it was bound: its receive buffer was full, or a checksum was wrong. Undefined where the system
 * does not tell: it is the last column of Linux's /proc/net/udp (proc(5)).
 */
export function readKernelDrops(at: Address): number | undefined {
  try {
    const table = readFileSync(at.kind === 'ipv6' ? '/proc/net/udp6' : '/proc/net/udp', 'latin1');
    return findDrops(table, at, endianness());
  } catch {
    return undefined;
  }
}

/** The drops of the socket at this address, in a table as the kernel prints it. */
export function findDrops(table: string, at: Address, order: 'LE' | 'BE'): number | undefined {
  const local = localAddress(at, order);
  if (local === undefined) return undefined;
  for (const line of table.split('\n')) {
    const columns = line.trim().split(/\s+/);
    if (columns[1] !== local) continue;
    const drops = Number(columns.at(-1));
    return Number.isInteger(drops) ? drops : undefined;
  }
  return undefined;
}

/** As `0100007F:1F9A`: 32-bit words in the machine's order, then the port. */
function localAddress({ kind, host, port }: Address, order: 'LE' | 'BE'): string | undefined {
  const bytes = kind === 'ipv6' ? parseIpv6(host) : parseIpv4(host);
  if (bytes === undefined) return undefined;
  let text = '';
  for (let at = 0; at < bytes.length; at += 4) {
    const word = [...bytes.subarray(at, at + 4)];
    for (const byte of order === 'LE' ? word.reverse() : word) text += hex(byte, 2);
  }
  return `${text}:${hex(port, 4)}`;
}

function hex(value: number, digits: number): string {
  return value.toString(16).toUpperCase().padStart(digits, '0');
}
