import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { concatBytes, fromHex, toHex } from '../../../runtime/base/bytes.ts';
import type { Reader } from '../../../runtime/codec/reader.ts';
import type { Writer } from '../../../runtime/codec/writer.ts';
import { createCrypto } from '../../../runtime/crypto/create-crypto.ts';
import { createPrefix, HEADER_BYTES, PREFIX_BYTES } from '../../../runtime/packet/header.ts';
import { DATAGRAM_BYTES_MAX } from '../../../runtime/packet/limits.ts';
import { identify, open, openFirst } from '../../../runtime/packet/open.ts';
import { seal } from '../../../runtime/packet/seal.ts';
import type { Authentication, MessageType } from '../../../runtime/protocol/protocol.ts';
import { scenes } from './vectors.ts';

const crypto = await createCrypto();
const prefix = createPrefix(2, 'a0e5ebf95e41b57d494273123365aa16833169d0');

function newKey() {
  const key = crypto.generateKey('curve25519');
  if (!key.ok) throw new Error(key.error.message);
  return key.value;
}

const identity = newKey();

/** A message whose fields are all bytes there are. */
function rawType(auth: Authentication, isTimed: boolean, id = 1): MessageType<Uint8Array> {
  return {
    messageName: 'Raw',
    id,
    auth,
    isTimed,
    encode: (value: Uint8Array, out: Writer) => out.rest(value, 'bytes'),
    decode: (input: Reader) => input.rest(),
  };
}

/** A message of exactly four bytes; `tag` must be the first of them. */
function tagged(tag: number): MessageType<number> {
  return {
    messageName: `Tagged${tag}`,
    id: 1,
    auth: 'signed',
    isTimed: false,
    encode(value: number, out: Writer) {
      out.u8(tag, 'tag');
      out.fixed(new Uint8Array([0, 0, value]), 3, 'value');
    },
    decode(input: Reader) {
      input.constant(input.u8('tag') === tag, 1, 'tag');
      return input.fixed(3, 'value')[2] ?? 0;
    },
  };
}

function reasonOf(result: ReturnType<typeof open>): string {
  return result.ok ? 'opened' : result.error.reason;
}

test('whether there is time for a signature is asked once, before key and signature cost anything', () => {
  const asked: string[] = [];
  const counting = {
    ...crypto,
    publicKey: () => {
      throw new Error('a key was read');
    },
  };
  const type = rawType('signed', false);
  const datagram = seal(type, new Uint8Array(3), { prefix, identity, crypto });
  const admit = (key: Uint8Array, curve: string): boolean => {
    asked.push(`${toHex(key)} ${curve}`);
    return false;
  };
  const refused = openFirst(datagram, [type], { crypto: counting }, admit);
  expect(reasonOf(refused)).toBe('rate-limited');
  expect(asked).toEqual([`${toHex(identity.publicKey.bytes)} curve25519`]);
  expect(reasonOf(openFirst(datagram, [type], { crypto }, () => true))).toBe('opened');
  // What costs nothing to refuse is not asked for.
  const ours = { crypto: counting, ownKey: identity.publicKey };
  expect(reasonOf(openFirst(datagram, [type], ours, admit))).toBe('own-key');
  expect(reasonOf(openFirst(datagram.subarray(0, 60), [type], ours, admit))).toBe('too-short');
  const keyless = datagram.slice();
  keyless[HEADER_BYTES + 2] = 0;
  expect(reasonOf(openFirst(keyless, [type], ours, admit))).toBe('bad-key');
  expect(asked).toHaveLength(1);
});

test.each(
  scenes.flatMap((scene) => scene.valid.map((valid) => [`${valid.id} ${valid.name}`, valid])),
)('the envelope of %s', (_name, valid) => {
  if (typeof valid === 'string') return;
  const auth = valid.signed ? 'signed' : 'unsigned';
  const type = rawType(auth, valid.global_time_present, valid.msg_id);
  const bytes = fromHex(valid.hex);
  const opened = open(bytes, type, { crypto });
  if (!opened.ok) return expect.fail(opened.error.reason);
  const message = opened.value.message as Uint8Array;
  expect(toHex(message)).toBe(valid.decoded.payload_hex);

  const { globalTime } = opened.value;
  const sender = crypto.privateKey(fromHex(valid.sender?.private_bin ?? ''));
  if (!sender.ok || sender.value.publicKey.curve !== 'curve25519') return;
  const envelope = {
    prefix: bytes.slice(0, PREFIX_BYTES),
    identity: sender.value,
    crypto,
    ...(globalTime === undefined ? {} : { globalTime }),
  };
  expect(toHex(seal(type, message, envelope))).toBe(valid.hex);
});

