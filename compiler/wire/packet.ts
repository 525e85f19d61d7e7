/**
 * A whole datagram by the model: prefix, message id, the sender's key, global time, fields,
 * signature.
 */
import { toHex } from '../../runtime/base/bytes.ts';
import { interpret } from './interpret.ts';
import { brokenPart, bytesPart, numberPart, type PacketPart } from './packet-part.ts';
import type { DeclaredMessage, Overlay, Protocols } from './protocols.ts';
import { toleratesTrailing } from './roots.ts';
import type { WireError } from './wire-node.ts';

/** What a public key on the wire is good for. */
export type PacketKey = {
  readonly curve: string;
  /** The name of the peer: 40 hexadecimal digits. */
  readonly mid: string;
  readonly signatureLength: number;
  verify(signed: Uint8Array, signature: Uint8Array): boolean;
};

/** What reads keys; undefined for bytes that are none. */
export type ReadKey = (bytes: Uint8Array) => PacketKey | undefined;

export type Signature = 'valid' | 'invalid' | 'not signed' | 'unknown key';

/** Why no handler would see the packet. */
export type PacketProblem = {
  readonly kind:
    | 'not-ipv8'
    | 'unknown-community'
    | 'unknown-message'
    | 'unknown-key'
    | 'invalid-signature'
    | 'does-not-fit';
  /** As in `WireError`, where bytes do not fit. */
  readonly reason: WireError['reason'] | undefined;
  readonly path: string;
  readonly offset: number;
  readonly detail: string;
};

export type PacketReading = {
  readonly bytes: Uint8Array;
  /** In wire order, as far as the packet was understood. */
  readonly parts: readonly PacketPart[];
  readonly overlay: Overlay | undefined;
  readonly declared: DeclaredMessage | undefined;
  /** Undefined where reading did not come so far. */
  readonly signature: Signature | undefined;
  readonly sender: PacketKey | undefined;
  readonly problem: PacketProblem | undefined;
};

export type PacketOptions = {
  readonly protocols: Protocols;
  readonly readKey: ReadKey;
  /** Accepts what py-ipv8 accepts in keys and fields. */
  readonly compat: boolean;
};

// 00 and the version, the community's id, the message's id.
const COMMUNITY_AT = 2;
const MESSAGE_AT = 22;
const HEADER_BYTES = 23;
const GLOBAL_TIME_BYTES = 8;

/** Reads a datagram. Whatever it holds gives a reading. */
export function readPacket(bytes: Uint8Array, options: PacketOptions): PacketReading {
  const { candidates, reading } = readHeader(bytes, options.protocols);
  let last = reading;
  for (const declared of candidates) {
    last = readMessage({ ...reading, declared }, declared, options);
    const isOther = declared.message.overrides === undefined || isOtherConstant(last.problem);
    if (last.problem?.kind !== 'does-not-fit' || !isOther) break;
  }
  return last;
}

/** An override lets a packet go on to what it overrides when a constant differs. */
function isOtherConstant(problem: PacketProblem | undefined): boolean {
  return problem?.reason === 'bad-constant';
}

type Header = { readonly reading: PacketReading; readonly candidates: readonly DeclaredMessage[] };

function readHeader(bytes: Uint8Array, { base, overlays, unnamed }: Protocols): Header {
  const [first, version] = bytes;
  const parts: PacketPart[] = [];
  const nothing = {
    bytes,
    parts,
    overlay: undefined,
    declared: undefined,
    signature: undefined,
    sender: undefined,
  };
  const stop = (problem: PacketProblem): Header => ({
    reading: { ...nothing, problem },
    candidates: [],
  });
  if (first !== undefined && first !== 0) {
    const detail = `a packet of IPv8 begins with 00, this one with ${toHex(bytes.subarray(0, 1))}`;
    return stop({ kind: 'not-ipv8', reason: undefined, path: 'version', offset: 0, detail });
  }
  if (version === undefined) return stop(tooShort('version', { offset: 0, size: 2, bytes }));
  parts.push(numberPart('version', { offset: 0, length: 2, value: version }));
  if (bytes.length < MESSAGE_AT) {
    return stop(tooShort('community', { offset: COMMUNITY_AT, size: 20, bytes }));
  }
  const id = bytes.subarray(COMMUNITY_AT, MESSAGE_AT);
  const communityId = toHex(id);
  const declared = overlays.filter((one) => one.communityId === communityId);
  const overlay =
    declared.find((one) => one.version === version) ??
    (declared.length === 0 && unnamed?.version === version
      ? { ...unnamed, communityId }
      : undefined);
  const names = overlay?.communities.map(({ name }) => name).join(', ');
  parts.push(bytesPart('community', { offset: COMMUNITY_AT, bytes: id, note: names }));
  const messageId = bytes[MESSAGE_AT];
  if (messageId === undefined) {
    return stop(tooShort('message', { offset: MESSAGE_AT, size: 1, bytes }));
  }
  const candidates = (overlay?.messages ?? base).get(messageId) ?? [];
  const messageNames = [...new Set(candidates.map(({ message }) => message.name))].join(', ');
  parts.push(
    numberPart('message', {
      offset: MESSAGE_AT,
      length: 1,
      value: messageId,
      ...(messageNames === '' ? {} : { note: `${messageNames} (${messageId})` }),
    }),
  );
  const problem =
    overlay === undefined
      ? unknownCommunity(communityId, version, overlays)
      : candidates.length === 0
        ? unknownMessage(messageId, overlay)
        : undefined;
  return { reading: { ...nothing, overlay, problem }, candidates };
}

