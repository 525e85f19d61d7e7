/** Finds out what this host has: both look-ups may fail, and failing is an answer. */
import type * as NodeCrypto from 'node:crypto';
import type { Curve25519Provider, ProviderName } from './curve25519-provider.ts';
import { createNobleProvider } from './providers/noble.ts';
import { createNodeProvider } from './providers/node.ts';
import { createSodiumProvider } from './providers/sodium.ts';

/** `node:crypto`, or undefined where there is none (a browser). */
export async function loadNodeCrypto(): Promise<typeof NodeCrypto | undefined> {
  try {
    return await import('node:crypto');
  } catch {
    return undefined;
  }
}

/**
 * The named provider, or undefined when it does not load here. Without a name: the fastest that loads,
 * sodium before node before noble, which always does.
 */
export async function loadProvider(
  nodeCrypto: typeof NodeCrypto | undefined,
  name?: ProviderName,
): Promise<Curve25519Provider | undefined> {
  const node = nodeCrypto === undefined ? undefined : createNodeProvider(nodeCrypto);
  switch (name) {
    case 'noble':
      return createNobleProvider();
    case 'node':
      return node;
    case 'sodium':
      return loadSodium();
    case undefined:
      return (await loadSodium()) ?? node ?? createNobleProvider();
  }
}

/** An optional dependency: absent where it was not installed or has no build for the machine. */
async function loadSodium(): Promise<Curve25519Provider | undefined> {
  // Not a literal, so that bundlers do not insist on finding it.
  const name: string = 'sodium-native';
  try {
    const loaded: unknown = await import(name);
    return createSodiumProvider(loaded);
  } catch {
    return undefined;
  }
}
