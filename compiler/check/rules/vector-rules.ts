/** Rules about vectors of schemas that have no other fault. */
import type { VectorRule } from '../check-vectors.ts';
import { malformedRefused } from './malformed-refused.ts';
import { vectorsMatch } from './vectors-match.ts';

/** In the order in which they report. */
export const vectorRules: readonly VectorRule[] = [vectorsMatch, malformedRefused];
