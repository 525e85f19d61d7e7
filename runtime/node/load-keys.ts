/** Key definitions to private keys. */
import { fromBase64 } from '../base/bytes.ts';
import type { Config, KeyConfig } from '../config/config.ts';
import type { Crypto } from '../crypto/crypto.ts';
import { loadOrCreateKeyFile } from '../crypto/key-file.ts';
import type { PrivateKey } from '../crypto/keys.ts';
import type { Storage } from '../env/storage.ts';
import { StartError } from './start-error.ts';

/**
 * All keys of the configuration by alias.
 * @throws StartError with code `key` when one cannot be had.
 */
export async function loadKeys(
  config: Config,
  crypto: Crypto,
  storage: Storage,
): Promise<ReadonlyMap<string, PrivateKey>> {
  const keys = new Map<string, PrivateKey>();
  // One after the other: two aliases may share a file, which the first one creates.
  for (const definition of config.keys) {
    const key = await loadKey(definition, crypto, {
      read: (path) => storage.read(inDirectory(config.workingDirectory, path)),
      createPrivate: (path, bytes) =>
        storage.createPrivate(inDirectory(config.workingDirectory, path), bytes),
    });
    keys.set(definition.alias, key);
  }
  return keys;
}

async function loadKey(
  definition: KeyConfig,
  crypto: Crypto,
  storage: Storage,
): Promise<PrivateKey> {
  const loaded =
    'bin' in definition
      ? crypto.privateKey(fromBase64(definition.bin))
      : definition.file === undefined
        ? crypto.generateKey(definition.generation)
        : await loadOrCreateKeyFile(storage, crypto, {
            path: definition.file,
            level: definition.generation,
          });
  if (loaded.ok) return loaded.value;
  throw new StartError('key', `key "${definition.alias}": ${loaded.error.message}`);
}

/** A relative path, seen from the working directory. */
function inDirectory(directory: string, path: string): string {
  const isAbsolute = /^(?:[/\\]|[A-Za-z]:[/\\])/.test(path);
  return isAbsolute || directory === '.' ? path : `${directory.replace(/[/\\]$/, '')}/${path}`;
}
