/**
 * The packet opener over whole datagrams of every message, with real signatures and with stand-ins.
 * What is asked: that it says of each datagram what a second, plain reading of the format says, and
 * that no decoder sees bytes of a signed message that nobody vouched for.
 */
import { isDeepStrictEqual } from 'node:util';
import { decodeWith } from '../../../runtime/codec/decode.ts';
import { Reader } from '../../../runtime/codec/reader.ts';
import { createCrypto } from '../../../runtime/crypto/create-crypto.ts';
import type { Crypto } from '../../../runtime/crypto/crypto.ts';
import type { KeyLevel, PrivateKey } from '../../../runtime/crypto/keys.ts';
import { type Drop, open, type Opened } from '../../../runtime/packet/open.ts';
import type { MessageType } from '../../../runtime/protocol/protocol.ts';
import { createSeededRandom, createStandInCrypto } from '../../../runtime/simulation/index.ts';
import type { Chance } from '../../../compiler/values/chance.ts';
import { joined, mutate, type Sample } from '../../../compiler/values/mutate.ts';
import { samplesOf } from '../samples.ts';
import { type Coded, loadCoded } from '../schemas.ts';
import { claim, type Family, type Target } from '../target.ts';
import { claimWellFormed } from './decoders.ts';

export const packets: Family = {
  name: 'packets',
  share: 10_000,
  async targets(seed) {
    const random = createSeededRandom(seed, 'keys of packets');
    const real = await createCrypto({ provider: 'node', random });
    const keys = (...levels: readonly KeyLevel[]): readonly PrivateKey[] =>
      levels.map((level) => keyOf(real, level));
    // Only these sign the same bytes the same way every time, as replaying needs it.
    const signers = { crypto: real, keys: keys('curve25519', 'curve25519', 'curve25519') };
    const everyLevel = keys('curve25519', 'very-low', 'medium', 'curve25519');
    const standIns = { crypto: createStandInCrypto(real), keys: everyLevel };
    return (await loadCoded()).flatMap((coded) => {
      const type = messageTypeOf(coded);
      if (type === undefined) return [];
      const samples = samplesOf(coded, seed);
      return [
        createTarget('real', { ...signers, name: coded.name, samples, type }),
        createTarget('stand-in', { ...standIns, name: coded.name, samples, type }),
      ];
    });
  },
};

function messageTypeOf({ type }: Coded): MessageType<unknown> | undefined {
  return 'auth' in type && 'id' in type ? (type as MessageType<unknown>) : undefined;
}

function keyOf(crypto: Crypto, level: KeyLevel): PrivateKey {
  const made = crypto.generateKey(level);
  if (!made.ok) throw new Error(made.error.message);
  return made.value;
}

type Parts = {
  readonly name: string;
  readonly crypto: Crypto;
  /** Those who sign; the last one is our own. */
  readonly keys: readonly PrivateKey[];
  readonly type: MessageType<unknown>;
  /** Of the fields. */
  readonly samples: readonly Sample[];
};

function createTarget(kind: string, parts: Parts): Target {
  return {
    name: `packets/${kind}/${parts.name}`,
    form: 'bytes',
    generate: (chance) => sealed(parts, chance),
    check(input) {
      for (const compat of [false, true]) checkOnce(parts, input, compat);
    },
  };
}

/** A datagram whose fields, header or signature may have been changed, some before it was signed. */
function sealed(parts: Parts, chance: Chance): Uint8Array {
  const { crypto, keys, samples, type } = parts;
  const isSigned = type.auth === 'signed';
  const key = chance.pick(keys);
  const keyBytes = key.publicKey.bytes;
  const fields = chance.oneIn(2) ? chance.pick(samples).bytes : mutate({ samples }, chance);
  const header = Uint8Array.of(...chance.bytes(22), type.id);
  const length = Uint8Array.of(keyBytes.length >> 8, keyBytes.length & 0xff);
  const time = type.isTimed ? chance.bytes(8) : new Uint8Array();
  const unsigned = isSigned
    ? joined(header, length, keyBytes, time, fields)
    : joined(header, time, fields);
  const front = chance.oneIn(4)
    ? mutate({ samples: [sampleOf(unsigned, keyBytes.length)] }, chance)
    : unsigned;
  const packet = isSigned ? joined(front, crypto.sign(key, front)) : front;
  return chance.oneIn(3)
    ? mutate({ samples: [sampleOf(packet, keyBytes.length)] }, chance)
    : packet;
}

