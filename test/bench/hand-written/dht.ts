/** Three messages of schemas/dht.ipv8. */
import type { DhtNode, FindRequest, FindResponse, StoreRequest } from '../../../generated/dht.ts';
import type { HandWritten } from './codec.ts';
import {
  bytes16Length,
  checkBool,
  checkEnd,
  checkLength,
  checkU32,
  ip,
  ipSize,
  putBytes16,
  putIp,
  putU32,
  refuse,
  u32,
} from './cursor.ts';

const HASH_BYTES = 20;
const VALUE_BYTES_MAX = 170;
const VALUES_SENT_MAX = 7;
const VALUES_MAX = 8;
const NODES_MAX = 8;

export const findRequest: HandWritten<FindRequest> = {
  write(message, bytes) {
    checkU32(message.identifier, 'identifier');
    putU32(bytes, 0, message.identifier);
    let at = putIp(bytes, 4, message.lanAddress, 'lan_address');
    putHash(bytes, at, message.target, 'target');
    at += HASH_BYTES;
    checkU32(message.offset, 'offset');
    putU32(bytes, at, message.offset);
    checkBool(message.forceNodes, 'force_nodes');
    bytes[at + 4] = message.forceNodes ? 1 : 0;
    return at + 5;
  },
  read(bytes) {
    checkEnd(5, bytes, 'lan_address');
    const at = 4 + ipSize(bytes, 4, 'lan_address');
    checkEnd(at + 25, bytes, 'force_nodes');
    if (bytes.length !== at + 25) refuse('end', 'bytes are left');
    const forceNodes = bytes[at + 24] as number;
    if (forceNodes > 1) refuse('force_nodes', 'neither 0 nor 1');
    return {
      identifier: u32(bytes, 0),
      lanAddress: ip(bytes, 4),
      target: bytes.slice(at, at + HASH_BYTES),
      offset: u32(bytes, at + HASH_BYTES),
      forceNodes: forceNodes === 1,
    };
  },
};

export const storeRequest: HandWritten<StoreRequest> = {
  write(message, bytes) {
    checkU32(message.identifier, 'identifier');
    putU32(bytes, 0, message.identifier);
    putHash(bytes, 4, message.token, 'token');
    putHash(bytes, 24, message.target, 'target');
    return putValues(bytes, 44, message.values);
  },
  read(bytes) {
    checkEnd(45, bytes, 'values');
    const values: Uint8Array[] = [];
    const end = readValues(bytes, 44, values);
    if (bytes.length !== end) refuse('end', 'bytes are left');
    return {
      identifier: u32(bytes, 0),
      token: bytes.slice(4, 24),
      target: bytes.slice(24, 44),
      values,
    };
  },
};

export const findResponse: HandWritten<FindResponse> = {
  write(message, bytes) {
    checkU32(message.identifier, 'identifier');
    putU32(bytes, 0, message.identifier);
    putHash(bytes, 4, message.token, 'token');
    let at = putValues(bytes, 24, message.values);
    checkLength(message.nodes.length, NODES_MAX, 'nodes');
    bytes[at++] = message.nodes.length;
    for (const node of message.nodes) {
      at = putIp(bytes, at, node.address, 'address');
      at = putBytes16(bytes, at, node.publicKey, VALUE_BYTES_MAX, 'public_key');
    }
    return at;
  },
  read(bytes) {
    checkEnd(25, bytes, 'values');
    const values: Uint8Array[] = [];
    let at = readValues(bytes, 24, values);
    checkEnd(at + 1, bytes, 'nodes');
    const count = bytes[at++] as number;
    checkLength(count, NODES_MAX, 'nodes');
    const nodes: DhtNode[] = [];
    for (let index = 0; index < count; index++) {
      checkEnd(at + 1, bytes, 'address');
      const key = at + ipSize(bytes, at, 'address');
      const length = bytes16Length(bytes, key, VALUE_BYTES_MAX, 'public_key');
      nodes.push({
        address: ip(bytes, at),
        publicKey: bytes.slice(key + 2, key + 2 + length),
      });
      at = key + 2 + length;
    }
    if (bytes.length !== at) refuse('end', 'bytes are left');
    return { identifier: u32(bytes, 0), token: bytes.slice(4, 24), values, nodes };
  },
};

function putHash(bytes: Uint8Array, at: number, value: Uint8Array, field: string): void {
  if (value.length !== HASH_BYTES) refuse(field, 'not 20 bytes');
  bytes.set(value, at);
}

function putValues(bytes: Uint8Array, start: number, values: readonly Uint8Array[]): number {
  checkLength(values.length, VALUES_SENT_MAX, 'values');
  bytes[start] = values.length;
  let at = start + 1;
  for (const value of values) at = putBytes16(bytes, at, value, VALUE_BYTES_MAX, 'values');
  return at;
}

function readValues(bytes: Uint8Array, start: number, values: Uint8Array[]): number {
  const count = bytes[start] as number;
  checkLength(count, VALUES_MAX, 'values');
  let at = start + 1;
  for (let index = 0; index < count; index++) {
    const length = bytes16Length(bytes, at, VALUE_BYTES_MAX, 'values');
    values.push(bytes.slice(at + 2, at + 2 + length));
    at += 2 + length;
  }
  return at;
}
