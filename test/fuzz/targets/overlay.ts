/**
 * Datagrams thrown at a running node: endpoint, demultiplexer, router, introductions, requests and
 * walkers together, in virtual time. Whoever throws them has the keys of all peers, the node's own
 * as well.
 *
 * What is asked: nothing fails, every datagram is counted once, what strangers can make the node
 * keep and send stays below its caps, and the node stops when told.
 */
import { discoveryProtocol } from '../../../generated/discovery.ts';
import { introductionProtocol } from '../../../generated/introduction.ts';
import { weatherProtocol } from '../../../generated/weather.ts';
import type { Address } from '../../../runtime/address/address.ts';
import { equalBytes } from '../../../runtime/base/bytes.ts';
import { ok } from '../../../runtime/base/result.ts';
import { decode, encode, EncodeError, type MessageType } from '../../../runtime/codegen.ts';
import { createCrypto } from '../../../runtime/crypto/create-crypto.ts';
import type { Crypto } from '../../../runtime/crypto/crypto.ts';
import type { PrivateKey } from '../../../runtime/crypto/keys.ts';
import { createStandInCrypto } from '../../../runtime/simulation/index.ts';
import { createSenderKeys, openArena, prefixOf, senderHost, PORT, type Arena } from '../arena.ts';
import type { Chance } from '../../../compiler/values/chance.ts';
import { joined, mutate, type Sample } from '../../../compiler/values/mutate.ts';
import { samplesOf } from '../samples.ts';
import { type Coded, loadCoded } from '../schemas.ts';
import { type Frame, printFrame, readFrames, spansOfScript } from '../script.ts';
import type { Family } from '../target.ts';

export const overlay: Family = {
  name: 'overlay',
  share: 300,
  async targets(seed) {
    const coded = await loadCoded();
    const samples = SPOKEN.map(({ type }) => {
      const own = coded.find((one: Coded) => one.type === type);
      if (own === undefined) throw new Error(`no schema has ${type.messageName}`);
      return samplesOf(own, seed);
    });
    const standIn = createStandInCrypto(await createCrypto({ provider: 'node' }));
    const keys = createSenderKeys(standIn);
    // Each node reads its key anew, which takes longer than most scripts.
    const crypto: Crypto = {
      ...standIn,
      privateKey(bytes, options) {
        const known = keys.find(({ secret }) => equalBytes(secret, bytes));
        return known === undefined ? standIn.privateKey(bytes, options) : ok(known);
      },
    };
    return [true, false].map((isPaced) => ({
      name: isPaced ? 'overlay/node' : 'overlay/unpaced',
      form: 'bytes',
      generate: (chance) => drawScript(samples, chance),
      check: (input) => play(input, { crypto, keys, isPaced }),
      // Datagrams, milliseconds of pauses, and a start and a stop.
      partsOf: (input) => readFrames(input).reduce((sum, { count }) => sum + count, 5),
    }));
  },
};

type Spoken = {
  readonly type: MessageType<unknown>;
  readonly communityId: string;
  readonly prefix: Uint8Array;
};

/** All that may be said in the node's two overlays. */
const SPOKEN: readonly Spoken[] = [weatherProtocol, discoveryProtocol].flatMap((protocol) => {
  const prefix = prefixOf(protocol.version, protocol.communityId);
  const own = Object.values(protocol.messages);
  const answers = Object.values(protocol.requests).map(({ answer }) => answer);
  const types = new Set<MessageType<unknown>>([
    ...own,
    ...answers,
    ...Object.values(introductionProtocol.messages),
  ]);
  return [...types].map((type) => ({ type, prefix, communityId: protocol.communityId }));
});

/** What makes the node work, by its number. */
const ASKING: readonly number[] = [...SPOKEN.keys()].filter((at) => {
  return /^(Introduction|Temperature)Request$/.test(SPOKEN[at]?.type.messageName ?? '');
});

/** Scripts are short: what a case does not find in so many frames, another one does. */
const FRAMES_MAX = 12;

function drawScript(samples: readonly (readonly Sample[])[], chance: Chance): Uint8Array {
  // A crowd that says the same finds what single ones do not.
  const favourite = chance.oneIn(2) ? chance.pick(ASKING) : chance.below(SPOKEN.length);
  const frames = Array.from({ length: 1 + chance.below(FRAMES_MAX) }, () => {
    return drawFrame(samples, chance.oneIn(2) ? favourite : chance.below(SPOKEN.length), chance);
  });
  const bytes = joined(...frames.map(printFrame));
  if (!chance.oneIn(4)) return bytes;
  return mutate({ samples: [{ bytes, spans: spansOfScript(frames) }] }, chance);
}

