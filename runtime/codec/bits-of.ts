/** The bits of a whole number from 0 to 2³²−1 that are set, each as its value, the lowest first. */
export function bitsOf(value: number): ReadonlySet<number> {
  const bits = new Set<number>();
  for (let bit = 1; bit <= value; bit *= 2) {
    // Dividing keeps the highest of 32 bits positive.
    if (Math.floor(value / bit) % 2 === 1) bits.add(bit);
  }
  return bits;
}
