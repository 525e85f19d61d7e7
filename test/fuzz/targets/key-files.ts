/** Keys as they come in: files, PEM text, bytes of both halves, and signatures. */
import { isDeepStrictEqual } from 'node:util';
import { concatBytes } from '../../../runtime/base/bytes.ts';
import { createCrypto } from '../../../runtime/crypto/create-crypto.ts';
import type { Crypto } from '../../../runtime/crypto/crypto.ts';
import { readDer } from '../../../runtime/crypto/der.ts';
import { type KeyFileError, readKeyFile } from '../../../runtime/crypto/key-file.ts';
import {
  CURVE_OF_LEVEL,
  type KeyError,
  type KeyLevel,
  type PrivateKey,
} from '../../../runtime/crypto/keys.ts';
import { printPem } from '../../../runtime/crypto/pem.ts';
import { createSeededRandom } from '../../../runtime/simulation/index.ts';
import { mutate, type Sample, type Span } from '../../../compiler/values/mutate.ts';
import { claim, type Family } from '../target.ts';

export const keyFiles: Family = {
  name: 'keys',
  share: 4_000,
  async targets(seed) {
    const random = createSeededRandom(seed, 'key files');
    const crypto = await createCrypto({ provider: 'node', random });
    const levels = Object.keys(CURVE_OF_LEVEL) as KeyLevel[];
    const keys = levels.map((level) => {
      const made = crypto.generateKey(level);
      if (!made.ok) throw new Error(made.error.message);
      return made.value;
    });
    const publicKeys = keys.map(({ publicKey }) => sampleOf(publicKey.bytes));
    const secrets = keys.map(({ secret }) => sampleOf(secret));
    const all = [...publicKeys, ...secrets];
    const texts = keys.flatMap((key) => pemsOf(key).map(textSample));
    const signed = keys.map((key) =>
      sampleOf(concatBytes(key.publicKey.bytes, crypto.sign(key, MESSAGE))),
    );
    return [
      {
        name: 'keys/file',
        form: 'bytes',
        generate: (chance) => mutate({ samples: chance.oneIn(2) ? secrets : all }, chance),
        check: (input) => checkFile(crypto, input),
        partsOf: () => KEY_OPERATIONS,
      },
      {
        name: 'keys/pem-file',
        form: 'text',
        generate: (chance) => mutate({ samples: texts }, chance),
        check: (input) => checkFile(crypto, input),
        partsOf: () => KEY_OPERATIONS,
      },
      {
        name: 'keys/public',
        form: 'bytes',
        generate: (chance) => mutate({ samples: publicKeys }, chance),
        check: (input) => checkPublic(crypto, input),
      },
      {
        name: 'keys/signature',
        form: 'bytes',
        generate: (chance) => mutate({ samples: signed }, chance),
        check: (input) => checkSignature(crypto, input),
      },
    ];
  },
};

/** Reading a key, reading it again, signing and verifying: on the largest curve each takes 2 ms. */
const KEY_OPERATIONS = 4;

const MESSAGE = new TextEncoder().encode('a message');

function pemsOf({ publicKey, secret }: PrivateKey): readonly string[] {
  return [
    printPem('EC PRIVATE KEY', secret),
    printPem('PUBLIC KEY', publicKey.bytes),
    printPem('RSA PRIVATE KEY', secret),
  ];
}

function textSample(text: string): Sample {
  const spans: Span[] = [];
  for (const { 0: line, index } of text.matchAll(/.+\n/g)) {
    spans.push({ offset: index, length: line.length, lead: 0 });
  }
  return { bytes: new TextEncoder().encode(text), spans };
}

/** DER elements, and the two halves of the other kind of key. */
function sampleOf(bytes: Uint8Array): Sample {
  const spans: Span[] = [
    { offset: 0, length: 10, lead: 0 },
    { offset: 10, length: 32, lead: 0 },
  ];
  const waiting = [{ start: 0, end: bytes.length }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (let at = next.start; at < next.end;) {
      const element = readDer(bytes.subarray(0, next.end), at);
      if (element === undefined) break;
      const length = element.end - at;
      const contentAt = element.end - element.content.length;
      spans.push({ offset: at, length, lead: 0 }, { offset: at + 1, length: 1, lead: 1 });
      if ((element.tag & 0x20) !== 0) waiting.push({ start: contentAt, end: element.end });
      at = element.end;
    }
  }
  return { bytes, spans };
}

