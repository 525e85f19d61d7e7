/**
 * Private keys in files, shared with py-ipv8: its service reads and writes the bare bytes of a key
 * (py-ipv8 3.2 ipv8_service.py:131-143), its M2Crypto keys are also read from PEM text
 * (ipv8/keyvault/private/m2crypto.py:38-40). Both are read here; the bare bytes are written.
 */
import { fail, ok } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import type { Storage, StorageError } from '../env/storage.ts';
import type { Crypto } from './crypto.ts';
import type { KeyLevel, PrivateKey } from './keys.ts';
import { parsePem } from './pem.ts';

/** Why there is no key in, or from, a file. */
export type KeyFileError = {
  readonly code:
    | 'missing-directory'
    | 'unreadable'
    | 'unwritable'
    | 'empty'
    | 'truncated'
    | 'public-key'
    | 'foreign'
    | 'unsupported-curve';
  /** What is wrong, in which file, and what to do about it. */
  readonly message: string;
};

/** Which file, and which key to make, or to write, when there is none. */
export type KeyFileOptions = { readonly path: string } & (
  { readonly level: KeyLevel } | { readonly key: PrivateKey }
);

/**
 * The key in the file; when there is no file, a new or given key, written with mode 0600. When another
 * process writes the file at the same moment, its key is the one returned. An existing key is used
 * whatever its level.
 */
export async function loadOrCreateKeyFile(
  storage: Storage,
  crypto: Crypto,
  options: KeyFileOptions,
): Promise<Result<PrivateKey, KeyFileError>> {
  const { path } = options;
  const found = await storage.read(path);
  if (found.ok) return inFile(path, readKeyFile(found.value, crypto));
  if (found.error.code !== 'missing') return fail(unreadable(path, found.error));

  const made = 'key' in options ? ok(options.key) : crypto.generateKey(options.level);
  if (!made.ok) return inFile(path, fail({ code: 'unsupported-curve', ...reason(made.error) }));
  const created = await storage.createPrivate(path, made.value.secret);
  if (created.ok) return made;
  if (created.error.code !== 'exists') return fail(unwritable(path, created.error));

  const others = await storage.read(path);
  if (!others.ok) return fail(unreadable(path, others.error));
  return inFile(path, readKeyFile(others.value, crypto));
}

/** The private key that the bytes of a file hold, bare or as PEM. */
export function readKeyFile(bytes: Uint8Array, crypto: Crypto): Result<PrivateKey, KeyFileError> {
  if (bytes.length === 0) {
    const message = 'the file is empty; remove it to have a new key made, or restore the old one';
    return fail({ code: 'empty', message });
  }
  const text = latin1(bytes);
  const inner = text.includes('-----BEGIN ') ? bytesOfPem(text) : ok(bytes);
  if (!inner.ok) return inner;
  // As py-ipv8 does, bytes after the key are let pass: an editor may have added a newline.
  const key = crypto.privateKey(inner.value, { compat: true });
  if (key.ok) return key;
  if (key.error.code === 'unsupported-curve') {
    return fail({ code: 'unsupported-curve', ...reason(key.error) });
  }
  return fail(diagnose(inner.value, crypto));
}

const ACCEPTED = 'accepted are the private keys of IPv8, as bare bytes or as "EC PRIVATE KEY" PEM';
const RESTORE = 'restore the file, or move it away to have a new key made';

function bytesOfPem(text: string): Result<Uint8Array, KeyFileError> {
  const block = parsePem(text);
  if (block?.label === 'EC PRIVATE KEY') return ok(block.bytes);
  const [, label = ''] = /-----BEGIN ([A-Za-z0-9 ]{1,64})-----/.exec(text) ?? [];
  if (label === 'EC PRIVATE KEY') {
    const message = text.includes('ENCRYPTED')
      ? 'the PEM text is encrypted; decrypt it with "openssl ec"'
      : `the PEM text is cut off or damaged; ${RESTORE}`;
    return fail({ code: text.includes('ENCRYPTED') ? 'foreign' : 'truncated', message });
  }
  if (label === 'PUBLIC KEY') return fail(publicKeyFound());
  const message = `the file holds a PEM "${label}", which is no key of IPv8; ${ACCEPTED}`;
  return fail({ code: 'foreign', message });
}

/** Says what bytes that are no private key are instead. */
function diagnose(bytes: Uint8Array, crypto: Crypto): KeyFileError {
  if (crypto.publicKey(bytes, { compat: true }).ok) return publicKeyFound();
  const text = latin1(bytes.subarray(0, 16));
  if (text.startsWith('LibNaCLPK:')) return publicKeyFound();
  if (text.startsWith('LibNaCLSK:') || lacksBytes(bytes)) {
    return { code: 'truncated', message: `the key is cut off or damaged; ${RESTORE}` };
  }
  const message = `the file holds something else than a key of IPv8; ${ACCEPTED}`;
  return { code: 'foreign', message };
}

/** True for the start of a DER ECPrivateKey: a sequence whose first element is the integer 1. */
function lacksBytes(bytes: Uint8Array): boolean {
  const start = bytes[1] === 0x81 ? 3 : 2;
  return bytes[0] === 0x30 && latin1(bytes.subarray(start, start + 3)) === '\x02\x01\x01';
}

function publicKeyFound(): KeyFileError {
  const message =
    'the file holds a public key where a private one is needed; give the file of the private key';
  return { code: 'public-key', message };
}

function unreadable(path: string, error: StorageError): KeyFileError {
  const hint = error.code === 'denied' ? 'let this user read it' : 'see whether it is a file';
  return { code: 'unreadable', message: `${path}: cannot be read (${error.message}); ${hint}` };
}

function unwritable(path: string, error: StorageError): KeyFileError {
  if (error.code === 'missing') {
    const message = `${path}: the directory of this key file does not exist; create it first`;
    return { code: 'missing-directory', message };
  }
  const hint = 'let this user write there, or choose another path';
  return { code: 'unwritable', message: `${path}: cannot be created (${error.message}); ${hint}` };
}

/** The same result, with the path in front of what went wrong. */
function inFile(
  path: string,
  result: Result<PrivateKey, KeyFileError>,
): Result<PrivateKey, KeyFileError> {
  if (result.ok) return result;
  return fail({ code: result.error.code, message: `${path}: ${result.error.message}` });
}

function reason(error: { readonly message: string }): { readonly message: string } {
  return { message: error.message };
}

function latin1(bytes: Uint8Array): string {
  return new TextDecoder('latin1').decode(bytes);
}
