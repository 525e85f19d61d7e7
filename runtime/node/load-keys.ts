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
    const placed = placeIn(config.workingDirectory, definition);
    keys.set(definition.alias, await loadKey(placed, crypto, storage));
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

/** The definition with its file, when it has one, seen from the working directory. */
function placeIn(directory: string, definition: KeyConfig): KeyConfig {
  if (!('file' in definition) || definition.file === undefined) return definition;
  const { file } = definition;
  const isAbsolute = /^(?:[/\\]|[A-Za-z]:[/\\])/.test(file);
  if (isAbsolute || directory === '.') return definition;
  return { ...definition, file: `${directory.replace(/[/\\]$/, '')}/${file}` };
}