function drawFrame(samples: readonly (readonly Sample[])[], number: number, chance: Chance): Frame {
  const sender = chance.below(72);
  if (chance.oneIn(10)) {
    return {
      kind: 'raw',
      sender,
      count: 1 + chance.below(3),
      body: chance.bytes(chance.below(80)),
    };
  }
  if (chance.oneIn(6)) {
    return {
      kind: 'pause',
      sender,
      count: chance.pick([1, 100, 1_000, 2_400]),
      body: new Uint8Array(),
    };
  }
  const own = samples[number] ?? [];
  const fields = chance.oneIn(2) ? chance.pick(own).bytes : mutate({ samples: own }, chance);
  const count = chance.oneIn(40) ? chance.pick([300, 1_100, 2_200]) : 1 + chance.below(2);
  const kind = chance.oneIn(3) ? 'answer' : 'sealed';
  return { kind, sender, count, body: joined(Uint8Array.of(number), fields) };
}

type Throwing = {
  readonly crypto: Crypto;
  readonly keys: readonly PrivateKey[];
  readonly isPaced: boolean;
};

async function play(script: Uint8Array, { crypto, isPaced, keys }: Throwing): Promise<void> {
  const [ownKey] = keys;
  if (ownKey === undefined) throw new Error('no keys');
  const arena = await openArena(crypto, { isPaced, ownKey });
  // The first questions are asked.
  await arena.pass(600);
  for (const frame of readFrames(script)) {
    if (frame.kind === 'pause') {
      await arena.pass(frame.count);
      continue;
    }
    const host = senderHost(frame.sender);
    const key = keys[frame.sender % keys.length] ?? ownKey;
    const datagrams = Array.from({ length: frame.count }, (_, number) => {
      const port = number === 0 ? PORT : 1_024 + number;
      return {
        bytes: datagramOf(frame, { arena, crypto, from: { kind: 'ipv4', host, port }, key }),
        port,
      };
    });
    arena.deliver(host, datagrams);
  }
  await arena.pass(1_200);
  await arena.close();
}

type Sending = {
  readonly arena: Arena;
  readonly crypto: Crypto;
  readonly from: Address;
  readonly key: PrivateKey;
};

function datagramOf({ body, kind }: Frame, sending: Sending): Uint8Array {
  const { arena, crypto, from, key } = sending;
  const spoken = SPOKEN[(body[0] ?? 0) % SPOKEN.length];
  if (kind === 'raw' || spoken === undefined) return body;
  const { communityId, prefix, type } = spoken;
  const fields = body.subarray(1);
  const content = kind === 'answer' ? answered(type, fields, sending) : fields;
  // Identifiers of introductions count up: who was asked can also guess.
  const hasAnswered = arena.hasAsked(from.host);
  if (hasAnswered || type.messageName.endsWith('IntroductionRequest')) {
    arena.mayBePeer(key.publicKey, communityId, hasAnswered);
  }
  const keyBytes = key.publicKey.bytes;
  const isSigned = type.auth === 'signed';
  const packet = joined(
    prefix,
    Uint8Array.of(type.id),
    isSigned ? joined(Uint8Array.of(0, keyBytes.length), keyBytes) : new Uint8Array(),
    new Uint8Array(type.isTimed ? 8 : 0),
    content,
  );
  return isSigned ? joined(packet, crypto.sign(key, packet)) : packet;
}

/** The fields with the identifier of what the node asked the sender last, where there is one. */
function answered(
  type: MessageType<unknown>,
  fields: Uint8Array,
  { arena, from }: Sending,
): Uint8Array {
  const question = arena.lastTo(from);
  const identifier = question === undefined ? undefined : identifierOf(question);
  const decoded = decode(type, fields);
  if (identifier === undefined || !decoded.ok) return fields;
  try {
    return encode(type, { ...(decoded.value as object), identifier });
  } catch (error) {
    // A number of 32 bits has no room in a field of 16.
    if (error instanceof EncodeError) return fields;
    throw error;
  }
}

function identifierOf(question: Uint8Array): unknown {
  const spoken = SPOKEN.find(
    ({ prefix, type }) =>
      type.id === question[22] && prefix.every((byte, at) => byte === question[at]),
  );
  if (spoken === undefined) return undefined;
  const start = spoken.type.auth === 'signed' ? 25 + (question[24] ?? 0) : 23;
  const end = spoken.type.auth === 'signed' ? question.length - 64 : question.length;
  const fields = question.subarray(start + (spoken.type.isTimed ? 8 : 0), end);
  const decoded = decode(spoken.type, fields);
  return decoded.ok && typeof decoded.value === 'object' && decoded.value !== null
    ? Reflect.get(decoded.value, 'identifier')
    : undefined;
}
