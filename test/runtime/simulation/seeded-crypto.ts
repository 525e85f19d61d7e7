import { createCrypto } from '../../../runtime/crypto/create-crypto.ts';
import type { Crypto } from '../../../runtime/crypto/crypto.ts';
import type { Random } from '../../../runtime/env/random.ts';
import { createStandInCrypto } from '../../../runtime/simulation/index.ts';

const standIns = createStandInCrypto(await createCrypto());

/** Stand-ins for signatures, and keys that come from this chance: the same in every run of a seed. */
export function seededCrypto(random: Random): Crypto {
  const bytes = new TextEncoder().encode(`LibNaCLSK:${'x'.repeat(64)}`);
  return {
    ...standIns,
    generateKey() {
      bytes.set(random.bytes(64), bytes.length - 64);
      return standIns.privateKey(bytes.slice());
    },
  };
}
