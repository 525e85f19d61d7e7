import type { Family } from '../target.ts';
import { captures } from './captures.ts';
import { compiler } from './compiler.ts';
import { configuration } from './configuration.ts';
import { decoders } from './decoders.ts';
import { keyFiles } from './key-files.ts';
import { overlay } from './overlay.ts';
import { packets } from './packets.ts';
import { snapshots } from './snapshots.ts';

/** All that is fuzzed. */
export const FAMILIES: readonly Family[] = [
  decoders,
  packets,
  overlay,
  configuration,
  keyFiles,
  captures,
  snapshots,
  compiler,
];
