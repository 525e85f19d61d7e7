/** What is thrown at a node, as bytes: frames one after the other, which any bytes can be read as. */
import { joined, type Span } from '../../compiler/values/mutate.ts';

/** What a frame does, by its first byte modulo how many there are. */
export const FRAME_KINDS = [
  'raw', // a datagram as it is
  'sealed', // a message by its number, in an envelope signed by the sender
  'answer', // as sealed, with the identifier of the node's last question to the sender
  'pause', // time passes
] as const;

export type Frame = {
  readonly kind: (typeof FRAME_KINDS)[number];
  readonly sender: number;
  /** How often it comes, each time from another port; milliseconds of a pause. */
  readonly count: number;
  readonly body: Uint8Array;
};

const HEAD_BYTES = 6;

/** As a number of the frame's own, so that cutting a script cannot make it endless. */
export const COUNT_MAX = 2_500;

export function printFrame({ body, count, kind, sender }: Frame): Uint8Array {
  const head = Uint8Array.of(
    FRAME_KINDS.indexOf(kind),
    sender,
    count >> 8,
    count & 0xff,
    body.length >> 8,
    body.length & 0xff,
  );
  return joined(head, body);
}

/** The last frame may be cut short. */
export function readFrames(script: Uint8Array): readonly Frame[] {
  const view = new DataView(script.buffer, script.byteOffset, script.byteLength);
  const frames: Frame[] = [];
  for (let at = 0; at + HEAD_BYTES <= script.length;) {
    const end = at + HEAD_BYTES + view.getUint16(at + 4);
    frames.push({
      kind: FRAME_KINDS[view.getUint8(at) % FRAME_KINDS.length] ?? 'raw',
      sender: view.getUint8(at + 1),
      count: Math.min(view.getUint16(at + 2), COUNT_MAX),
      body: script.slice(at + HEAD_BYTES, end),
    });
    at = end;
  }
  return frames;
}

/** Frames and what is in them, for mutation. */
export function spansOfScript(frames: readonly Frame[]): readonly Span[] {
  let at = 0;
  return frames.flatMap(({ body }): readonly Span[] => {
    const start = at;
    at += HEAD_BYTES + body.length;
    return [
      { offset: start, length: at - start, lead: 1 },
      { offset: start + 1, length: 1, lead: 1 },
      { offset: start + 2, length: 2, lead: 2 },
      { offset: start + HEAD_BYTES, length: body.length, lead: 0 },
    ];
  });
}
