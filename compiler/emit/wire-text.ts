/** Wire facts in words, for the doc comments of generated code. */
import type { Size } from '../ir/layout.ts';

/** The most that one UDP datagram over IPv4 carries: beyond it a largest size says nothing. */
const DATAGRAM_SIZE_MAX = 65_507;

/** `Wire: 4 bytes.` */
export function sizeText(size: Size): string {
  const { min, max } = size;
  if (min === max && !size.isOpen) return `Wire: ${bytesText(min)}.`;
  const isOpen = size.isOpen || max > DATAGRAM_SIZE_MAX;
  if (isOpen && min === 0) return 'Wire: zero or more bytes.';
  if (isOpen) return `Wire: at least ${bytesText(min)}.`;
  return `Wire: at least ${min}, at most ${bytesText(max)}.`;
}

function bytesText(count: number): string {
  return count === 1 ? '1 byte' : `${count} bytes`;
}
