import { randomBytes } from '@noble/hashes/utils.js';
import type { Random } from '../env/random.ts';
import type { Crypto } from './crypto.ts';
import { createCurve25519, looksLikeCurve25519 } from './curve25519.ts';
import type { ProviderName } from './curve25519-provider.ts';
import type { KeyAgreement } from './key-agreement.ts';
import type { KeyForm } from './key-form.ts';
import { CURVE_OF_LEVEL } from './keys.ts';
import type { Curve } from './keys.ts';
import { createLegacyCurves, createNoLegacyCurves } from './legacy-curves.ts';
import { loadNodeCrypto, loadProvider } from './load-providers.ts';

/** What may be chosen; without options the fastest that loads, and secure randomness. */
export type CryptoOptions = {
  /** Who does curve25519. Left out: sodium where it loads, else node, else noble. */
  readonly provider?: ProviderName;
  /** Where new keys come from. Left out: the secure source of the host. */
  readonly random?: Pick<Random, 'bytes'>;
};

/**
 * The cryptography of this host.
 * @throws Error when the provider that was asked for does not load here.
 */
export async function createCrypto(options: CryptoOptions = {}): Promise<Crypto & KeyAgreement> {
  const nodeCrypto = await loadNodeCrypto();
  const provider = await loadProvider(nodeCrypto, options.provider);
  if (provider === undefined) {
    throw new Error(`the crypto provider "${options.provider}" does not load on this host`);
  }
  const random = options.random ?? { bytes: (size) => randomBytes(size) };
  const curve25519 = createCurve25519(provider);
  const legacy = nodeCrypto === undefined ? createNoLegacyCurves() : createLegacyCurves(nodeCrypto);
  const formOf = (curve: Curve): KeyForm => (curve === 'curve25519' ? curve25519 : legacy);
  const formOfBytes = (bytes: Uint8Array): KeyForm =>
    looksLikeCurve25519(bytes) ? curve25519 : legacy;

  return {
    provider: provider.name,
    generateKey(level) {
      const curve = CURVE_OF_LEVEL[level];
      return formOf(curve).generate(curve, random);
    },
    publicKey(bytes, { compat = false } = {}) {
      return formOfBytes(bytes).readPublic(bytes, { compat });
    },
    privateKey(bytes, { compat = false } = {}) {
      return formOfBytes(bytes).readPrivate(bytes, { compat });
    },
    sign: (key, message) => formOf(key.publicKey.curve).sign(key, message),
    verify: (key, message, signature) => formOf(key.curve).verify(key, message, signature),
    agree: (key, theirKey) => curve25519.agree(key, theirKey),
  };
}