const FILE_ERRORS: { readonly [Code in KeyFileError['code']]: true } = {
  'missing-directory': true,
  unreadable: true,
  unwritable: true,
  empty: true,
  truncated: true,
  'public-key': true,
  foreign: true,
  'unsupported-curve': true,
};

const KEY_ERRORS: { readonly [Code in KeyError['code']]: true } = {
  malformed: true,
  'trailing-bytes': true,
  'unsupported-curve': true,
};

function checkFile(crypto: Crypto, input: Uint8Array): void {
  const read = readKeyFile(input, crypto);
  if (!read.ok) {
    const { code, message } = read.error;
    claim(Object.hasOwn(FILE_ERRORS, code), () => `the code ${code} is not declared`);
    claimMessage(message);
    return;
  }
  claimKey(crypto, read.value);
  const bare = crypto.privateKey(input);
  // What the strict reading lets pass is the key and nothing else.
  if (bare.ok)
    claim(
      isDeepStrictEqual({ ...bare.value.secret }, { ...input }),
      () => 'a key has other bytes than it was read from',
    );
}

/** @throws Finding for a key that cannot be what it says it is. */
function claimKey(crypto: Crypto, key: PrivateKey): void {
  const again = crypto.privateKey(key.secret);
  claim(
    again.ok && isDeepStrictEqual(again.value, key),
    () => 'a key is another when it is read again',
  );
  const signature = crypto.sign(key, MESSAGE);
  claim(
    signature.length === key.publicKey.signatureLength,
    () => `a signature has ${signature.length} bytes`,
  );
  claim(
    crypto.verify(key.publicKey, MESSAGE, signature),
    () => 'a key does not fit its own signature',
  );
}

function claimMessage(message: string): void {
  claim(
    message.length > 10 && message.length < 600,
    () => `an error message of ${message.length} characters`,
  );
  // eslint-disable-next-line no-control-regex
  claim(!/[\0-\x08\x0b-\x1f\x7f]/.test(message), () => 'an error message with control characters');
}

function checkPublic(crypto: Crypto, input: Uint8Array): void {
  const strict = crypto.publicKey(input);
  const compat = crypto.publicKey(input, { compat: true });
  for (const read of [strict, compat]) {
    if (read.ok) continue;
    claim(
      Object.hasOwn(KEY_ERRORS, read.error.code),
      () => `the code ${read.error.code} is not declared`,
    );
    claimMessage(read.error.message);
  }
  if (compat.ok) {
    const { bytes } = compat.value;
    const isStart = isDeepStrictEqual(bytes, input.slice(0, bytes.length));
    claim(isStart, () => 'a key is not what it was read from');
  }
  if (!strict.ok) return;
  claim(
    compat.ok && isDeepStrictEqual(strict.value, compat.value),
    () => 'compat reads another key',
  );
  claim(
    isDeepStrictEqual(strict.value.bytes, input),
    () => 'a key has other bytes than it was read from',
  );
}

/** A key, and behind it what may be its signature. */
function checkSignature(crypto: Crypto, input: Uint8Array): void {
  const length = input[0] === 0x30 ? (readDer(input, 0)?.end ?? 0) : 74;
  const key = crypto.publicKey(input.slice(0, length));
  if (!key.ok) return;
  const signature = input.slice(length);
  const isValid = crypto.verify(key.value, MESSAGE, signature);
  if (!isValid) return;
  claim(
    signature.length === key.value.signatureLength,
    () => `a valid signature has ${signature.length} bytes`,
  );
  claim(
    !crypto.verify(key.value, new Uint8Array(), signature),
    () => 'a signature fits another message',
  );
}
