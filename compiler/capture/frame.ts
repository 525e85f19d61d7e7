/** What captures hold: frames of a link, one after the other. */

export type Frame = {
  /** From 1, as capture tools count. */
  readonly number: number;
  /** Since 1970; undefined where the capture does not say. */
  readonly timeSeconds: number | undefined;
  /** Of the list at tcpdump.org/linktypes.html. */
  readonly linkType: number;
  /** What was captured: maybe less than was on the wire. */
  readonly bytes: Uint8Array;
};

/** The frames of a capture; where it breaks off, those in front of that place and why. */
export type Capture = {
  readonly frames: readonly Frame[];
  readonly problem: CaptureProblem | undefined;
};

export type CaptureProblem = {
  /** In the file. */
  readonly offset: number;
  readonly detail: string;
};

/** libpcap's MAXIMUM_SNAPLEN: no capture tool writes a larger frame. */
export const FRAME_BYTES_MAX = 262_144;

/** Thrown and caught inside this folder. */
export class BrokenCapture extends Error {
  readonly offset: number;

  constructor(offset: number, detail: string) {
    super(detail);
    this.offset = offset;
  }
}
