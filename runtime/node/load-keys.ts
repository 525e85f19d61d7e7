/** Key definitions to private keys. */
import { fromBase64 } from '../base/bytes.ts';
import type { Result } from '../base/result.ts';
import type { Config, KeyConfig } from '../config/config.ts';
import type { Crypto } from '../crypto/crypto.ts';
import { loadOrCreateKeyFile } from '../crypto/key-file.ts';
import type { KeyLevel, PrivateKey } from '../crypto/keys.ts';
import type { Storage } from '../env/storage.ts';
import { pathIn } from './path-in.ts';
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

/** @throws StartError with code `key` when it cannot be had. */
export async function loadKey(
  definition: KeyConfig,
  crypto: Crypto,
  storage: Storage,
): Promise<PrivateKey> {
  const loaded = await ('bin' in definition
    ? loadGiven(definition, crypto, storage)
    : loadGenerated(definition, crypto, storage));
  if (loaded.ok) return loaded.value;
  throw new StartError('key', `key "${definition.alias}": ${loaded.error.message}`);
}

type Loaded = Result<PrivateKey, { readonly message: string }>;

/** The key of `bin`, unless its file holds one: the file goes first, as in py-ipv8. */
async function loadGiven(
  { bin, file = '' }: Extract<KeyConfig, { readonly bin: string }>,
  crypto: Crypto,
  storage: Storage,
): Promise<Loaded> {
  const given = crypto.privateKey(fromBase64(bin));
  if (!given.ok || file === '') return given;
  return loadOrCreateKeyFile(storage, crypto, { path: file, key: given.value });
}

async function loadGenerated(
  { generation, file = '' }: Extract<KeyConfig, { readonly generation: KeyLevel }>,
  crypto: Crypto,
  storage: Storage,
): Promise<Loaded> {
  if (file === '') return crypto.generateKey(generation);
  return loadOrCreateKeyFile(storage, crypto, { path: file, level: generation });
}

/** The definition with its file, when it has one, seen from the working directory. */
function placeIn(directory: string, definition: KeyConfig): KeyConfig {
  const { file = '' } = definition;
  return file === '' ? definition : { ...definition, file: pathIn(directory, file) };
}
