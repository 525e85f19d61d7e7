/** crypto.json: what of the tunnels the codecs and the key agreement do; the rest is named. */
import { isDeepStrictEqual } from 'node:util';
import { CircuitCandidates, Cell, ExtraIntroduction } from '../../generated/tunnel.ts';
import * as introduction from '../../generated/introduction.ts';
import * as tunnel from '../../generated/tunnel.ts';
import { concatBytes, equalBytes, fromHex, toHex } from '../../runtime/base/bytes.ts';
import { decode, encode } from '../../runtime/codegen.ts';
import type { Crypto } from '../../runtime/crypto/crypto.ts';
import { boxKey, type KeyAgreement } from '../../runtime/crypto/key-agreement.ts';
import type { PrivateKey } from '../../runtime/crypto/keys.ts';
import { identify, open } from '../../runtime/packet/open.ts';
import { HEADER_BYTES } from '../../runtime/packet/header.ts';
import type { MessageType, StructType } from '../../runtime/protocol/protocol.ts';
import { failed, passed, skipped, type CaseResult } from './case-result.ts';
import { contentOf, inCell } from './cells.ts';
import { readFieldsOf } from './delivered.ts';
import { differenceOf } from './formats.ts';
import { payloadType } from './payload-types.ts';
import { messagesOf } from './protocol-messages.ts';
import { isSame, type Json } from './values.ts';

type Hex = string;
type Payload = { readonly class: string; readonly fields: { readonly [name: string]: Json } };
type Packet = { readonly hex: Hex; readonly decoded: { readonly payloads?: readonly Payload[] } };

type CellFields = {
  readonly circuit_id: number;
  readonly plaintext: boolean;
  readonly relay_early: boolean;
  readonly message: Hex;
  /** The reference writes the flags in another way. */
  readonly decode_only?: boolean;
};

type Agreement = {
  readonly id: string;
  readonly initiator_ephemeral_private_bin: Hex;
  readonly responder_ephemeral_private_bin: Hex;
  readonly responder_static_private_bin: Hex;
  readonly dh_first_part_X: Hex;
  readonly dh_received_Y: Hex;
  readonly responder_static_x25519_public: Hex;
  readonly shared_secret: Hex;
};

type Event =
  | (CellFields & { readonly event: 'send_cell'; readonly packet: Hex; readonly payload: Payload })
  | { readonly event: 'receive_socket'; readonly packet: Hex; readonly decoded: Packet['decoded'] }
  | { readonly event: 'generate_key'; readonly private_bin: Hex }
  | { readonly event: 'receive_cell'; readonly packet: Hex }
  | { readonly event: 'relay_cell'; readonly packet_in: Hex; readonly packet_out: Hex }
  /** `unwrapped` has what the cell carried in the place of a packet's id and fields. */
  | { readonly event: 'deliver'; readonly unwrapped: Hex }
  | { readonly event: 'session_keys' };

type Identified = { readonly id: string };

export type TunnelFile = {
  readonly crypto_auth: readonly Identified[];
  readonly session_keys: readonly Identified[];
  readonly encrypt: readonly Identified[];
  readonly decrypt: readonly Identified[];
  readonly onion: readonly Identified[];
  readonly diffie_hellman: readonly Agreement[];
  readonly cells: readonly (CellFields &
    Identified & { readonly hex: Hex; readonly unwrapped: Hex })[];
  readonly candidates: readonly (Identified & {
    readonly relays: readonly { readonly hex: Hex }[];
    readonly exits: readonly { readonly hex: Hex }[];
    readonly plaintext: Hex;
  })[];
  readonly peer_flags: readonly (Identified & {
    readonly flags: readonly number[];
    readonly hex: Hex;
    readonly decoded: readonly number[];
  })[];
  readonly transcripts: readonly (Identified & {
    readonly introductions?: readonly Packet[];
    readonly events: readonly Event[];
  })[];
};

/** What needs the session keys of a circuit, which are the tunnel overlay's. */
const NO_CIRCUITS = 'keys and ciphers of circuits belong to the tunnel overlay, which is not built';

