/**
 * Short arrays that live long, and never change. What V8 fills by spreading, pushing or filtering
 * keeps room for 17 elements; these take what they hold.
 */

/** The values and, behind them, another one. */
export function append<T>(values: readonly T[] | undefined, value: T): readonly T[] {
  return values === undefined ? [value] : values.concat([value]);
}

/** The values but one. */
export function without<T>(values: readonly T[], value: T): readonly T[] {
  return values.filter((other) => other !== value).slice();
}
