/** What it costs to check one signature. */
import type { Curve } from '../crypto/keys.ts';

/**
 * Milliseconds of one core, measured on an AMD EPYC of the Zen 3 kind with Node 20 and OpenSSL 3.0.
 * Other machines differ by a factor that is the same for all of them.
 */
const BINARY_CURVES_MS: { readonly [Name in Exclude<Curve, 'curve25519'>]: number } = {
  sect163k1: 0.6,
  sect233k1: 0.78,
  sect409k1: 2.8,
  sect571r1: 5.8,
  sect571k1: 5.4,
};

/** Ed25519 by provider; what is not named costs what `node:crypto` does. */
const ED25519_MS: { readonly [provider: string]: number } = { sodium: 0.095, noble: 2.6 };
const ED25519_NODE_MS = 0.165;

/** Milliseconds that the provider takes for one signature of a key on the curve. */
export function verifyCostMs(curve: Curve, provider: string): number {
  if (curve !== 'curve25519') return BINARY_CURVES_MS[curve];
  return ED25519_MS[provider] ?? ED25519_NODE_MS;
}
