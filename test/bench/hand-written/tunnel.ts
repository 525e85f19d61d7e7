/** Two messages of schemas/tunnel.ipv8. */
import type { Address } from '../../../runtime/codegen.ts';
import type { Data, IntroductionInfo, PeersResponse } from '../../../generated/tunnel.ts';
import type { HandWritten } from './codec.ts';
import {
  bytes16Length,
  checkEnd,
  checkLength,
  checkU16,
  checkU32,
  ip,
  ipSize,
  putBytes16,
  putIp,
  putU16,
  putU32,
  refuse,
  u16,
  u32,
} from './cursor.ts';

const BYTES_MAX = 0xffff;
const PEERS_MAX = 7;
const DOMAIN = 2;
const TEXT_IN = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const TEXT_OUT = new TextEncoder();

export const data: HandWritten<Data> = {
  write(message, bytes) {
    checkU32(message.circuitId, 'circuit_id');
    putU32(bytes, 0, message.circuitId);
    let at = putAddress(bytes, 4, message.destinationAddress, 'destination_address');
    at = putAddress(bytes, at, message.originAddress, 'origin_address');
    bytes.set(message.data, at);
    return at + message.data.length;
  },
  read(bytes) {
    const origin = 4 + addressSize(bytes, 4, 'destination_address');
    const end = origin + addressSize(bytes, origin, 'origin_address');
    return {
      circuitId: u32(bytes, 0),
      destinationAddress: address(bytes, 4),
      originAddress: address(bytes, origin),
      data: bytes.slice(end),
    };
  },
};

export const peersResponse: HandWritten<PeersResponse> = {
  write(message, bytes) {
    checkU32(message.circuitId, 'circuit_id');
    putU32(bytes, 0, message.circuitId);
    checkU16(message.identifier, 'identifier');
    putU16(bytes, 4, message.identifier);
    if (message.infoHash.length !== 20) refuse('info_hash', 'not 20 bytes');
    bytes.set(message.infoHash, 6);
    checkLength(message.peers.length, PEERS_MAX, 'peers');
    bytes[26] = message.peers.length;
    let at = 27;
    for (const peer of message.peers) {
      const start = at + 2;
      at = putIp(bytes, start, peer.address, 'address');
      at = putBytes16(bytes, at, peer.key, BYTES_MAX, 'key');
      at = putBytes16(bytes, at, peer.seederKey, BYTES_MAX, 'seeder_key');
      if (peer.source !== (peer.source & 0xff)) refuse('source', 'not a whole number of 8 bits');
      bytes[at++] = peer.source;
      checkLength(at - start, BYTES_MAX, 'peers');
      putU16(bytes, start - 2, at - start);
    }
    return at;
  },
  read(bytes) {
    checkEnd(27, bytes, 'peers');
    const count = bytes[26] as number;
    checkLength(count, PEERS_MAX, 'peers');
    const peers: IntroductionInfo[] = [];
    let at = 27;
    for (let index = 0; index < count; index++) {
      const start = at + 2;
      const end = start + bytes16Length(bytes, at, BYTES_MAX, 'peers');
      checkEnd(start + 1, bytes, 'address');
      const key = start + ipSize(bytes, start, 'address');
      const seeder = key + 2 + bytes16Length(bytes, key, BYTES_MAX, 'key');
      const source = seeder + 2 + bytes16Length(bytes, seeder, BYTES_MAX, 'seeder_key');
      if (source + 1 !== end) refuse('peers', 'does not fill its frame');
      peers.push({
        address: ip(bytes, start),
        key: bytes.slice(key + 2, seeder),
        seederKey: bytes.slice(seeder + 2, source),
        source: bytes[source] as number,
      });
      at = end;
    }
    if (bytes.length !== at) refuse('end', 'bytes are left');
    return {
      circuitId: u32(bytes, 0),
      identifier: u16(bytes, 4),
      infoHash: bytes.slice(6, 26),
      peers,
    };
  },
};

function putAddress(bytes: Uint8Array, at: number, value: Address, field: string): number {
  if (value.kind !== 'domain') return putIp(bytes, at, value, field);
  bytes[at] = DOMAIN;
  if (!value.host.isWellFormed()) refuse(field, 'not Unicode');
  const end = putBytes16(bytes, at + 1, TEXT_OUT.encode(value.host), BYTES_MAX, field);
  checkU16(value.port, field);
  putU16(bytes, end, value.port);
  return end + 2;
}

/** Size of an address that is all there. */
function addressSize(bytes: Uint8Array, at: number, field: string): number {
  checkEnd(at + 1, bytes, field);
  const isDomain = bytes[at] === DOMAIN;
  const size = isDomain
    ? 5 + bytes16Length(bytes, at + 1, BYTES_MAX, field)
    : ipSize(bytes, at, field);
  checkEnd(at + size, bytes, field);
  return size;
}

function address(bytes: Uint8Array, at: number): Address {
  if (bytes[at] !== DOMAIN) return ip(bytes, at);
  const end = at + 3 + u16(bytes, at + 1);
  return {
    kind: 'domain',
    host: TEXT_IN.decode(bytes.subarray(at + 3, end)),
    port: u16(bytes, end),
  };
}
