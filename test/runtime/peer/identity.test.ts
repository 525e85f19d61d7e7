import { expect, test } from 'vitest';
import { createCrypto } from '../../../runtime/crypto/create-crypto.ts';
import { createIdentity } from '../../../runtime/peer/identity.ts';
import { createPeer } from '../../../runtime/peer/peer.ts';

const crypto = await createCrypto();

test('an identity signs for its peer and does not show its key', () => {
  const key = crypto.generateKey('curve25519');
  if (!key.ok) throw new Error(key.error.message);
  const identity = createIdentity(crypto, key.value);
  expect(identity.peer).toEqual(createPeer(key.value.publicKey));

  const message = new TextEncoder().encode('hello');
  const signature = identity.sign(message);
  expect(signature).toHaveLength(identity.peer.publicKey.signatureLength);
  expect(crypto.verify(identity.peer.publicKey, message, signature)).toBe(true);
  expect(Object.keys(identity)).toEqual(['peer', 'sign']);
});
