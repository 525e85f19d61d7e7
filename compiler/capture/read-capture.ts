/** Bytes of a file → the frames of a capture. */
import { BrokenCapture, type Capture, type Frame } from './frame.ts';
import { isPcap, readPcap } from './pcap.ts';
import { isPcapng, readPcapng } from './pcapng.ts';

/** The capture in `bytes`, whose frames are views of them; undefined where they are none. */
export function readCapture(bytes: Uint8Array): Capture | undefined {
  if (bytes.length < 4) return undefined;
  const magic = new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0);
  const read = isPcap(magic) ? readPcap : isPcapng(magic) ? readPcapng : undefined;
  if (read === undefined) return undefined;
  const frames: Frame[] = [];
  try {
    read(bytes, (frame) => frames.push({ number: frames.length + 1, ...frame }));
    return { frames, problem: undefined };
  } catch (error) {
    if (!(error instanceof BrokenCapture)) throw error;
    return { frames, problem: { offset: error.offset, detail: error.message } };
  }
}