test('a key with bytes behind it opens only as recorded traffic, without them', () => {
  const type = rawType('signed', false);
  for (const scene of scenes) {
    const hostile = scene.hostile.find((one) => one.name.startsWith('key with trailing garbage'));
    const bytes = fromHex(hostile?.hex ?? '');
    expect(reasonOf(open(bytes, type, { crypto }))).toBe('bad-key');
    const compat = open(bytes, type, { crypto, compat: true });
    if (!compat.ok) return expect.fail(compat.error.reason);
    expect(compat.value.peer?.publicKey.bytes.length).toBe(74);
  }
});

test('recorded hostile packets with a wrong key or signature are dropped', () => {
  const type = rawType('signed', false);
  const wrong = [
    /^(signature |all-zero signature|one byte after|Ed25519 S|body changed|message id changed)/,
    /^(key length|key is garbage|key without|private key bin|small-order)/,
    /^(ECDSA all-zero|ECDSA r and s swapped|unsigned message sent to a signed)/,
  ];
  const cases = scenes
    .flatMap((scene) => scene.hostile)
    .filter(({ name }) => wrong.some((start) => start.test(name)));
  expect(cases.length).toBeGreaterThan(25);
  for (const { name, hex } of cases) {
    const reason = reasonOf(open(fromHex(hex), type, { crypto }));
    expect(['too-short', 'bad-key', 'bad-signature'], name).toContain(reason);
  }
});

test('our own key is refused before any signature is checked', () => {
  const type = rawType('signed', false);
  const datagram = seal(type, new Uint8Array(4), { prefix, identity, crypto });
  const ownKey = identity.publicKey;
  expect(reasonOf(open(datagram, type, { crypto, ownKey }))).toBe('own-key');
  const verify = () => expect.fail('a signature was checked');
  const watched = { ...crypto, verify };
  expect(reasonOf(open(datagram, type, { crypto: watched, ownKey }))).toBe('own-key');
});

test('a decoder never sees bytes whose signature is wrong', () => {
  const type = rawType('signed', true);
  const decode = (): Uint8Array => expect.fail('decoded unverified bytes');
  const datagram = seal(type, new Uint8Array(4), { prefix, identity, crypto, globalTime: 1n });
  for (const at of [0, 22, 30, 60, 99, 101, 110, datagram.length - 1]) {
    const forged = datagram.slice();
    forged[at] = (forged[at] ?? 0) ^ 1;
    const reason = reasonOf(open(forged, { ...type, decode }, { crypto }));
    expect(['bad-key', 'bad-signature']).toContain(reason);
  }
});

test('every truncation of a signed packet is dropped, and never throws', () => {
  const type = rawType('signed', true);
  const datagram = seal(type, new Uint8Array(4), { prefix, identity, crypto, globalTime: 1n });
  for (let length = 0; length < datagram.length; length++) {
    const cut = datagram.slice(0, length);
    expect(['too-short', 'bad-key', 'bad-signature']).toContain(
      reasonOf(open(cut, type, { crypto })),
    );
  }
});

test('a signed timed message without room for its time is too short', () => {
  const untimed = seal(rawType('signed', false), new Uint8Array(7), { prefix, identity, crypto });
  expect(reasonOf(open(untimed, rawType('signed', true), { crypto }))).toBe('too-short');
});

test('bytes behind the last field are refused, unless tolerated', () => {
  const datagram = concatBytes(prefix, new Uint8Array([1, 7, 0, 0, 3, 99]));
  const type: MessageType<number> = { ...tagged(7), auth: 'unsigned' };
  const strict = open(datagram, type, { crypto });
  expect(strict.ok ? '' : strict.error).toMatchObject({
    reason: 'decode',
    error: { reason: 'trailing-bytes', messageName: 'Tagged7', offset: 4 },
  });
  const tolerant = open(datagram, type, { crypto, tolerateTrailing: true });
  expect(tolerant.ok && tolerant.value.message).toBe(3);
});

test('the offset of an error counts from the first field, behind the global time', () => {
  const type: MessageType<number> = { ...tagged(7), isTimed: true };
  const datagram = seal(tagged(8), 5, { prefix, identity, crypto });
  const timed = seal({ ...tagged(8), isTimed: true }, 5, {
    prefix,
    identity,
    crypto,
    globalTime: 1n,
  });
  for (const [bytes, one] of [
    [datagram, tagged(7)],
    [timed, type],
  ] as const) {
    const opened = open(bytes, one, { crypto });
    expect(opened.ok ? '' : opened.error).toMatchObject({
      reason: 'decode',
      error: { reason: 'bad-constant', field: 'tag', offset: 0 },
    });
  }
});

