/**
 * Datagram → message and sender: the one place where bytes from outside become something to
 * believe.
 *
 * The order is the point. The demultiplexer has matched the prefix. `identify` looks at two numbers
 * and costs next to nothing, and so does all in `open` before `admit` is asked; everything dear is
 * behind it. `open` checks the key, then the signature, and only then decodes: no decoder ever
 * sees bytes nobody vouched for in a signed message. py-ipv8 decodes first (3.2
 * ipv8/lazy_community.py:206-216); an honest sender cannot tell.
 */
import { equalBytes } from '../base/bytes.ts';
import { fail, ok, type Result } from '../base/result.ts';
import { uint64At } from '../codec/big-endian.ts';
import type { DecodeError } from '../codec/codec-error.ts';
import { decodeWith } from '../codec/decode.ts';
import { Reader } from '../codec/reader.ts';
import type { Crypto } from '../crypto/crypto.ts';
import { curveOfKey } from '../crypto/curve-of-key.ts';
import type { Curve, PublicKey } from '../crypto/keys.ts';
import { createPeer, type Peer } from '../peer/peer.ts';
import type { MessageType } from '../protocol/protocol.ts';
import { HEADER_BYTES, isDeprecatedMessage, messageIdOf } from './header.ts';

const GLOBAL_TIME_BYTES = 8;

/** Why a datagram was dropped before any handler saw it: one word each, to be counted by. */
export type DropReason =
  | 'too-short' // ends before its message id, key, global time or signature does
  | 'unknown-message' // nobody here handles this message id
  | 'deprecated-message' // a Dispersy message id
  | 'bad-key' // the sender's key cannot be read, or is malformed
  | 'rate-limited' // `admit` said that there is no time for its signature now
  | 'own-key' // signed with our own key: an echo, or somebody who replays us
  | 'bad-signature'
  | 'decode'; // the fields do not fit the schema

/** A drop; `error` says where decoding failed when that is the reason. */
export type Drop =
  | { readonly reason: Exclude<DropReason, 'decode'> }
  | { readonly reason: 'decode'; readonly error: DecodeError };

/**
 * A datagram that is what its message type says. `peer` is there when signed, `globalTime` when
 * timed.
 */
export type Opened<Type> = {
  readonly type: Type;
  readonly message: unknown;
  readonly peer: Peer | undefined;
  readonly globalTime: bigint | undefined;
};

export type OpenOptions = {
  readonly crypto: Crypto;
  /** Our own key; its messages are dropped. */
  readonly ownKey?: PublicKey;
  /** Accepts what py-ipv8 accepts in keys and fields, for recorded traffic. */
  readonly compat?: boolean;
  /** Leaves bytes behind the last field unread, as py-ipv8 does for cells and their data. */
  readonly tolerateTrailing?: boolean;
};

/**
 * Asked before the key and the signature of a signed datagram are looked at: false drops it. The
 * key's bytes are nothing to believe yet.
 */
export type Admit = (keyBytes: Uint8Array, curve: Curve) => boolean;

/** What `byId` has for the datagram's message id. */
export function identify<T>(
  datagram: Uint8Array,
  byId: ReadonlyMap<number, T>,
): Result<T, { readonly reason: 'too-short' | 'unknown-message' | 'deprecated-message' }> {
  const id = messageIdOf(datagram);
  if (id === undefined) return fail({ reason: 'too-short' });
  const found = byId.get(id);
  if (found !== undefined) return ok(found);
  return fail({ reason: isDeprecatedMessage(id) ? 'deprecated-message' : 'unknown-message' });
}

/** Opens a datagram as a message of the given type. */
export function open<Type extends MessageType<unknown>>(
  datagram: Uint8Array,
  type: Type,
  options: OpenOptions,
  admit?: Admit,
): Result<Opened<Type>, Drop> {
  return openFirst(datagram, [type], options, admit);
}

/**
 * Opens a datagram as a message of the first of `types` that it fits. All of them have one id and
 * one `auth`; there is more than one where a community's message overrides an inherited one. The
 * next is tried when a constant differs, and also when what follows it does not fit: the inherited
 * message may begin with the constant by chance, as an address does.
 */
