/** Bytes that py-ipv8 keeps or shows beside its packets. */
import { expect, test } from 'vitest';
import type { Address } from '../../../runtime/address/address.ts';
import { printAddress } from '../../../runtime/address/text.ts';
import { fromHex, toHex } from '../../../runtime/base/bytes.ts';
import { readSnapshot, writeSnapshot } from '../../../runtime/network/snapshot.ts';
import { addressOf, type RecordedAddress, scenes } from '../packet/vectors.ts';

type Snapshot = { readonly addresses: readonly RecordedAddress[]; readonly hex: string };

const snapshots = scenes.map(({ misc }) => misc['network_snapshot'] as Snapshot);

/** A name as it stands in a snapshot: tag 2, its length, itself, the port. */
function nameBytes({ host, port }: Address): string {
  const name = toHex(new TextEncoder().encode(host));
  const word = (value: number): string => value.toString(16).padStart(4, '0');
  return `02${word(host.length)}${name}${word(port)}`;
}

test.each(snapshots)(
  'snapshot $#: its IP addresses are the same bytes, a name is refused',
  (one) => {
    const all = one.addresses.map(addressOf);
    const names = all.filter(({ kind }) => kind === 'domain');
    const places = all.filter(({ kind }) => kind !== 'domain');
    expect(names.length).toBeGreaterThan(0);
    expect(places.map(({ kind }) => kind)).toContain('ipv6');
    const withoutNames = names.reduce((hex, name) => hex.replace(nameBytes(name), ''), one.hex);
    expect(toHex(writeSnapshot(places))).toBe(withoutNames);
    const read = readSnapshot(fromHex(withoutNames));
    expect(read.ok && read.value.map(printAddress)).toEqual(places.map(printAddress));
    // No peer is ever at a name (`snapshot-whole`).
    expect(readSnapshot(fromHex(one.hex)).ok).toBe(false);
  },
);
