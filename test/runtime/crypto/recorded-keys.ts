import { readFileSync } from 'node:fs';
import { fromHex } from '../../../runtime/base/bytes.ts';
import type { KeyVectors } from '../../vector-runner/keys.ts';

const FILE = new URL('../../vectors/keys.json', import.meta.url);
const { keys, other_curves: others } = JSON.parse(readFileSync(FILE, 'utf8')) as KeyVectors;

/** One recorded key of each curve we read. */
export const RECORDED_KEYS = [...keys, ...others]
  .filter(({ curve }, index, all) => all.findIndex((key) => key.curve === curve) === index)
  .filter(({ curve }) => curve !== 'secp256r1')
  .map((key) => ({
    curve: key.curve.replace('x25519 + ed25519', 'curve25519'),
    publicBytes: fromHex(key.public_bin),
    privateBytes: fromHex(key.private_bin),
  }));
