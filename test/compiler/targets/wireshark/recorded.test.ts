/**
 * Every recorded packet, written to a capture and shown by tshark with the dissector of all schemas:
 * each field's place, name and value, and what is said of packets that no peer accepts.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Community } from '../../../../compiler/ir/model.ts';
import { interpret } from '../../../../compiler/wire/interpret.ts';
import { type PacketReading, readPacket, type ReadKey } from '../../../../compiler/wire/packet.ts';
import { communitiesOf, createProtocols } from '../../../../compiler/wire/protocols.ts';
import { concatBytes, fromHex, toHex } from '../../../../runtime/base/bytes.ts';
import { createCrypto } from '../../../../runtime/crypto/create-crypto.ts';
import { LEGACY_CURVES, readLegacyPublic } from '../../../../runtime/crypto/legacy-der.ts';
import type { StructType } from '../../../../runtime/protocol/protocol.ts';
import { readFieldsOf } from '../../../vector-runner/delivered.ts';
import { isSame } from '../../../vector-runner/values.ts';
import { ROOT } from '../../emit/temporary-modules.ts';
import { RECORDED_PACKETS, type RecordedPacket, VEC_PREFIXES } from './recorded-packets.ts';
import { ours } from './ours.ts';
import { type Items, shownFields, snake } from './shown-value.ts';
import {
  datagram,
  dissectorOf,
  HAS_TSHARK,
  modelOf,
  runTshark,
  type Shown,
  type ShownPacket,
} from './tshark.ts';

const SCHEMAS = readdirSync(join(ROOT, 'schemas'))
  .filter((name) => name.endsWith('.ipv8'))
  .map((name) => `schemas/${name}`);

const model = await modelOf(...SCHEMAS, 'test/schemas/vec.ipv8');
const crypto = await createCrypto();

/** The dissector does not look whether a point lies on its curve: such a key is a key to it. */
const readKey: ReadKey = (bytes) => {
  const key = crypto.publicKey(bytes);
  if (key.ok) {
    const { curve, signatureLength } = key.value;
    const verify = (signed: Uint8Array, signature: Uint8Array): boolean =>
      crypto.verify(key.value, signed, signature);
    return { curve, signatureLength, mid: '', verify };
  }
  const parts = readLegacyPublic(bytes, { compat: false });
  if (!parts.ok) return undefined;
  const { curve } = parts.value;
  const signatureLength = 2 * LEGACY_CURVES[curve].fieldSize;
  return { curve, signatureLength, mid: '', verify: () => false };
};

/** As the dissector is told: packets of the made-up community have one of two prefixes. */
const vec: Community | undefined = communitiesOf(model).find(({ name }) => name === 'Vec');
const known = createProtocols(model, { base: undefined, unnamed: undefined });
const withVec = createProtocols(model, { base: undefined, unnamed: vec });

function readingOf(hex: string): PacketReading {
  const protocols = VEC_PREFIXES.some((prefix) => hex.startsWith(prefix)) ? withVec : known;
  return readPacket(fromHex(hex), { protocols, readKey, compat: false });
}

