import type { Rule } from '../context.ts';

/** Every rule, in the order that reads best when several complain about one place. */
export const rules: readonly Rule[] = [];