/** Checks the file; every case that is left out says why. */
export function checkTunnels(file: TunnelFile, crypto: Crypto & KeyAgreement): CaseResult[] {
  const { crypto_auth, session_keys, encrypt: encrypted, decrypt, onion } = file;
  const left = [crypto_auth, session_keys, encrypted, decrypt, onion].flat();
  return [
    ...left.map(({ id }) => skipped(id, NO_CIRCUITS)),
    ...file.diffie_hellman.map((test) => checkAgreement(test, crypto)),
    ...file.cells.map(checkCell),
    ...file.candidates.map(checkCandidates),
    ...file.peer_flags.map((test) => {
      const init = { flags: new Set(test.flags) };
      return checkBoth(test.id, ExtraIntroduction, { init, hex: test.hex });
    }),
    ...file.transcripts.flatMap(({ id, introductions = [], events }) => [
      ...introductions.map((packet, at) => checkPacket(`${id}-intro-${at}`, packet, crypto)),
      ...events.map((event, at) => checkEvent(`${id}-${at}`, event, crypto)),
    ]),
  ];
}

/** The secret of a handshake, from either side. */
function checkAgreement(test: Agreement, crypto: Crypto & KeyAgreement): CaseResult {
  const keyOf = (bin: Hex): PrivateKey => {
    const key = crypto.privateKey(fromHex(bin));
    if (!key.ok) throw new Error(key.error.message);
    return key.value;
  };
  const secret = (mine: PrivateKey, theirs: Hex): Uint8Array =>
    boxKey(crypto.agree(mine, fromHex(theirs)) ?? new Uint8Array(32));
  const initiator = keyOf(test.initiator_ephemeral_private_bin);
  const fromInitiator = concatBytes(
    secret(initiator, test.dh_received_Y),
    secret(initiator, test.responder_static_x25519_public),
  );
  const fromResponder = concatBytes(
    secret(keyOf(test.responder_ephemeral_private_bin), test.dh_first_part_X),
    secret(keyOf(test.responder_static_private_bin), test.dh_first_part_X),
  );
  const secrets = [fromInitiator, fromResponder].map(toHex);
  const isAgreed = secrets.every((one) => one === test.shared_secret);
  return isAgreed ? passed(test.id) : failed(test.id, 'another shared secret');
}

function checkCell(test: TunnelFile['cells'][number]): CaseResult {
  const cell = {
    circuitId: test.circuit_id,
    plaintext: test.plaintext,
    relayEarly: test.relay_early,
    message: fromHex(test.message),
  };
  const hex = test.hex.slice(2 * HEADER_BYTES);
  if (test.decode_only === true) return checkLooseCell(test.id, cell, fromHex(hex));
  const both = checkBoth(test.id, Cell, { init: cell, hex });
  if (both.status !== 'passed') return both;
  // The reference puts what a cell carries in the place of a packet's id and fields.
  const content = contentOf(new Cell(cell));
  const prefix = test.unwrapped.slice(0, 2 * (HEADER_BYTES - 1));
  const unwrapped =
    content === undefined
      ? ''
      : `${prefix}${toHex(Uint8Array.of(content.id))}${toHex(content.bytes)}`;
  return unwrapped === test.unwrapped ? both : failed(test.id, `carries ${unwrapped}`);
}

/** Flags that are neither 0 nor 1 are for compat decoding only. */
function checkLooseCell(id: string, cell: object, bytes: Uint8Array): CaseResult {
  const compat = decode(Cell, bytes, { compat: true });
  if (!compat.ok || !isDeepStrictEqual(compat.value, new Cell(cell as Cell))) {
    return failed(id, 'compat: another cell');
  }
  const strict = decode(Cell, bytes);
  const difference = strict.ok ? undefined : differenceOf(strict.error, false);
  return difference === undefined ? failed(id, 'strict accepts it') : passed(id, difference);
}

function checkCandidates(test: TunnelFile['candidates'][number]): CaseResult {
  const bytes = fromHex(test.plaintext);
  const read = decode(CircuitCandidates, bytes);
  if (!read.ok) return failed(test.id, read.error.message);
  const keys = new Set(read.value.keys.map(toHex));
  const expected = new Set([...test.relays, ...test.exits].map(({ hex }) => hex));
  const isWhole = keys.size === expected.size && [...keys].every((key) => expected.has(key));
  const isSameBytes = equalBytes(encode(CircuitCandidates, read.value), bytes);
  return isWhole && isSameBytes ? passed(test.id) : failed(test.id, 'other candidates');
}

type Made = { readonly init: object; readonly hex: Hex };

/** A value encodes to the bytes, and they decode to it. */
function checkBoth<T>(
  id: string,
  type: StructType<T> & { new (init: never): T },
  { init, hex }: Made,
): CaseResult {
  const value = new type(init as never);
  const encoded = toHex(encode(type, value));
  if (encoded !== hex) return failed(id, `encodes to ${encoded}`);
  const decoded = decode(type, fromHex(hex));
  if (!decoded.ok) return failed(id, decoded.error.message);
  const again = toHex(encode(type, decoded.value));
  return again === hex ? passed(id) : failed(id, `decodes to what encodes to ${again}`);
}

