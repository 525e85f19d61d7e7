/**
 * The older form of captures: a header, then records.
 * Source: draft-ietf-opsawg-pcap.
 */
import { BrokenCapture, type Frame, FRAME_BYTES_MAX } from './frame.ts';

const HEADER_BYTES = 24;
const RECORD_HEADER_BYTES = 16;

/** By the first four bytes, read big-endian: the byte order, and parts of a second in timestamps. */
const FORMS: ReadonlyMap<number, { readonly isLittle: boolean; readonly perSecond: number }> =
  new Map([
    [0xa1b2c3d4, { isLittle: false, perSecond: 1e6 }],
    [0xd4c3b2a1, { isLittle: true, perSecond: 1e6 }],
    [0xa1b23c4d, { isLittle: false, perSecond: 1e9 }],
    [0x4d3cb2a1, { isLittle: true, perSecond: 1e9 }],
  ]);

export function isPcap(magic: number): boolean {
  return FORMS.has(magic);
}

/**
 * Hands over one frame after the other.
 * @throws BrokenCapture where the file breaks off.
 */
export function readPcap(bytes: Uint8Array, add: (frame: Omit<Frame, 'number'>) => void): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const form = FORMS.get(view.getUint32(0));
  if (form === undefined || bytes.length < HEADER_BYTES) {
    throw new BrokenCapture(0, `its header needs ${HEADER_BYTES} bytes, ${bytes.length} are there`);
  }
  const { isLittle, perSecond } = form;
  const major = view.getUint16(4, isLittle);
  if (major !== 2) throw new BrokenCapture(4, `version ${major} of pcap is not known`);
  // The upper bits say whether frames end in a check sequence.
  const linkType = view.getUint32(20, isLittle) & 0xffff;
  for (let at = HEADER_BYTES; at < bytes.length;) {
    const left = bytes.length - at - RECORD_HEADER_BYTES;
    if (left < 0) throw new BrokenCapture(at, 'the file ends in the header of a frame');
    const seconds = view.getUint32(at, isLittle);
    const parts = view.getUint32(at + 4, isLittle);
    const length = view.getUint32(at + 8, isLittle);
    if (length > FRAME_BYTES_MAX) {
      throw new BrokenCapture(at + 8, `a frame of ${length} bytes is more than any capture holds`);
    }
    if (length > left) {
      throw new BrokenCapture(at + 8, `a frame of ${length} bytes, of which ${left} are there`);
    }
    const start = at + RECORD_HEADER_BYTES;
    at = start + length;
    add({
      timeSeconds: seconds + parts / perSecond,
      linkType,
      bytes: bytes.subarray(start, at),
    });
  }
}
