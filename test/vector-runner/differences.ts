/**
 * Where we decide otherwise than py-ipv8 3.2 did when the vectors were recorded. Each sentence says what
 * py-ipv8 does, what we do, and why an honest peer cannot notice.
 */
export const differences = {
  'empty-message-signature':
    'py-ipv8 counts a correct Ed25519 signature over an empty message as invalid → we count it as ' +
    'valid; every signed packet has at least a prefix, so no peer ever signs an empty message.',
  'short-curve25519-key':
    'py-ipv8 loads a LibNaCL public key whose Ed25519 half is cut or missing, and a private one with ' +
    'the seed missing, for which it draws a random one → we refuse both; such a public key can never ' +
    'verify anything, and py-ipv8 writes all 74 bytes.',
  'empty-key':
    'py-ipv8 makes of zero bytes a public key object on which every later call fails → we refuse ' +
    'them at once; nobody can sign with such a key.',
  'other-curves':
    'py-ipv8 accepts a key on any curve its OpenSSL knows, such as secp256r1 → we accept curve25519 ' +
    'and the five binary curves; py-ipv8 generates keys of these only.',
  'rsa-key':
    'py-ipv8 loads an RSA public key and fails when it asks for the signature length → we refuse ' +
    'it when loading; no packet with such a key was ever accepted.',
  'padded-ecdsa-signature':
    'py-ipv8 accepts an ECDSA signature whose halves have more leading zeros than the field size ' +
    'asks for → we want the exact length; in a packet the key fixes the length, and py-ipv8 signs ' +
    'with exactly that.',
  'shifted-signature':
    'py-ipv8 verifies signature ‖ message as one, so that a signature one byte short with its last ' +
    'byte in front of the message is valid → we want 64 bytes; in a packet the key fixes the length.',
  'trailing-key-bytes':
    'py-ipv8 drops bytes that follow a key → strict reading refuses them, compat reading drops them ' +
    'too; py-ipv8 sends keys without anything behind them.',
  'compressed-point':
    'py-ipv8 accepts a compressed point, which gives one key two mids → strict reading refuses it, ' +
    'compat reading keeps it as py-ipv8 does; py-ipv8 writes uncompressed points only.',
  'short-last-field':
    'py-ipv8 takes a length prefix that reaches beyond the packet as "whatever is left" → strict decoding ' +
    'refuses it, compat decoding takes what is left too; py-ipv8 writes the true length.',
  'bool-other-than-0-and-1':
    'py-ipv8 reads any non-zero byte as true → strict decoding refuses what is neither 0 nor 1, compat ' +
    'decoding does not; py-ipv8 writes 0 and 1.',
  'surplus-bytes-in-a-frame':
    'py-ipv8 drops what is left in a nested payload behind its last field → strict decoding refuses it, ' +
    'compat decoding drops it too; py-ipv8 writes frames without surplus.',
  'lossy-values-refused':
    'py-ipv8 packs values that do not fit with loss: byte strings padded or cut, floats rounded, anything ' +
    'as a bool → our encoder refuses them with the field named; the bytes that are sent are the same.',
  'keys-are-read-by-the-overlay':
    'py-ipv8 loads the keys in a list of nodes while it decodes and fails on a bad one → our codec gives the ' +
    'bytes, and the overlay that uses a key reads it; py-ipv8 sends good keys.',
  'bytes-behind-a-tunnel-message':
    'py-ipv8 leaves bytes behind a message of the tunnel overlay unread → strict decoding refuses them, ' +
    'compat decoding does not; py-ipv8 writes nothing there.',
  'advice-bit':
    'py-ipv8 inverts the advice bit of an introduction request when it reads it → we give the bit as it is ' +
    'on the wire; no decision of the protocol hangs on it.',
} as const;

/** The name of a difference. */
export type Difference = keyof typeof differences;
