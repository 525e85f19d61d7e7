/** Message → datagram. */
import { assert } from '../base/assert.ts';
import { encodeInto } from '../codec/encode.ts';
import { giveBack, takeWriter } from '../codec/spare-writer.ts';
import type { Crypto } from '../crypto/crypto.ts';
import type { PrivateKey } from '../crypto/keys.ts';
import type { MessageType } from '../protocol/protocol.ts';

/** What goes around a message. */
export type Envelope = {
  /** From `createPrefix`. */
  readonly prefix: Uint8Array;
  /** Signs messages that are signed. */
  readonly identity: PrivateKey;
  readonly crypto: Crypto;
  /** The header of timed messages; needed by those and ignored by others. 0 … 2^64 − 1. */
  readonly globalTime?: bigint;
};

/**
 * Prefix, message id, then the sender's key behind its 16-bit length (signed), the global time
 * (timed), the fields, and the signature over all of that (signed).
 * Source: py-ipv8 3.2 ipv8/lazy_community.py:116-146.
 * @throws EncodeError when a value does not fit its field.
 */
export function seal<T>(type: MessageType<T>, message: T, envelope: Envelope): Uint8Array {
  const { prefix, identity, crypto, globalTime } = envelope;
  const isSigned = type.auth === 'signed';
  const writer = takeWriter();
  writer.rest(prefix, 'prefix');
  writer.u8(type.id, 'message id');
  if (isSigned) writer.bytes16(identity.publicKey.bytes, 'public key', 0, 0xffff);
  if (type.isTimed) {
    assert(globalTime !== undefined, `${type.messageName} is timed and needs a global time`);
    writer.u64(globalTime, 'global time');
  }
  encodeInto(type, message, writer);
  if (isSigned) writer.rest(crypto.sign(identity, writer.written), 'signature');
  const packet = writer.finish();
  giveBack(writer);
  return packet;
}