function sampleOf(bytes: Uint8Array, keyLength: number): Sample {
  const spans = [
    { offset: 0, length: 22, lead: 0 },
    { offset: 22, length: 1, lead: 1 },
    { offset: 23, length: 2, lead: 2 },
    { offset: 25, length: keyLength, lead: 0 },
    { offset: 25 + keyLength, length: 8, lead: 8 },
    { offset: Math.max(0, bytes.length - 64), length: 64, lead: 0 },
  ] as const;
  return { bytes, spans: spans.filter(({ offset, length }) => offset + length <= bytes.length) };
}

function checkOnce(parts: Parts, input: Uint8Array, compat: boolean): void {
  const { crypto, keys, type } = parts;
  const ownKey = keys.at(-1)?.publicKey;
  const isVouchedFor = { now: type.auth === 'unsigned' };
  // Counts what is dear, and notes what was proved.
  const calls = { keys: 0, signatures: 0 };
  const watching: Crypto = {
    ...crypto,
    publicKey(bytes, options) {
      calls.keys += 1;
      return crypto.publicKey(bytes, options);
    },
    verify(key, message, signature) {
      calls.signatures += 1;
      const isValid = crypto.verify(key, message, signature);
      const isAll = message.length + signature.length === input.length;
      isVouchedFor.now = isValid && isAll;
      return isValid;
    },
  };
  const watched: MessageType<unknown> = {
    messageName: type.messageName,
    id: type.id,
    auth: type.auth,
    isTimed: type.isTimed,
    encode: (value, out) => type.encode(value, out),
    decode(reader) {
      claim(isVouchedFor.now, () => 'decodes what nobody vouched for');
      return type.decode(reader);
    },
  };
  const options = { compat, ...(ownKey === undefined ? {} : { ownKey }) };
  const opened = open(input, watched, { ...options, crypto: watching });
  claim(
    calls.keys <= 1 && calls.signatures <= 1,
    () => `${calls.keys} keys, ${calls.signatures} signatures`,
  );
  if (!opened.ok && opened.error.reason === 'decode')
    claimWellFormed(opened.error.error, input.length);
  const said = summaryOf(opened);
  const expected = expectedOf(parts, input, compat);
  claim(
    isDeepStrictEqual(said, expected),
    () => `opens as ${print(said)}, and it is ${print(expected)}`,
  );
}

type Summary =
  | { readonly reason: Drop['reason'] }
  | {
      readonly key: Uint8Array | undefined;
      readonly globalTime: bigint | undefined;
      readonly message: unknown;
    };

function summaryOf(
  opened:
    | { readonly ok: true; readonly value: Opened<unknown> }
    | { readonly ok: false; readonly error: Drop },
): Summary {
  if (!opened.ok) return { reason: opened.error.reason };
  const { globalTime, message, peer } = opened.value;
  return { key: peer?.publicKey.bytes, globalTime, message };
}

/** The format read plainly: prefix (22), id, length (2), key, time (8), fields, signature. */
function expectedOf({ crypto, keys, type }: Parts, input: Uint8Array, compat: boolean): Summary {
  let start = 23;
  let end = input.length;
  let key: Uint8Array | undefined;
  if (type.auth === 'signed') {
    if (end < start + 2) return { reason: 'too-short' };
    const keyEnd = start + 2 + new DataView(input.buffer).getUint16(start);
    if (end < keyEnd) return { reason: 'too-short' };
    const read = crypto.publicKey(input.slice(start + 2, keyEnd), { compat });
    if (!read.ok) return { reason: 'bad-key' };
    key = read.value.bytes;
    if (isDeepStrictEqual(key, keys.at(-1)?.publicKey.bytes)) return { reason: 'own-key' };
    end -= read.value.signatureLength;
    if (end < keyEnd) return { reason: 'too-short' };
    const isValid = crypto.verify(read.value, input.slice(0, end), input.slice(end));
    if (!isValid) return { reason: 'bad-signature' };
    start = keyEnd;
  }
  let globalTime: bigint | undefined;
  if (type.isTimed) {
    if (end < start + 8) return { reason: 'too-short' };
    globalTime = new DataView(input.buffer).getBigUint64(start);
    start += 8;
  }
  const decoded = decodeWith(type, new Reader(input.slice(start, end), { compat }));
  return decoded.ok ? { key, globalTime, message: decoded.value } : { reason: 'decode' };
}

function print(summary: Summary): string {
  return 'reason' in summary ? summary.reason : `a message at ${summary.globalTime}`;
}
