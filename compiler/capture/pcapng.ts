/**
 * The newer form of captures: blocks, each with its length in front and behind.
 * Source: draft-ietf-opsawg-pcapng.
 */
import { BrokenCapture, type Frame, FRAME_BYTES_MAX } from './frame.ts';

const BLOCK = { section: 0x0a0d0d0a, interface: 1, packet: 2, simple: 3, enhanced: 6 } as const;
const BYTE_ORDER_MAGIC = 0x1a2b3c4d;

/** Type, length, and the length again. */
const BLOCK_BYTES_MIN = 12;

const OPTION = { end: 0, resolution: 9, offset: 14 } as const;

type Interface = {
  readonly linkType: number;
  /** 0 for no limit. */
  readonly snapLength: number;
  readonly ticksPerSecond: number;
  readonly offsetSeconds: number;
};

/** One block: `body` is where its own bytes start and end. */
type Block = {
  readonly view: DataView;
  readonly isLittle: boolean;
  readonly start: number;
  readonly body: { readonly start: number; readonly end: number };
};

export function isPcapng(magic: number): boolean {
  return magic === BLOCK.section;
}

/**
 * Hands over one frame after the other.
 * @throws BrokenCapture where the file breaks off.
 */
export function readPcapng(bytes: Uint8Array, add: (frame: Omit<Frame, 'number'>) => void): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let isLittle = true;
  let interfaces: Interface[] = [];
  for (let at = 0; at < bytes.length;) {
    if (bytes.length - at < BLOCK_BYTES_MIN) {
      throw new BrokenCapture(at, 'the file ends in the header of a block');
    }
    const type = view.getUint32(at, isLittle);
    // This type reads the same in both byte orders.
    if (type === BLOCK.section) {
      isLittle = readByteOrder(view, at);
      interfaces = [];
    }
    const block = readBlock(view, at, isLittle);
    if (type === BLOCK.interface) interfaces.push(readInterface(block));
    else if (type === BLOCK.enhanced || type === BLOCK.packet || type === BLOCK.simple) {
      const frame = readFrame(block, type, interfaces);
      add({ ...frame, bytes: bytes.subarray(frame.start, frame.start + frame.length) });
    }
    at = block.body.end + 4;
  }
}

function readByteOrder(view: DataView, at: number): boolean {
  const magic = view.getUint32(at + 8, true);
  if (magic === BYTE_ORDER_MAGIC) return true;
  if (view.getUint32(at + 8) === BYTE_ORDER_MAGIC) return false;
  throw new BrokenCapture(at + 8, 'a section does not say its byte order');
}

function readBlock(view: DataView, start: number, isLittle: boolean): Block {
  const length = view.getUint32(start + 4, isLittle);
  const left = view.byteLength - start;
  if (length < BLOCK_BYTES_MIN || length % 4 !== 0) {
    throw new BrokenCapture(start + 4, `no block has ${length} bytes`);
  }
  if (length > left) {
    throw new BrokenCapture(start + 4, `a block of ${length} bytes, of which ${left} are there`);
  }
  const end = start + length - 4;
  if (view.getUint32(end, isLittle) !== length) {
    throw new BrokenCapture(end, 'the two lengths of a block differ');
  }
  return { view, isLittle, start, body: { start: start + 8, end } };
}

function readInterface(block: Block): Interface {
  const { view, isLittle, body } = block;
  needBody(block, 8);
  let ticksPerSecond = 1e6;
  let offsetSeconds = 0;
  for (let at = body.start + 8; at + 4 <= body.end;) {
    const code = view.getUint16(at, isLittle);
    const length = view.getUint16(at + 2, isLittle);
    const next = at + 4 + Math.ceil(length / 4) * 4;
    if (code === OPTION.end) break;
    if (next > body.end) throw new BrokenCapture(at, 'an option reaches out of its block');
    if (code === OPTION.resolution && length === 1) {
      ticksPerSecond = ticksOf(view.getUint8(at + 4));
    } else if (code === OPTION.offset && length === 8) {
      offsetSeconds = Number(view.getBigInt64(at + 4, isLittle));
    }
    at = next;
  }
  return {
    linkType: view.getUint16(body.start, isLittle),
    snapLength: view.getUint32(body.start + 4, isLittle),
    ticksPerSecond,
    offsetSeconds,
  };
}

/** A negative power of ten, or of two where the high bit is set. */
function ticksOf(resolution: number): number {
  return (resolution & 0x80) === 0 ? 10 ** resolution : 2 ** (resolution & 0x7f);
}

type Place = {
  readonly timeSeconds: number | undefined;
  readonly linkType: number;
  readonly start: number;
  readonly length: number;
};

/** A packet block: interface, time, both lengths. A simple one has the length on the wire alone. */
function readFrame(block: Block, type: number, interfaces: readonly Interface[]): Place {
  const { view, isLittle, body } = block;
  const isSimple = type === BLOCK.simple;
  const headerBytes = isSimple ? 4 : 20;
  needBody(block, headerBytes);
  const interfaceId = isSimple
    ? 0
    : type === BLOCK.packet
      ? view.getUint16(body.start, isLittle)
      : view.getUint32(body.start, isLittle);
  const from = interfaces[interfaceId];
  if (from === undefined) {
    throw new BrokenCapture(body.start, `no interface ${interfaceId} has been described`);
  }
  const start = body.start + headerBytes;
  const left = body.end - start;
  const length = isSimple
    ? Math.min(view.getUint32(body.start, isLittle), from.snapLength || FRAME_BYTES_MAX, left)
    : view.getUint32(body.start + 12, isLittle);
  if (length > left) {
    throw new BrokenCapture(
      body.start + 12,
      `a frame of ${length} bytes, of which ${left} are in its block`,
    );
  }
  const { linkType } = from;
  if (isSimple) return { timeSeconds: undefined, linkType, start, length };
  const high = view.getUint32(body.start + 4, isLittle);
  const low = view.getUint32(body.start + 8, isLittle);
  const timeSeconds = (high * 2 ** 32 + low) / from.ticksPerSecond + from.offsetSeconds;
  return { timeSeconds, linkType, start, length };
}

function needBody({ body, start }: Block, size: number): void {
  const found = body.end - body.start;
  if (found < size) {
    throw new BrokenCapture(start, `a block needs ${size} bytes inside, it has ${found}`);
  }
}