test('an overriding message falls back to the inherited one when its constant differs', () => {
  const first = tagged(1);
  const second = tagged(2);
  const opened = (type: MessageType<number>) =>
    openFirst(seal(type, 5, { prefix, identity, crypto }), [first, second], { crypto });
  const asFirst = opened(first);
  const asSecond = opened(second);
  expect(asFirst.ok && asFirst.value.type).toBe(first);
  expect(asSecond.ok && asSecond.value.type).toBe(second);
  expect(reasonOf(opened(tagged(3)))).toBe('decode');
});

test('it falls back too when the inherited message begins with the constant by chance', () => {
  const long: MessageType<number> = {
    ...tagged(1),
    messageName: 'Long',
    decode: (input) => {
      input.constant(input.u8('tag') === 1, 1, 'tag');
      return input.u32('value');
    },
  };
  const datagram = seal(tagged(1), 5, { prefix, identity, crypto });
  const opened = openFirst(datagram, [long, tagged(1)], { crypto });
  expect(opened.ok && opened.value.type.messageName).toBe('Tagged1');
  // What fits neither is refused as what it says it is.
  const neither = openFirst(datagram, [long, tagged(2)], { crypto });
  expect(neither.ok ? '' : neither.error).toMatchObject({
    reason: 'decode',
    error: { messageName: 'Long', reason: 'too-short' },
  });
});

test('identify tells short, unknown and deprecated datagrams apart', () => {
  const byId = new Map([[1, 'one']]);
  const outcome = (datagram: Uint8Array) => {
    const result = identify(datagram, byId);
    return result.ok ? result.value : result.error.reason;
  };
  expect(outcome(new Uint8Array(0))).toBe('too-short');
  expect(outcome(prefix)).toBe('too-short');
  for (let id = 0; id < 256; id++) {
    // py-ipv8 3.2 ipv8/community.py:126-142.
    const isOld = id >= 235 && ![245, 246, 249, 250].includes(id);
    const expected = id === 1 ? 'one' : isOld ? 'deprecated-message' : 'unknown-message';
    expect(outcome(concatBytes(prefix, new Uint8Array([id]))), `id ${id}`).toBe(expected);
  }
});

test('the largest datagram there is opens', () => {
  const type = rawType('signed', true);
  const overhead = HEADER_BYTES + 2 + 74 + 8 + 64;
  const body = new Uint8Array(DATAGRAM_BYTES_MAX - overhead).fill(7);
  const datagram = seal(type, body, { prefix, identity, crypto, globalTime: 2n ** 64n - 1n });
  expect(datagram.length).toBe(DATAGRAM_BYTES_MAX);
  const opened = open(datagram, type, { crypto });
  expect(opened.ok && opened.value.globalTime).toBe(2n ** 64n - 1n);
  expect(opened.ok && opened.value.message).toEqual(body);
});

test('a key length that reaches beyond the datagram is too short, whatever follows', () => {
  const type = rawType('signed', false);
  for (const length of [0xffff, 75, 148]) {
    const datagram = seal(type, new Uint8Array(1), { prefix, identity, crypto });
    datagram[HEADER_BYTES] = length >> 8;
    datagram[HEADER_BYTES + 1] = length & 0xff;
    expect(['too-short', 'bad-key']).toContain(reasonOf(open(datagram, type, { crypto })));
  }
});

test('any bytes are opened or dropped, never thrown at', () => {
  const types = [rawType('signed', false), rawType('signed', true), rawType('unsigned', true)];
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), fc.boolean(), (tail, hasKeyHeader) => {
      const start = hasKeyHeader ? identity.publicKey.bytes : new Uint8Array(0);
      const length = new Uint8Array([0, start.length]);
      const datagram = concatBytes(prefix, new Uint8Array([1]), length, start, tail);
      for (const type of types) {
        const result = open(datagram, type, { crypto, compat: tail.length % 2 === 0 });
        if (type.auth === 'signed') expect(result.ok).toBe(false);
      }
    }),
    { numRuns: 300 },
  );
});

test('what was sealed is opened again', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 1200 }),
      fc.constantFrom<Authentication>('signed', 'unsigned'),
      fc.option(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), { nil: undefined }),
      (body, auth, globalTime) => {
        const type = rawType(auth, globalTime !== undefined);
        const envelope = { prefix, identity, crypto };
        const datagram = seal(
          type,
          body,
          globalTime === undefined ? envelope : { ...envelope, globalTime },
        );
        const opened = open(datagram, type, { crypto });
        expect(opened.ok && opened.value.message).toEqual(new Uint8Array(body));
        expect(opened.ok && opened.value.globalTime).toBe(globalTime);
      },
    ),
    { numRuns: 100 },
  );
});