function checkEvent(id: string, event: Event, crypto: Crypto): CaseResult {
  switch (event.event) {
    case 'send_cell':
      return checkSentCell(id, event);
    case 'receive_socket':
      return checkPacket(id, { hex: event.packet, decoded: event.decoded }, crypto);
    case 'generate_key': {
      const key = crypto.privateKey(fromHex(event.private_bin));
      return key.ok ? passed(id) : failed(id, key.error.message);
    }
    case 'receive_cell':
      return checkWhole(id, [Cell, event.packet]);
    case 'relay_cell': {
      const came = checkWhole(id, [Cell, event.packet_in]);
      return came.status === 'passed' ? checkWhole(id, [Cell, event.packet_out]) : came;
    }
    case 'deliver': {
      const type = identify(fromHex(event.unwrapped), IN_CELLS);
      return type.ok
        ? checkWhole(id, [type.value, event.unwrapped])
        : failed(id, type.error.reason);
    }
    case 'session_keys':
      return skipped(id, NO_CIRCUITS);
  }
}

const IN_CELLS: ReadonlyMap<number, MessageType<unknown>> = new Map(
  messagesOf(tunnel.hiddenTunnelProtocol).map((type) => [type.id, type]),
);

/** What stands behind a packet's id decodes, and encodes to the same bytes. */
function checkWhole<T>(id: string, [type, packet]: readonly [StructType<T>, Hex]): CaseResult {
  const bytes = fromHex(packet).subarray(HEADER_BYTES);
  const decoded = decode(type, bytes);
  if (!decoded.ok) return failed(id, decoded.error.message);
  const isSameBytes = equalBytes(encode(type, decoded.value), bytes);
  return isSameBytes ? passed(id) : failed(id, 'encodes to other bytes');
}

/** The message in front of encryption, and the cell behind it. */
function checkSentCell(id: string, event: Extract<Event, { event: 'send_cell' }>): CaseResult {
  const { payload } = event;
  const type = payloadType('ipv8.messaging.anonymization.payload', payload.class);
  if (type === undefined) return failed(id, `nothing is generated for ${payload.class}`);
  const message = fromHex(event.message);
  const content = inCell(event.circuit_id, message);
  const decoded = decode(type, content.bytes);
  if (!decoded.ok) return failed(id, decoded.error.message);
  if (!isSame(readFieldsOf([payload], type), decoded.value)) return failed(id, 'other values');
  if (!equalBytes(encode(type, decoded.value), content.bytes)) return failed(id, 'other bytes');
  const cell = decode(Cell, fromHex(event.packet).subarray(HEADER_BYTES));
  if (!cell.ok) return failed(id, cell.error.message);
  const { circuitId, plaintext, relayEarly } = cell.value;
  const isSameHeader =
    circuitId === event.circuit_id &&
    plaintext === event.plaintext &&
    relayEarly === event.relay_early;
  const isSameText = !plaintext || equalBytes(cell.value.message, message);
  return isSameHeader && isSameText ? passed(id) : failed(id, 'another cell');
}

/** What travels outside of cells. */
const OUTSIDE: ReadonlyMap<number, MessageType<unknown>> = new Map(
  [
    ...Object.values(introduction.introductionProtocol.messages),
    tunnel.Destroy,
    tunnel.CreateEndToEnd,
    tunnel.PeersRequest,
    tunnel.PeersResponse,
  ].map((type) => [type.id, type]),
);

/** A packet that is no cell. */
function checkPacket(id: string, { hex, decoded }: Packet, crypto: Crypto): CaseResult {
  if (decoded.payloads === undefined) return skipped(id, 'the reference does not read it');
  const bytes = fromHex(hex);
  const type = identify(bytes, OUTSIDE);
  if (!type.ok) return failed(id, type.error.reason);
  const opened = open(bytes, type.value, { crypto });
  if (!opened.ok) return failed(id, opened.error.reason);
  const { message } = opened.value;
  const expected = readFieldsOf(decoded.payloads, type.value);
  if (!isSame(expected, message)) return failed(id, 'other values');
  const { IntroductionRequest, IntroductionResponse } = introduction;
  if (!(message instanceof IntroductionRequest || message instanceof IntroductionResponse)) {
    return passed(id);
  }
  const extra = decode(ExtraIntroduction, message.extraBytes);
  return extra.ok ? passed(id) : failed(id, extra.error.message);
}
