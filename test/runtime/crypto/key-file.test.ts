import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { concatBytes, toHex } from '../../../runtime/base/bytes.ts';
import { fail, ok } from '../../../runtime/base/result.ts';
import { createCrypto } from '../../../runtime/crypto/create-crypto.ts';
import { sha1 } from '../../../runtime/crypto/hashes.ts';
import { loadOrCreateKeyFile, readKeyFile } from '../../../runtime/crypto/key-file.ts';
import { printPem } from '../../../runtime/crypto/pem.ts';
import type { Storage, StorageError } from '../../../runtime/env/storage.ts';

const crypto = await createCrypto();
const PATH = 'keys/me.key';
const OPTIONS = { path: PATH, level: 'curve25519' } as const;

const fixture = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`../../fixtures/keys/${name}`, import.meta.url)));

/** A storage in memory; `errors` says which of its methods fail, and how. */
function memoryStorage(
  files: Map<string, Uint8Array>,
  errors: { readonly read?: StorageError; readonly create?: StorageError } = {},
): Storage {
  return {
    async read(path) {
      if (errors.read !== undefined) return fail(errors.read);
      const bytes = files.get(path);
      return bytes === undefined ? fail({ code: 'missing', message: 'no such file' }) : ok(bytes);
    },
    async createPrivate(path, bytes) {
      if (errors.create !== undefined) return fail(errors.create);
      if (files.has(path)) return fail({ code: 'exists', message: 'file exists' });
      files.set(path, bytes.slice());
      return ok(undefined);
    },
    async replace(path, bytes) {
      files.set(path, bytes.slice());
      return ok(undefined);
    },
  };
}

test.each([
  ['curve25519.key', '319c2d3b1fd842f9d7088e69d3efe0464a498bf4'],
  ['medium.key', 'b98685d3533b0e0978edf7c6020e9312ef7d7a96'],
  ['medium.pem', 'b98685d3533b0e0978edf7c6020e9312ef7d7a96'],
  ['very-low.key', '481484213f5864ce5ab8b86ddbe833a4725963cf'],
])('reads %s, which py-ipv8 wrote', (name, mid) => {
  const key = readKeyFile(fixture(name), crypto);
  expect(key.ok && toHex(sha1(key.value.publicKey.bytes))).toBe(mid);
});

test('makes a key when there is no file, writes its bare bytes and finds it again', async () => {
  for (const level of ['very-low', 'medium', 'curve25519'] as const) {
    const files = new Map<string, Uint8Array>();
    const storage = memoryStorage(files);
    const made = await loadOrCreateKeyFile(storage, crypto, { path: PATH, level });
    expect(made.ok && files.get(PATH)).toEqual(made.ok && made.value.secret);
    expect(await loadOrCreateKeyFile(storage, crypto, { path: PATH, level: 'low' })).toEqual(made);
  }
});

test('when another process writes the file first, its key is used', async () => {
  const files = new Map<string, Uint8Array>();
  const storage = memoryStorage(files);
  const late: Storage = {
    read: storage.read,
    replace: storage.replace,
    async createPrivate(path, bytes) {
      files.set(path, fixture('medium.key'));
      return storage.createPrivate(path, bytes);
    },
  };
  const key = await loadOrCreateKeyFile(late, crypto, OPTIONS);
  expect(key).toEqual(readKeyFile(fixture('medium.key'), crypto));
  expect(files.get(PATH)).toEqual(fixture('medium.key'));
});

test.each([
  ['a missing directory', { create: 'missing' }, 'missing-directory', 'create it first'],
  ['a directory we may not write to', { create: 'denied' }, 'unwritable', 'choose another path'],
  ['a full disk', { create: 'failed' }, 'unwritable', 'it went wrong'],
  ['a file we may not read', { read: 'denied' }, 'unreadable', 'let this user read it'],
  ['a directory in its place', { read: 'failed' }, 'unreadable', 'whether it is a file'],
] as const)('%s: says what, where and what to do', async (_name, codes, code, hint) => {
  const [[method, errorCode] = ['read', 'failed']] = Object.entries(codes) as [
    'read' | 'create',
    StorageError['code'],
  ][];
  const errors = { [method]: { code: errorCode, message: 'it went wrong' } };
  const result = await loadOrCreateKeyFile(memoryStorage(new Map(), errors), crypto, OPTIONS);
  expect(result).toMatchObject({ ok: false, error: { code } });
  expect(!result.ok && result.error.message).toContain(PATH);
  expect(!result.ok && result.error.message).toContain(hint);
});

const text = (content: string): Uint8Array => new TextEncoder().encode(content);
const medium = readKeyFile(fixture('medium.key'), crypto);
const mediumPublic = medium.ok ? medium.value.publicKey.bytes : new Uint8Array();
const secp256r1 = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 });
const pemOf = (type: 'pkcs1' | 'pkcs8'): Uint8Array =>
  text(rsa.privateKey.export({ format: 'pem', type }).toString());

test.each([
  ['an empty file', new Uint8Array(), 'empty', 'remove it'],
  ['a cut curve25519 key', fixture('curve25519.key').subarray(0, 73), 'truncated', 'restore'],
  ['a cut DER key', fixture('medium.key').subarray(0, 100), 'truncated', 'restore'],
  ['a cut PEM key', fixture('medium.pem').subarray(0, 200), 'truncated', 'restore'],
  ['a curve25519 public key', text('LibNaCLPK:'), 'public-key', 'private key'],
  ['a DER public key', mediumPublic, 'public-key', 'private key'],
  ['a PEM public key', text(printPem('PUBLIC KEY', mediumPublic)), 'public-key', 'private key'],
  ['an SSH key', text(printPem('OPENSSH PRIVATE KEY', text('x'))), 'foreign', 'OPENSSH'],
  ['an RSA key', pemOf('pkcs1'), 'foreign', 'RSA PRIVATE KEY'],
  ['a PKCS #8 key', pemOf('pkcs8'), 'foreign', 'EC PRIVATE KEY'],
  ['words', text('not a key at all'), 'foreign', 'accepted are'],
  [
    'a key on another curve',
    text(secp256r1.privateKey.export({ format: 'pem', type: 'sec1' }).toString()),
    'unsupported-curve',
    'secp256r1',
  ],
  [
    'an encrypted key',
    text(printPem('EC PRIVATE KEY', text('x')).replace('\n', '\nProc-Type: 4,ENCRYPTED\n\n')),
    'foreign',
    'openssl',
  ],
])('%s is refused, and the file is left alone', async (_name, content, code, hint) => {
  const files = new Map([[PATH, content]]);
  const result = await loadOrCreateKeyFile(memoryStorage(files), crypto, OPTIONS);
  expect(result).toMatchObject({ ok: false, error: { code } });
  expect(!result.ok && result.error.message).toContain(PATH);
  expect(!result.ok && result.error.message).toContain(hint);
  expect(files.get(PATH)).toBe(content);
});

test('a newline behind the key is let pass', () => {
  for (const name of ['curve25519.key', 'medium.key']) {
    const key = readKeyFile(concatBytes(fixture(name), text('\n')), crypto);
    expect(key).toEqual(readKeyFile(fixture(name), crypto));
  }
});

test('no error message holds bytes of the key', () => {
  const cut = fixture('curve25519.key').subarray(0, 73);
  const result = readKeyFile(cut, crypto);
  const message = result.ok ? '' : result.error.message;
  for (let at = 10; at + 4 <= cut.length; at++) {
    expect(message).not.toContain(toHex(cut.subarray(at, at + 4)));
  }
});
