/** The seven kinds of junk, as datagrams. */
import { dhtProtocol, StoreRequest } from '../../generated/dht.ts';
import { IntroductionRequest, IntroductionResponse } from '../../generated/introduction.ts';
import type { Address } from '../../runtime/address/address.ts';
import { createAddress } from '../../runtime/address/text.ts';
import type { Crypto } from '../../runtime/crypto/crypto.ts';
import type { KeyLevel, PrivateKey } from '../../runtime/crypto/keys.ts';
import type { Random } from '../../runtime/env/random.ts';
import { createPrefix } from '../../runtime/packet/header.ts';
import { seal } from '../../runtime/packet/seal.ts';
import type { MessageType } from '../../runtime/protocol/protocol.ts';
import { VALUE_BYTES, VALUES_OF_EACH } from './store.ts';

export const KINDS = [
  'short', // fewer bytes than say for whom they are
  'prefix', // for an overlay that nobody here runs
  'signature', // the key of a peer that is known, a signature that is wrong
  'keys', // each with another key, one in ten of them on a dear curve
  'replay', // a valid request of a peer that is known, from elsewhere
  'introductions', // valid, of many keys: requests and unasked answers full of addresses
  'stores', // valid, of many keys, with values to be kept
] as const;
export type Kind = (typeof KINDS)[number];

/** What junk is made with. */
export type JunkParts = {
  readonly crypto: Crypto;
  readonly random: Random;
  /** Where it is sent to. */
  readonly target: Address;
  /** The key of a peer that the target knows; its public half is no secret, and its packets can be recorded. */
  readonly known: PrivateKey;
};

/** Different datagrams of each kind; a flood sends them again and again. */
export const POOL = 2_000;
const KEYS = 200;
const DEAR_KEY_ONE_IN = 10;

const PREFIX = createPrefix(dhtProtocol.version, dhtProtocol.communityId);
const NO_BYTES = new Uint8Array(0);

export function createJunk(kind: Kind, parts: JunkParts): readonly Uint8Array[] {
  const make = MAKERS[kind](parts);
  return Array.from({ length: POOL }, (_, at) => make(at));
}

const MAKERS: { readonly [Name in Kind]: (parts: JunkParts) => (at: number) => Uint8Array } = {
  short:
    ({ random }) =>
    (at) =>
      random.bytes(at % 23),
  prefix:
    ({ random }) =>
    () => {
      const bytes = random.bytes(200);
      bytes.set([0, 2]);
      return bytes;
    },
  signature: (parts) => () => spoil(requestOf(parts, parts.known), parts.random),
  keys(parts) {
    const dear = sealed(parts, IntroductionRequest, request(parts), newKey(parts.crypto, 'high'));
    const cheap = requestOf(parts, parts.known);
    return (at) => {
      if (at % DEAR_KEY_ONE_IN === 0) return spoil(dear, parts.random);
      const bytes = spoil(cheap, parts.random);
      // Behind the header, the key's length and its tag.
      bytes.set(parts.random.bytes(64), 23 + 2 + 10);
      return bytes;
    };
  },
  replay(parts) {
    const recorded = requestOf(parts, parts.known);
    return () => recorded;
  },
  introductions(parts) {
    const keys = Array.from({ length: KEYS }, () => newKey(parts.crypto));
    return (at) => {
      const key = keys[at % KEYS] ?? parts.known;
      if (at % 2 === 0) return requestOf(parts, key);
      return sealed(parts, IntroductionResponse, response(parts), key);
    };
  },
  stores(parts) {
    const keys = Array.from({ length: KEYS }, () => newKey(parts.crypto));
    return (at) => {
      const message = new StoreRequest({
        identifier: at,
        token: parts.random.bytes(20),
        target: parts.random.bytes(20),
        values: Array.from({ length: VALUES_OF_EACH }, () => parts.random.bytes(VALUE_BYTES)),
      });
      return sealed(parts, StoreRequest, message, keys[at % KEYS] ?? parts.known);
    };
  },
};

function newKey(crypto: Crypto, level: KeyLevel = 'curve25519'): PrivateKey {
  const key = crypto.generateKey(level);
  if (!key.ok) throw new Error(key.error.message);
  return key.value;
}

function sealed<T>(
  { crypto }: JunkParts,
  type: MessageType<T>,
  message: T,
  identity: PrivateKey,
): Uint8Array {
  return seal(type, message, { prefix: PREFIX, identity, crypto, globalTime: 1n });
}

function requestOf(parts: JunkParts, key: PrivateKey): Uint8Array {
  return sealed(parts, IntroductionRequest, request(parts), key);
}

function request({ random, target }: JunkParts): IntroductionRequest {
  return new IntroductionRequest({
    destinationAddress: target,
    sourceLanAddress: somewhere(random),
    sourceWanAddress: somewhere(random),
    flags: { connection: 0, supportsNewStyle: false, advice: true },
    identifier: random.below(65_536),
    extraBytes: NO_BYTES,
  });
}

function response({ random }: JunkParts): IntroductionResponse {
  return new IntroductionResponse({
    destinationAddress: somewhere(random),
    sourceLanAddress: somewhere(random),
    sourceWanAddress: somewhere(random),
    lanIntroductionAddress: somewhere(random),
    wanIntroductionAddress: somewhere(random),
    flags: {
      connection: 0,
      supportsNewStyle: false,
      introducedSupportsNewStyle: false,
      peerLimitReached: false,
    },
    identifier: random.below(65_536),
    extraBytes: NO_BYTES,
  });
}

/** On this machine, where nobody listens. */
function somewhere(random: Random): Address {
  return createAddress(
    `127.200.${random.below(256)}.${random.below(256)}`,
    1 + random.below(1_000),
  );
}

/** The same with a signature that is wrong. */
function spoil(datagram: Uint8Array, random: Random): Uint8Array {
  const bytes = datagram.slice();
  const at = bytes.length - 1 - random.below(20);
  bytes[at] = (bytes[at] ?? 0) ^ (1 + random.below(255));
  return bytes;
}
