/** Names of the rows of runtime/differences.md that the recorded bytes show. */
export const DIFFERENCES = [
  'empty-message-signature',
  'short-curve25519-key',
  'empty-key',
  'other-curves',
  'rsa-key',
  'padded-ecdsa-signature',
  'shifted-signature',
  'trailing-key-bytes',
  'compressed-point',
  'short-last-field',
  'bool-other-than-0-and-1',
  'surplus-bytes-in-a-frame',
  'lossy-values-refused',
  'offset-behind-flags',
  'keys-are-read-by-the-overlay',
  'bytes-behind-a-tunnel-message',
  'advice-bit',
  'dispersy-tag',
  'stated-bounds',
] as const;

export type Difference = (typeof DIFFERENCES)[number];
