/**
 * Addresses of peers as bytes, to begin with when a node starts again: each a tag and an IPv4 or
 * IPv6 address, as py-ipv8 writes them (3.2 peerdiscovery/network.py:396).
 */
import type { Address } from '../address/address.ts';
import { isSendable } from '../address/sendable.ts';
import { printAddress } from '../address/text.ts';
import { fail, ok, type Result } from '../base/result.ts';
import { decode } from '../codec/decode.ts';
import type { Reader } from '../codec/reader.ts';
import { Writer } from '../codec/writer.ts';
import { SNAPSHOT_BYTES_MAX } from './limits.ts';

/** Why bytes are no snapshot: what is wrong, and at which byte. */
export type SnapshotError = { readonly message: string };

export function writeSnapshot(addresses: readonly Address[]): Uint8Array {
  const out = new Writer();
  for (const address of addresses) out.ip(address, 'address');
  return out.finish();
}

/**
 * The addresses, or what is wrong with the first one that is none. Of a damaged snapshot nothing is
 * taken: the reference keeps what it can read, and with it what somebody else wrote.
 */
export function readSnapshot(bytes: Uint8Array): Result<readonly Address[], SnapshotError> {
  if (bytes.length > SNAPSHOT_BYTES_MAX) {
    return fail({ message: `it has ${bytes.length} bytes, more than ${SNAPSHOT_BYTES_MAX}` });
  }
  const decoded = decode(SNAPSHOT, bytes);
  if (!decoded.ok) return fail({ message: decoded.error.message });
  const odd = decoded.value.find(({ address }) => !isSendable(address));
  if (odd === undefined) return ok(decoded.value.map(({ address }) => address));
  return fail({ message: `offset ${odd.offset}: no peer can be at ${printAddress(odd.address)}` });
}

type Placed = { readonly address: Address; readonly offset: number };

const SNAPSHOT = {
  messageName: 'snapshot',
  decode(input: Reader): readonly Placed[] {
    const all: Placed[] = [];
    while (input.more()) all.push({ offset: input.offset, address: input.ip('address') });
    return all;
  },
};
