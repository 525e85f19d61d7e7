import type { KeyLevel } from '../../runtime/index.ts';

/** The levels a key can have, the recommended one first. */
export const KEY_LEVELS: readonly KeyLevel[] = ['curve25519', 'very-low', 'low', 'medium', 'high'];
