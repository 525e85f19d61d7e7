import { createRequire } from 'node:module';
import type { ProviderName } from '../../../runtime/crypto/curve25519-provider.ts';

/** True where the optional package has a build for this machine. */
export const hasSodium = ((): boolean => {
  try {
    createRequire(import.meta.url)('sodium-native');
    return true;
  } catch {
    return false;
  }
})();

/** The providers that load on this machine. */
export const PROVIDERS: readonly ProviderName[] = hasSodium
  ? ['sodium', 'node', 'noble']
  : ['node', 'noble'];