export function openFirst<Type extends MessageType<unknown>>(
  datagram: Uint8Array,
  types: readonly [Type, ...Type[]],
  options: OpenOptions,
  admit?: Admit,
): Result<Opened<Type>, Drop> {
  if (types[0].auth === 'unsigned') {
    return openBody({ body: datagram.subarray(HEADER_BYTES), peer: undefined }, types, options);
  }
  const sender = authenticate(datagram, options, admit);
  return sender.ok ? openBody(sender.value, types, options) : sender;
}

/** The sender of a signed datagram, and what lies between its key and its signature. */
function authenticate(
  datagram: Uint8Array,
  { crypto, ownKey, compat }: OpenOptions,
  admit: Admit | undefined,
): Result<Body, Drop> {
  const high = datagram[HEADER_BYTES];
  const low = datagram[HEADER_BYTES + 1];
  if (high === undefined || low === undefined) return fail({ reason: 'too-short' });
  const keyStart = HEADER_BYTES + 2;
  const keyEnd = keyStart + ((high << 8) | low);
  if (keyEnd > datagram.length) return fail({ reason: 'too-short' });

  // Whoever reads a key copies it.
  const keyBytes = datagram.subarray(keyStart, keyEnd);
  if (ownKey !== undefined && equalBytes(keyBytes, ownKey.bytes))
    return fail({ reason: 'own-key' });
  if (admit !== undefined) {
    const curve = curveOfKey(keyBytes);
    if (curve === undefined) return fail({ reason: 'bad-key' });
    if (!admit(keyBytes, curve)) return fail({ reason: 'rate-limited' });
  }
  const key = crypto.publicKey(keyBytes, { compat: compat ?? false });
  if (!key.ok) return fail({ reason: 'bad-key' });
  // Other bytes may still be our key, where trailing ones are let pass.
  if (ownKey !== undefined && equalBytes(key.value.bytes, ownKey.bytes)) {
    return fail({ reason: 'own-key' });
  }

  // py-ipv8 counts the signature from the end and lets it overlap the key; such a packet has no
  // meaning.
  const signatureStart = datagram.length - key.value.signatureLength;
  if (signatureStart < keyEnd) return fail({ reason: 'too-short' });
  const signed = datagram.subarray(0, signatureStart);
  if (!crypto.verify(key.value, signed, datagram.subarray(signatureStart))) {
    return fail({ reason: 'bad-signature' });
  }
  return ok({ peer: createPeer(key.value), body: datagram.subarray(keyEnd, signatureStart) });
}

/** What is left to decode, and who vouches for it. */
type Body = { readonly body: Uint8Array; readonly peer: Peer | undefined };

function openBody<Type extends MessageType<unknown>>(
  body: Body,
  types: readonly [Type, ...Type[]],
  options: OpenOptions,
): Result<Opened<Type>, Drop> {
  const [type, next, ...others] = types;
  const opened = openAs(body, type, options);
  if (opened.ok || next === undefined || opened.error.reason !== 'decode') return opened;
  const other = openBody(body, [next, ...others], options);
  // Whose constants fit, it was meant to be.
  return other.ok || opened.error.error.reason === 'bad-constant' ? other : opened;
}

/** Offsets in a `DecodeError` count from the first field: behind the global time, if there is one. */
function openAs<Type extends MessageType<unknown>>(
  { body, peer }: Body,
  type: Type,
  options: OpenOptions,
): Result<Opened<Type>, Drop> {
  if (type.isTimed && body.length < GLOBAL_TIME_BYTES) return fail({ reason: 'too-short' });
  const globalTime = type.isTimed ? uint64At(body, 0) : undefined;
  const fields = type.isTimed ? body.subarray(GLOBAL_TIME_BYTES) : body;
  const reader = new Reader(fields, { compat: options.compat ?? false });
  const tolerateTrailing = options.tolerateTrailing ?? false;
  const message = decodeWith(type, reader, { tolerateTrailing });
  if (!message.ok) return fail({ reason: 'decode', error: message.error });
  return ok({ type, message: message.value, peer, globalTime });
}
