/**
 * Every recorded packet, and thousands made of them by chance, written to a capture and shown by tshark
 * with the dissector of all schemas: each field's place, name and value, and what is said of packets
 * that no peer accepts.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createChance } from '../../../../compiler/values/chance.ts';
import { mutate } from '../../../../compiler/values/mutate.ts';
import { type PacketReading, readPacket } from '../../../../compiler/wire/packet.ts';
import { communitiesOf, createProtocols } from '../../../../compiler/wire/protocols.ts';
import { fromHex, toHex } from '../../../../runtime/base/bytes.ts';
import type { StructType } from '../../../../runtime/protocol/protocol.ts';
import { TEST_SEED } from '../../../seed.ts';
import { readFieldsOf } from '../../../vector-runner/delivered.ts';
import { isSame } from '../../../vector-runner/values.ts';
import { ROOT } from '../../emit/temporary-modules.ts';
import { compareCarried, type Compared, comparePacket, find, readKey } from './compare-packet.ts';
import { RECORDED_PACKETS, type RecordedPacket, VEC_PREFIXES } from './recorded-packets.ts';
import { datagram, dissectorOf, HAS_TSHARK, TITLE, modelOf, runTshark } from './tshark.ts';

const SCHEMAS = readdirSync(join(ROOT, 'schemas'))
  .filter((name) => name.endsWith('.ipv8'))
  .map((name) => `schemas/${name}`);

const model = await modelOf(...SCHEMAS, 'test/schemas/vec.ipv8');

/** As the dissector is told: packets of the made-up community have one of two prefixes. */
const vec = communitiesOf(model).find(({ name }) => name === 'Vec');
const known = createProtocols(model, { base: undefined, unnamed: undefined });
const withVec = createProtocols(model, { base: undefined, unnamed: vec });

function readingOf(bytes: Uint8Array): PacketReading {
  const prefix = toHex(bytes.subarray(0, 22));
  const protocols = VEC_PREFIXES.includes(prefix) ? withVec : known;
  return readPacket(bytes, { protocols, readKey, compat: false });
}

const IDS = VEC_PREFIXES.map((prefix) => `Vec=${prefix.slice(4)}`).join(',');
const OPTIONS = ['-d', 'udp.port==8091,ipv8', '-o', `ipv8.communities:${IDS}`];

/** How many packets became what. */
type Counts = Record<Compared['kind'], number>;

/** The values that py-ipv8 read of a packet that is valid. */
function expectAgreement(
  { id, payloads = [] }: RecordedPacket,
  reading: PacketReading,
  compared: Compared,
): void {
  if (compared.kind !== 'value') throw new Error(`${id} has no value, but is ${compared.kind}`);
  const { top, value } = compared;
  const [first, ...others] = payloads;
  const isTimed = first?.class === 'GlobalTimeDistributionPayload';
  if (isTimed) {
    const time = top.children.find(({ name }) => name === 'ipv8.global_time');
    expect(time?.show, id).toBe(String(first.fields['global_time']));
  }
  const own = isTimed ? others : payloads;
  const name = reading.declared?.message.name ?? '';
  const isPlain = name === 'Cell' && find(top, 'ipv8.cell.message') !== undefined;
  const shown = isPlain ? compareCarried(reading, top, id) : { message: { name }, value };
  const type = { messageName: shown.message.name } as StructType<unknown>;
  expect(own.length, id).toBeGreaterThan(0);
  expect(isSame(readFieldsOf(own, type), shown.value), `${id}: ${toHex(reading.bytes)}`).toBe(true);
}

const MUTATED = 3000;

describe.skipIf(!HAS_TSHARK)(TITLE, () => {
  const lua = dissectorOf(model);

  test('shows every recorded packet as it is', () => {
    const datagrams = RECORDED_PACKETS.map(({ hex }) => datagram(fromHex(hex)));
    const { errors, packets } = runTshark(lua, datagrams, OPTIONS);
    expect(errors).not.toContain('Lua');
    expect(packets.length).toBe(RECORDED_PACKETS.length);
    const counts: Counts = { foreign: 0, problem: 0, unknown: 0, value: 0 };
    let valid = 0;
    for (const [at, packet] of RECORDED_PACKETS.entries()) {
      const reading = readingOf(fromHex(packet.hex));
      const shown = packets[at] ?? { text: '', ipv8: undefined };
      const compared = comparePacket(packet.id, reading, shown);
      counts[compared.kind]++;
      if (packet.payloads === undefined) continue;
      expect(shown.text, packet.id).not.toContain('_ws.malformed');
      expectAgreement(packet, reading, compared);
      valid++;
    }
    expect(valid).toBeGreaterThan(500);
    expect(counts.value).toBeGreaterThan(1500);
    expect(counts.problem).toBeGreaterThan(2000);
  });

  test(`shows ${MUTATED} packets made of them, seed ${TEST_SEED}`, () => {
    const samples = RECORDED_PACKETS.filter(({ payloads }) => payloads !== undefined).map(
      ({ hex }) => ({ bytes: fromHex(hex), spans: [] }),
    );
    const made = Array.from({ length: MUTATED }, (_, number) =>
      mutate({ samples }, createChance(TEST_SEED, 'wireshark', number)),
    );
    const { errors, packets } = runTshark(lua, made.map(datagram), OPTIONS);
    expect(errors).not.toContain('Lua');
    const counts: Counts = { foreign: 0, problem: 0, unknown: 0, value: 0 };
    for (const [at, bytes] of made.entries()) {
      const shown = packets[at] ?? { text: '', ipv8: undefined };
      counts[comparePacket(toHex(bytes), readingOf(bytes), shown).kind]++;
    }
    expect(counts.problem).toBeGreaterThan(MUTATED / 10);
    expect(counts.value).toBeGreaterThan(MUTATED / 10);
  });
});
