/** Where two byte strings part, and how to show that. */

export type Difference = {
  /** The first byte that is not the same in both. */
  readonly at: number;
  /** Two digits; undefined where that string has ended. */
  readonly mine: string | undefined;
  readonly theirs: string | undefined;
};

/** The first difference of two texts of hexadecimal digits; undefined when there is none. */
export function compareBytes(mine: string, theirs: string): Difference | undefined {
  const length = Math.max(mine.length, theirs.length);
  for (let digit = 0; digit < length; digit += 2) {
    const [one, other] = [mine.slice(digit, digit + 2), theirs.slice(digit, digit + 2)];
    if (one !== other) return { at: digit / 2, mine: one || undefined, theirs: other || undefined };
  }
  return undefined;
}

/** Bytes shown in front of a place, and in all. */
const BEFORE = 8;
const SHOWN = 24;

/** The digits around a byte, so that both strings of a comparison are cut alike. */
export function bytesWindow(hex: string, at: number): string {
  const size = hex.length / 2;
  const start = at < SHOWN - BEFORE ? 0 : at - BEFORE;
  const pairs = hex.slice(start * 2, (start + SHOWN) * 2).match(/../g) ?? [];
  const before = start === 0 ? '' : '… ';
  return `${before}${pairs.join(' ')}${start + SHOWN < size ? ' …' : ''}`;
}
