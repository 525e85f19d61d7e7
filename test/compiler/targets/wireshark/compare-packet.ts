/** One packet as tshark shows it, held against the interpreter of the model. */
import { createHash } from 'node:crypto';
import { expect } from 'vitest';
import { interpret } from '../../../../compiler/wire/interpret.ts';
import type { PacketReading, ReadKey } from '../../../../compiler/wire/packet.ts';
import type { Message, VectorValue } from '../../../../compiler/ir/model.ts';
import { concatBytes, fromHex } from '../../../../runtime/base/bytes.ts';
import { createCrypto } from '../../../../runtime/crypto/create-crypto.ts';
import { ED25519_SIGNATURE_SIZE } from '../../../../runtime/crypto/ed25519-checks.ts';
import { LEGACY_CURVES, readLegacyPublic } from '../../../../runtime/crypto/legacy-der.ts';
import { ours } from './ours.ts';
import { type Items, shownFields, snake } from './shown-value.ts';
import type { Shown, ShownPacket } from './tshark.ts';

const crypto = await createCrypto();

/**
 * As the dissector has it: whether a point lies on its curve is not looked at, nor what a signature
 * is worth.
 */
export const readKey: ReadKey = (bytes) => {
  const key = crypto.publicKey(bytes);
  const parts = key.ok ? undefined : readLegacyPublic(bytes, { compat: false });
  const curve = key.ok ? key.value.curve : parts?.ok === true ? parts.value.curve : undefined;
  if (curve === undefined) return undefined;
  const signatureLength =
    curve === 'curve25519' ? ED25519_SIGNATURE_SIZE : 2 * LEGACY_CURVES[curve].fieldSize;
  return { curve, signatureLength, mid: '', verify: () => true };
};

/** The first item of that name, anywhere below. */
export function find(item: Shown, name: string): Shown | undefined {
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
  if (find(problem, 'ipv8.malformed') === undefined) throw new Error(`no expert: ${detail}`);
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
  if (items.at !== items.all.length) throw new Error(`${id}: too much is shown`);
  const read = nodes.filter(({ isConstant }) => !isConstant);
  expect(shown, id).toEqual(Object.fromEntries(read.map(({ name, value }) => [name, value])));
  return ours({ kind: 'object', variant: undefined, entries: shown }) as object;
}

/** Prefix, id, key with the peer's name, global time, signature, and what it covers. */
function compareEnvelope({ parts }: PacketReading, top: Shown, id: string): void {
  for (const { declarations, node } of parts) {
    // Without a value, reading broke off there.
    if (declarations !== undefined || node.value === undefined) continue;
    const item = top.children.find(({ name }) => name === `ipv8.${node.name}`);
    const skip = node.name === 'public_key' ? 2 : 0;
    const { length, offset, value } = node;
    const wanted = `${offset + skip}+${length - skip} ${envelopeText(value, skip)}`;
    const shown = typeof value === 'object' ? item?.value : item?.show;
    // Thousands of packets: what finds equality fast is asked first.
    const found = `${item?.offset}+${item?.size} ${shown}`;
    if (found !== wanted) expect(found, `${id}: ${node.name}`).toBe(wanted);
  }
}

/** The peer's name, which is the SHA-1 of the key, and the bytes that are signed. */
function compareSigner({ bytes, sender, parts }: PacketReading, top: Shown, id: string): void {
  const signature = parts.find(({ node }) => node.path === 'signature')?.node;
  if (sender === undefined || signature === undefined) return;
  const key = find(top, 'ipv8.public_key');
  const mid = createHash('sha1')
    .update(fromHex(key?.value ?? ''))
    .digest('hex');
  const shown = key?.children.map(({ show }) => show).join(' ');
  const signed = find(top, 'ipv8.signed');
  if (shown !== `${sender.curve} ${mid}`) throw new Error(`${id}: ${shown}`);
  if (signed?.size !== signature.offset || signature.offset + signature.length !== bytes.length)
    throw new Error(`${id}: ${signed?.size} bytes are signed`);
}

/** Bytes without their length in front. */
function envelopeText(value: VectorValue, skip: number): string {
  if (typeof value !== 'object') return String(value);
  return value.kind === 'bytes' ? value.hex.slice(skip * 2) : value.kind;
}

/** What a cell in plain text carries: its tree lies in that of the cell's last field. */
export function compareCarried(
  reading: PacketReading,
  top: Shown,
  id: string,
): { readonly message: Pick<Message, 'name'>; readonly value: unknown } {
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

/** What a packet turned out to be. */
export type Compared =
  /** Nothing for the dissector. */
  | { readonly kind: 'foreign' }
  /** No peer accepts it. */
  | { readonly kind: 'problem'; readonly top: Shown }
  /** No schema has its community or message. */
  | { readonly kind: 'unknown'; readonly top: Shown }
  /** The value is one of a generated class. */
  | { readonly kind: 'value'; readonly top: Shown; readonly value: unknown };

/** Throws where tshark shows anything else than the interpreter read. */
export function comparePacket(
  id: string,
  reading: PacketReading,
  { ipv8: top, text }: ShownPacket,
): Compared {
  if (text.includes('Lua Error')) throw new Error(`${id}: ${text}`);
  if (reading.bytes.length < 2 || reading.bytes[0] !== 0) {
    if (top !== undefined) throw new Error(`${id} is shown`);
    return { kind: 'foreign' };
  }
  if (top === undefined) throw new Error(`${id} is not shown`);
  compareEnvelope(reading, top, id);
  compareSigner(reading, top, id);
  const problem = expectedProblem(reading);
  const told = problemOf(top);
  if (JSON.stringify(told) !== JSON.stringify(problem)) expect(told, id).toEqual(problem);
  if (problem !== undefined) return { kind: 'problem', top };
  // What a cell carries is no part of what the interpreter reads.
  const mayBeBroken = find(top, 'ipv8.cell.message') !== undefined;
  if (!mayBeBroken && text.includes('_ws.malformed')) throw new Error(`${id} is malformed`);
  const isUnknown = reading.overlay === undefined || reading.declared === undefined;
  if ((find(top, 'ipv8.unknown') !== undefined) !== isUnknown) throw new Error(`${id}: unknown?`);
  if (reading.declared === undefined) return { kind: 'unknown', top };
  return { kind: 'value', top, value: compareFields(reading, top, id) };
}
