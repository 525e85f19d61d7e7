/**
 * Patterns that IP addresses match, for what cannot call a parser: JSON Schema. They match what
 * `address/ip.ts` parses, and nothing else.
 */

const BYTE = '(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])';
const QUAD = `${BYTE}(?:\\.${BYTE}){3}`;
const GROUP = '[0-9a-fA-F]{1,4}';

/** `before` groups, `::`, and what fits behind it: at least one group is left out. */
function shortened(before: number): string {
  const left = before === 0 ? '' : `${GROUP}(?::${GROUP}){${before - 1}}`;
  const after = 7 - before;
  const groups = after === 0 ? [] : [`${GROUP}(?::${GROUP}){0,${after - 1}}`];
  // A dotted quad is two groups.
  const quad = after < 2 ? [] : [`(?:${GROUP}:){0,${after - 2}}${QUAD}`];
  const right = [...groups, ...quad].join('|');
  return `${left}::${right === '' ? '' : `(?:${right})?`}`;
}

const IPV6 = [
  `(?:${GROUP}:){7}${GROUP}`,
  `(?:${GROUP}:){6}${QUAD}`,
  ...[0, 1, 2, 3, 4, 5, 6, 7].map(shortened),
].join('|');

export const IPV4_PATTERN = `^${QUAD}$`;
export const IPV6_PATTERN = `^(?:${IPV6})$`;
export const IP_PATTERN = `^(?:${QUAD}|${IPV6})$`;
