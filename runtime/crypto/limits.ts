/** What cryptography remembers at most because of others. */

/**
 * How many imported public keys are kept. A node knows a few hundred peers and hears of a few
 * thousand; an imported key takes about 1.4 KB, so a full cache stays below 6 MB. Beyond it: the least
 * recently used key leaves, which costs an import (12–150 µs) when its owner speaks again.
 */
export const CACHED_KEYS_MAX = 4_096;
