/** Finds out what this host has: both look-ups may fail, and failing is an answer. */
import type * as NodeCrypto from 'node:crypto';
import type { Curve25519Provider, ProviderName } from './curve25519-provider.ts';
import { createNobleProvider } from './providers/noble.ts';
import { createNodeProvider } from './providers/node.ts';
import { loadSodiumProvider } from './providers/sodium.ts';

/** `node:crypto`, or undefined where there is none (a browser). */
export async function loadNodeCrypto(): Promise<typeof NodeCrypto | undefined> {
  try {
    return await import('node:crypto');
  } catch {
    return undefined;
  }
}

/**
 * The named provider, or undefined when it does not load here. Without a name: the fastest that
 * loads, sodium before node before noble, which always does.
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
      return loadSodiumProvider();
    case undefined:
      return (await loadSodiumProvider()) ?? node ?? createNobleProvider();
  }
}
