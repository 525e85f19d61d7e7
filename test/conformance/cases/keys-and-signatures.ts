/** Key files and signatures of every level, written by one side and read by the other. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createCrypto } from '../../../runtime/crypto/create-crypto.ts';
import type { Crypto } from '../../../runtime/crypto/crypto.ts';
import { loadOrCreateKeyFile } from '../../../runtime/crypto/key-file.ts';
import { CURVE_OF_LEVEL, type KeyLevel, type PrivateKey } from '../../../runtime/crypto/keys.ts';
import { fromHex, toHex } from '../../../runtime/base/bytes.ts';
import { createPeer } from '../../../runtime/peer/peer.ts';
import { expect, expectEqual, type Case, type Context } from '../case.ts';

const LEVELS = Object.keys(CURVE_OF_LEVEL) as readonly KeyLevel[];

/** What keys.py says of one key that we made. */
type Read = {
  readonly level: string;
  readonly samePublicKey: boolean;
  readonly mid: string;
  readonly signatureLength: number;
  readonly valid: boolean;
  readonly spoiltSignature: boolean;
  readonly otherMessage: boolean;
  readonly signature: string;
};
/** A key that keys.py made. */
type Made = {
  readonly level: string;
  readonly file: string;
  readonly publicKey: string;
  readonly mid: string;
  readonly message: string;
  readonly signature: string;
};

async function run(context: Context): Promise<void> {
  const crypto = await createCrypto();
  const ours = new Map<string, PrivateKey>();
  for (const level of LEVELS) ours.set(level, await keyIn(context, crypto, `ours-${level}`, level));
  const message = new TextEncoder().encode('signed by ours');
  const described = [...ours].map(([level, key]) => ({
    level,
    file: `ours-${level}.pem`,
    publicKey: toHex(key.publicKey.bytes),
    message: toHex(message),
    signature: toHex(crypto.sign(key, message)),
  }));
  await writeFile(join(context.folder, 'ours.json'), JSON.stringify(described));
  await context.python('keys.py', [context.folder]).finish();
  const text = await readFile(join(context.folder, 'theirs.json'), 'utf8');
  const { read, made } = JSON.parse(text) as { readonly read: Read[]; readonly made: Made[] };

  expectEqual(
    read.map(({ level }) => level),
    LEVELS,
    'the list of keys that py-ipv8 read',
  );
  for (const { level, signature, ...found } of read) {
    const key = ours.get(level);
    expect(key !== undefined, `a key of level ${level} was never made`);
    const expected = {
      samePublicKey: true,
      mid: createPeer(key.publicKey).id,
      signatureLength: key.publicKey.signatureLength,
      valid: true,
      spoiltSignature: false,
      otherMessage: false,
    };
    expectEqual(found, expected, `what py-ipv8 finds in our key of level ${level}`);
    expectSignature(crypto, key, { level, message, signature: fromHex(signature) });
  }
  expectEqual(made.map(({ level }) => level).sort(), [...LEVELS].sort(), 'levels of py-ipv8');
  for (const { level, file, ...theirs } of made) {
    const key = await keyIn(context, crypto, file.replace(/\.pem$/, ''), 'curve25519');
    expectEqual(toHex(key.publicKey.bytes), theirs.publicKey, `py-ipv8's public key, ${level}`);
    expectEqual(createPeer(key.publicKey).id, theirs.mid, `the mid of py-ipv8's key, ${level}`);
    const [messageBytes, signature] = [fromHex(theirs.message), fromHex(theirs.signature)];
    expectSignature(crypto, key, { level, message: messageBytes, signature });
  }
}

/** The key in a file of the case's folder; one of the level where there is no file. */
async function keyIn(
  { folder, env }: Context,
  crypto: Crypto,
  name: string,
  level: KeyLevel,
): Promise<PrivateKey> {
  const path = join(folder, `${name}.pem`);
  const key = await loadOrCreateKeyFile(env.storage, crypto, { path, level });
  if (key.ok) return key.value;
  throw new Error(key.error.message);
}

type Signed = {
  readonly level: string;
  readonly message: Uint8Array;
  readonly signature: Uint8Array;
};

function expectSignature(crypto: Crypto, key: PrivateKey, signed: Signed): void {
  const { level, message, signature } = signed;
  const { publicKey } = key;
  expect(crypto.verify(publicKey, message, signature), `py-ipv8's signature, ${level}: not valid`);
  const spoilt = signature.with(0, (signature[0] ?? 0) ^ 1);
  expect(!crypto.verify(publicKey, message, spoilt), `a spoilt signature, ${level}: valid`);
  const other = message.with(0, (message[0] ?? 0) ^ 1);
  expect(!crypto.verify(publicKey, other, signature), `another message, ${level}: valid`);
}

export const cases: readonly Case[] = [{ name: 'keys-and-signatures', run }];