/** The first item of that name, anywhere below. */
function find(item: Shown, name: string): Shown | undefined {
  if (item.name === name) return item;
  for (const child of item.children) {
    const found = find(child, name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What the dissector says is wrong, in the interpreter's form. */
function problemOf(top: Shown): object | undefined {
  const problem = find(top, 'ipv8.problem');
  if (problem === undefined) return undefined;
  const part = (name: string): string => find(problem, `ipv8.problem.${name}`)?.show ?? '';
  const [, detail = ''] = / at byte \d+: (.*)$/.exec(problem.show) ?? [];
  expect(find(problem, 'ipv8.malformed')).toBeDefined();
  return { reason: part('reason'), path: part('field'), offset: Number(part('offset')), detail };
}

function expectedProblem({ problem }: PacketReading): object | undefined {
  if (problem?.kind === 'does-not-fit' || problem?.kind === 'unknown-key') {
    const { detail, offset, path, reason = problem.kind } = problem;
    return { reason, path, offset, detail };
  }
  return undefined;
}

/** Compares all fields of a message that fits. */
function compareFields({ declared, parts }: PacketReading, top: Shown, id: string): object {
  if (declared === undefined) throw new Error(`${id} has no message`);
  const { community, declarations, message } = declared;
  const owner = `ipv8.${snake(community.name)}.${snake(message.name)}`;
  const item = find(top, owner);
  if (item === undefined) throw new Error(`${id}: ${owner} is not shown`);
  const nodes = parts.flatMap(({ declarations: isField, node }) =>
    isField === undefined ? [] : [node],
  );
  const items: Items = { all: item.children, at: 0 };
  const shown = shownFields(nodes, owner, items, declarations);
  expect(items.at, id).toBe(items.all.length);
  const read = nodes.filter(({ isConstant }) => !isConstant);
  expect(shown, id).toEqual(Object.fromEntries(read.map(({ name, value }) => [name, value])));
  return ours({ kind: 'object', variant: undefined, entries: shown }) as object;
}

/** Prefix, id, key, global time and signature. */
function compareEnvelope({ parts }: PacketReading, top: Shown, id: string): void {
  for (const { declarations, node } of parts) {
    // Without a value, reading broke off there.
    if (declarations !== undefined || node.value === undefined) continue;
    const item = top.children.find(({ name }) => name === `ipv8.${node.name}`);
    const skip = node.name === 'public_key' ? 2 : 0;
    const place = { offset: node.offset + skip, size: node.length - skip };
    expect(item, `${id}: ${node.name}`).toMatchObject(place);
    const { value } = node;
    if (typeof value !== 'object') expect(item?.show).toBe(String(value));
    else if (value.kind === 'bytes') expect(item?.value).toBe(value.hex.slice(skip * 2));
  }
}

/** What a cell in plain text carries: its tree lies in that of the cell's last field. */
function compareCarried(reading: PacketReading, top: Shown, id: string) {
  const { bytes, declared, overlay, parts } = reading;
  const last = parts.at(-1)?.node;
  const candidates = overlay?.messages.get(bytes[last?.offset ?? 0] ?? -1);
  const [carried] = candidates ?? [];
  if (declared === undefined || last === undefined || carried === undefined) throw new Error(id);
  const { community, declarations, message } = carried;
  const offset = last.offset + 1 - 4;
  const content = concatBytes(bytes.subarray(23, 27), bytes.subarray(last.offset + 1));
  const { tree } = interpret(message, content, { declarations, offset });
  const [circuit, ...nodes] = tree.children;
  const owner = `ipv8.${snake(community.name)}.${snake(message.name)}`;
  const items: Items = { all: find(top, owner)?.children ?? [], at: 0 };
  const entries = { circuit_id: circuit?.value ?? 0 };
  Object.assign(entries, shownFields(nodes, owner, items, declarations));
  return { message, value: ours({ kind: 'object', variant: undefined, entries }) };
}

type Counts = { values: number; problems: number; foreign: number; agreed: number };

function compare(packet: RecordedPacket, { ipv8 }: ShownPacket, counts: Counts): void {
  const { hex, id, payloads } = packet;
  const reading = readingOf(hex);
  if (reading.bytes.length < 2 || reading.bytes[0] !== 0) {
    expect(ipv8, id).toBeUndefined();
    counts.foreign++;
    return;
  }
  if (ipv8 === undefined) throw new Error(`${id} is not shown`);
  compareEnvelope(reading, ipv8, id);
  const problem = expectedProblem(reading);
  expect(problemOf(ipv8), id).toEqual(problem);
  const isUnknown = /^unknown-(community|message)$/.test(reading.problem?.kind ?? '');
  if (problem === undefined) expect(find(ipv8, 'ipv8.unknown') !== undefined, id).toBe(isUnknown);
  if (problem !== undefined) counts.problems++;
  if (problem !== undefined || reading.declared === undefined) return;
  const value = compareFields(reading, ipv8, id);
  counts.values++;
  if (payloads !== undefined) counts.agreed += expectAgreement(packet, { reading, value }, ipv8);
}

/** The values that py-ipv8 read; 1 where there was something to compare. */
function expectAgreement(
  { id, payloads = [] }: RecordedPacket,
  { reading, value }: { readonly reading: PacketReading; readonly value: object },
  top: Shown,
): number {
  const [first, ...others] = payloads;
  const isTimed = first?.class === 'GlobalTimeDistributionPayload';
  if (isTimed) {
    const time = top.children.find(({ name }) => name === 'ipv8.global_time');
    expect(time?.show, id).toBe(String(first.fields['global_time']));
  }
  const own = isTimed ? others : payloads;
  const name = reading.declared?.message.name;
  if (own.length === 0 || name === undefined) return 0;
  const isPlain = name === 'Cell' && find(top, 'ipv8.cell.message') !== undefined;
  const shown = isPlain ? compareCarried(reading, top, id) : { message: { name }, value };
  const type = { messageName: shown.message.name } as StructType<unknown>;
  expect(isSame(readFieldsOf(own, type), shown.value), `${id}: ${toHex(reading.bytes)}`).toBe(true);
  return 1;
}

describe.skipIf(!HAS_TSHARK)('tshark', () => {
  test('shows every recorded packet as it is', () => {
    const ids = VEC_PREFIXES.map((prefix) => `Vec=${prefix.slice(4)}`).join(',');
    const asIpv8 = ['-d', 'udp.port==8091,ipv8', '-o', `ipv8.communities:${ids}`];
    const datagrams = RECORDED_PACKETS.map(({ hex }) => datagram(fromHex(hex)));
    const { errors, packets } = runTshark(dissectorOf(model), datagrams, asIpv8);
    expect(errors).not.toContain('Lua');
    expect(packets.length).toBe(RECORDED_PACKETS.length);
    const counts: Counts = { values: 0, problems: 0, foreign: 0, agreed: 0 };
    for (const [at, packet] of RECORDED_PACKETS.entries()) {
      const shown = packets[at] ?? { text: '', ipv8: undefined };
      expect(shown.text, packet.id).not.toContain('Lua Error');
      if (packet.payloads !== undefined) expect(shown.text).not.toContain('_ws.malformed');
      compare(packet, shown, counts);
    }
    const valid = RECORDED_PACKETS.filter(({ payloads }) => payloads !== undefined);
    expect(counts.agreed).toBe(valid.length);
    expect(counts.values).toBeGreaterThan(1500);
    expect(counts.problems).toBeGreaterThan(2000);
  });
});
