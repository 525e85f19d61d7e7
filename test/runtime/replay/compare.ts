/** Is what we sent what py-ipv8 sent? */
import { expect } from 'vitest';
import { fromHex, toHex } from '../../../runtime/base/bytes.ts';
import type { PrivateKey } from '../../../runtime/crypto/keys.ts';
import { messageIdOf, PREFIX_BYTES } from '../../../runtime/packet/header.ts';
import { open } from '../../../runtime/packet/open.ts';
import { seal } from '../../../runtime/packet/seal.ts';
import type { MessageType } from '../../../runtime/protocol/protocol.ts';
import { crypto } from '../community/bench.ts';
import { addressOf, type RecordedAddress } from '../packet/vectors.ts';
import type { Sent } from './stand-in.ts';

/** What was recorded of one datagram that a node sent. */
export type RecordedSent = { readonly to: RecordedAddress; readonly hex: string };

/** A row of differences.md, and how it changes what we send. */
export type Difference = {
  readonly row: string;
  /** The message as we send it, from the recorded one; the same one where the row does not matter. */
  adapt(message: unknown, type: MessageType<unknown>): unknown;
  /** The global time as we send it; the recorded one when left out. */
  readonly globalTime?: bigint | ((recorded: bigint, type: MessageType<unknown>) => bigint);
};

/** What comparing needs to know of the sender. */
export type Sender = {
  readonly private_bin: string;
  /** Every message that it may send. */
  readonly types: readonly MessageType<unknown>[];
  readonly differences?: readonly Difference[];
};

/**
 * Expects the same target and the same bytes but for the differences. ECDSA draws a new number for
 * each signature, so that one is verified instead.
 */
export function expectSame(ours: Sent | undefined, recorded: RecordedSent, sender: Sender): void {
  const type = typeOf(recorded.hex, sender.types);
  if (ours === undefined) return expect.fail(`sent no ${type.messageName}`);
  expect(ours.to).toEqual(addressOf(recorded.to));
  const identity = keyOf(sender);
  const expected = expectedBytes(type, recorded, sender, identity);
  const { curve, signatureLength } = identity.publicKey;
  const isFresh = type.auth === 'signed' && curve !== 'curve25519';
  const end = isFresh ? -signatureLength : undefined;
  expect(toHex(ours.bytes.subarray(0, end))).toBe(toHex(expected.subarray(0, end)));
  expect(open(ours.bytes, type, { crypto })).toMatchObject({ ok: true });
}

function expectedBytes(
  type: MessageType<unknown>,
  { hex }: RecordedSent,
  { differences = [] }: Sender,
  identity: PrivateKey,
): Uint8Array {
  const bytes = fromHex(hex);
  if (differences.length === 0) return bytes;
  const opened = open(bytes, type, { crypto });
  if (!opened.ok) throw new Error(`recorded ${type.messageName}: ${opened.error.reason}`);
  const message = differences.reduce(
    (before, difference) => difference.adapt(before, type),
    opened.value.message,
  );
  const [changed] = differences.flatMap(({ globalTime }) => globalTime ?? []);
  const recordedTime = opened.value.globalTime ?? 0n;
  return seal(type, message, {
    prefix: bytes.subarray(0, PREFIX_BYTES),
    identity,
    crypto,
    globalTime:
      typeof changed === 'function' ? changed(recordedTime, type) : (changed ?? recordedTime),
  });
}

function typeOf(hex: string, types: readonly MessageType<unknown>[]): MessageType<unknown> {
  const id = messageIdOf(fromHex(hex));
  const type = types.find((one) => one.id === id);
  if (type === undefined) throw new Error(`message ${id} is none of those that may be sent`);
  return type;
}

function keyOf({ private_bin }: Sender): PrivateKey {
  const key = crypto.privateKey(fromHex(private_bin));
  if (!key.ok) throw new Error(key.error.message);
  return key.value;
}
