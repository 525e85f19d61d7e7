/** Bytes at the edges of what types take, which chance would seldom meet. */
import { describe, expect, test } from 'vitest';
import type { Message } from '../../../../compiler/ir/model.ts';
import { readPacket } from '../../../../compiler/wire/packet.ts';
import { createProtocols } from '../../../../compiler/wire/protocols.ts';
import { fromHex } from '../../../../runtime/base/bytes.ts';
import { bound, community, field, message, model, uint } from '../../emit/model-factories.ts';
import { comparePacket, readKey } from './compare-packet.ts';
import { sealed } from './made-packets.ts';
import { datagram, dissectorOf, HAS_TSHARK, runTshark, TITLE } from './tshark.ts';

const unsigned = (name: string, id: number, type: Message['fields'][number]['type']): Message =>
  message(name, [field('one', type)], { id, auth: 'unsigned' });

const BOOL = unsigned('Bool', 1, { kind: 'bool' });
const TEXT = unsigned('Text', 2, { kind: 'string', prefix: 8, bound: bound(255) });
const ADDRESS = unsigned('Address', 3, { kind: 'address', form: 'address' });
const RANGE = unsigned('Range', 4, {
  kind: 'integer',
  bits: 64,
  isSigned: true,
  range: { min: -(2n ** 40n), max: 2n ** 40n },
});
const UNSIGNED_RANGE = unsigned('UnsignedRange', 5, {
  kind: 'integer',
  bits: 64,
  isSigned: false,
  range: { min: 2n ** 33n, max: 2n ** 63n },
});
const WIDE = unsigned('Wide', 6, uint(64));

const hex = (value: number): string => value.toString(16).padStart(2, '0');

/** Sequences that begin with a byte at an edge and go on at the edges of what may follow, whole and cut. */
const TEXTS = '00 41 7f 80 bf c0 c1 c2 df e0 e1 ec ed ee ef f0 f1 f3 f4 f5 ff'
  .split(' ')
  .flatMap((first) =>
    ['', '7f', '80', '8f', '90', '9f', 'a0', 'bf', 'c0'].flatMap((second) =>
      ['', '80', 'bf80', 'bfbf', '8080', '80c0', '7f'].map((more) => first + second + more),
    ),
  );

/** Every way in which groups can be zeros, and what is written with a dotted quad. */
const ADDRESSES = Array.from({ length: 256 }, (_, mask) =>
  Array.from({ length: 8 }, (_group, at) => ((mask >> at) & 1 ? '0a0b' : '0000')).join(''),
).concat(
  '00000000000000000000ffff01020304',
  '00000000000000000001ffff01020304',
  '0000000000000000ffff000001020304',
);

const LONGS = [0n, 1n, 2n ** 33n, 2n ** 40n, 2n ** 53n, 2n ** 63n, 2n ** 64n]
  .flatMap((value) => [value - 1n, value, value + 1n, -value])
  .map((value) => BigInt.asUintN(64, value).toString(16).padStart(16, '0'));

describe.skipIf(!HAS_TSHARK)(TITLE, () => {
  test('shows and refuses what stands at an edge', () => {
    const messages = [BOOL, TEXT, ADDRESS, RANGE, UNSIGNED_RANGE, WIDE];
    const edges = model(['edges.ipv8', [community('Edges', messages)]]);
    const protocols = createProtocols(edges, { base: undefined, unnamed: undefined });
    const [place] = protocols.overlays;
    if (place === undefined) throw new Error('no community');
    const made = [
      ...Array.from({ length: 256 }, (_, value) => sealed(BOOL, place, Uint8Array.of(value))),
      ...TEXTS.map((text) => sealed(TEXT, place, fromHex(hex(text.length / 2) + text))),
      ...ADDRESSES.map((one) => sealed(ADDRESS, place, fromHex(`03${one}1f90`))),
      ...Array.from({ length: 256 }, (_, tag) =>
        sealed(ADDRESS, place, fromHex(`${hex(tag)}000361c3a91f90`)),
      ),
      ...[RANGE, UNSIGNED_RANGE, WIDE].flatMap((one) =>
        LONGS.map((value) => sealed(one, place, fromHex(value))),
      ),
    ];
    const { errors, packets } = runTshark(dissectorOf(edges), made.map(datagram));
    expect(errors).not.toContain('Lua');
    const counts = { foreign: 0, problem: 0, unknown: 0, value: 0 };
    for (const [at, bytes] of made.entries()) {
      const reading = readPacket(bytes, { protocols, readKey, compat: false });
      const shown = packets[at] ?? { text: '', ipv8: undefined };
      counts[comparePacket(String(at), reading, shown).kind]++;
    }
    expect(counts).toMatchObject({ foreign: 0, unknown: 0 });
    expect(Math.min(counts.problem, counts.value)).toBeGreaterThan(300);
  });
});