function unknownCommunity(
  communityId: string,
  version: number,
  overlays: readonly Overlay[],
): PacketProblem {
  const others = overlays.filter((one) => one.communityId === communityId);
  const versions = others.map((one) => one.version).join(', ');
  const known =
    overlays.length === 0 ? 'none has an id of its own' : `known are ${namesOf(overlays)}`;
  const detail =
    others.length > 0
      ? `this is version ${version} of ${namesOf(others)}, which the schemas have as version ${versions}`
      : `no schema has the community ${communityId} in version ${version}; ${known}`;
  const kind = 'unknown-community';
  return { kind, reason: undefined, path: 'community', offset: COMMUNITY_AT, detail };
}

function namesOf(overlays: readonly Overlay[]): string {
  return overlays.flatMap(({ communities }) => communities.map(({ name }) => name)).join(', ');
}

function unknownMessage(messageId: number, overlay: Overlay): PacketProblem {
  const known = [...overlay.messages]
    .sort(([one], [other]) => one - other)
    .map(([id, [first]]) => `${id} ${first?.message.name ?? ''}`);
  const detail = `no message of ${namesOf([overlay])} has id ${messageId}; known are ${known.join(', ')}`;
  const kind = 'unknown-message';
  return { kind, reason: undefined, path: 'message', offset: MESSAGE_AT, detail };
}

/** What is left to read, and what is behind it. */
type Body = {
  readonly start: number;
  readonly end: number;
  readonly sender: PacketKey | undefined;
  readonly signature: Signature;
};

function readMessage(
  header: PacketReading,
  declared: DeclaredMessage,
  { compat, readKey }: PacketOptions,
): PacketReading {
  const { bytes } = header;
  const { message, declarations } = declared;
  const parts = [...header.parts];
  const body = message.auth === 'signed' ? readSender(bytes, { parts, readKey }) : unsigned(bytes);
  if ('problem' in body) return { ...header, ...body, parts };
  const { sender, signature } = body;
  let { start } = body;
  let fitting: PacketProblem | undefined;
  if (message.isTimed && body.end - start < GLOBAL_TIME_BYTES) {
    const left = bytes.subarray(0, body.end);
    fitting = tooShort('global_time', { offset: start, size: GLOBAL_TIME_BYTES, bytes: left });
  } else {
    if (message.isTimed) {
      const value = new DataView(bytes.buffer, bytes.byteOffset + start).getBigUint64(0);
      parts.push(numberPart('global_time', { offset: start, length: GLOBAL_TIME_BYTES, value }));
      start += GLOBAL_TIME_BYTES;
    }
    const read = interpret(message, bytes.subarray(start, body.end), {
      declarations,
      compat,
      offset: start,
      // As py-ipv8 reads what may come out of a cell, wherever it comes from.
      tolerateTrailing: compat && toleratesTrailing(message),
    });
    parts.push(...read.tree.children.map((node) => ({ node, note: undefined, declarations })));
    if (!read.ok) fitting = { kind: 'does-not-fit', ...read.error };
  }
  if (sender !== undefined) {
    const given = bytes.subarray(body.end);
    parts.push(bytesPart('signature', { offset: body.end, bytes: given, note: signature }));
  }
  const wrong = signature === 'invalid' ? invalidSignature(body.end) : undefined;
  return { ...header, parts, sender, signature, problem: fitting ?? wrong ?? header.problem };
}

function unsigned(bytes: Uint8Array): Body {
  return { start: HEADER_BYTES, end: bytes.length, sender: undefined, signature: 'not signed' };
}

type Stopped = {
  readonly problem: PacketProblem;
  readonly signature?: Signature;
};

function readSender(
  bytes: Uint8Array,
  { parts, readKey }: { readonly parts: PacketPart[]; readonly readKey: ReadKey },
): Body | Stopped {
  const offset = HEADER_BYTES;
  const start = offset + 2;
  if (start > bytes.length) return { problem: tooShort('public_key', { offset, size: 2, bytes }) };
  const size = ((bytes[offset] ?? 0) << 8) | (bytes[offset + 1] ?? 0);
  const end = start + size;
  if (end > bytes.length) {
    parts.push(brokenPart('public_key', { offset, length: 2 }));
    return { problem: tooShort('public_key', { offset: start, size, bytes }) };
  }
  // A copy: keys are kept.
  const sender = readKey(bytes.slice(start, end));
  const note = sender === undefined ? 'no key' : `mid ${sender.mid} (${sender.curve})`;
  parts.push(bytesPart('public_key', { offset, bytes: bytes.subarray(offset, end), note }));
  if (sender === undefined) {
    const detail = `${size} bytes that are no key: where the signature begins is not known`;
    const kind = 'unknown-key';
    const problem = { kind, reason: undefined, path: 'public_key', offset, detail } as const;
    return { problem, signature: 'unknown key' };
  }
  const signed = bytes.length - sender.signatureLength;
  if (signed < end) {
    const place = { offset: end, size: sender.signatureLength, bytes };
    return { problem: tooShort('signature', place) };
  }
  const isValid = sender.verify(bytes.subarray(0, signed), bytes.subarray(signed));
  return { start: end, end: signed, sender, signature: isValid ? 'valid' : 'invalid' };
}

function invalidSignature(offset: number): PacketProblem {
  const detail = 'the signature is not one of these bytes by this key';
  return { kind: 'invalid-signature', reason: undefined, path: 'signature', offset, detail };
}

function tooShort(
  path: string,
  place: { readonly offset: number; readonly size: number; readonly bytes: Uint8Array },
): PacketProblem {
  const { bytes, offset, size } = place;
  const detail = `needs ${size} bytes, ${bytes.length - offset} are left`;
  return { kind: 'does-not-fit', reason: 'too-short', path, offset, detail };
}
