/** What `ipv8c decode` was given → datagrams. */
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fromHex } from '../../../runtime/index.ts';
import { datagramOf, type Datagram, type LeftOut } from '../../capture/datagram.ts';
import type { Capture, CaptureProblem } from '../../capture/frame.ts';
import { readCapture } from '../../capture/read-capture.ts';
import { readBytes } from '../node-host.ts';
import { STANDARD_INPUT } from '../load.ts';
import type { Terminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';

/** A datagram, and what a capture says about its way. */
export type Packet = {
  readonly bytes: Uint8Array;
  readonly way: Way | undefined;
};

export type Way = Pick<Datagram, 'from' | 'to'> & {
  /** Of the frame, from 1. */
  readonly number: number;
  readonly timeSeconds: number | undefined;
};

export type Input = {
  readonly packets: readonly Packet[];
  readonly isCapture: boolean;
  /** Frames of a capture that hold no whole datagram, by reason. */
  readonly leftOut: ReadonlyMap<LeftOut, number>;
  readonly problem: CaptureProblem | undefined;
};

/** Captures are read as a whole; what is larger is to be cut with the tool that made it. */
const FILE_BYTES_MAX = 512 * 1024 * 1024;

/** What UDP over IPv4 carries: 65,535 less the headers of both. */
const DATAGRAM_BYTES_MAX = 65_507;

/**
 * Reads hexadecimal text, a file, or standard input.
 * @throws UsageError for what is neither, or holds nothing.
 */
export async function readPackets(given: string, terminal: Terminal): Promise<Input> {
  if (given === STANDARD_INPUT) {
    const bytes = await terminal.input?.();
    if (bytes === undefined) throw new UsageError('there is no standard input');
    return packetsOf(bytes, 'standard input');
  }
  const file = resolve(terminal.cwd, given);
  const found = await stat(file).catch(() => undefined);
  if (found?.isFile() === true) {
    if (found.size > FILE_BYTES_MAX) {
      throw new UsageError(`${given} has ${found.size} bytes; ${FILE_BYTES_MAX} are read at most`);
    }
    return packetsOf(await readBytes(file), given);
  }
  const bytes = parseHex(given);
  if (bytes === undefined || bytes.length === 0) {
    throw new UsageError(`${shorten(given)} is neither a file nor hexadecimal text`);
  }
  return single([bytes], shorten(given));
}

/** A capture, hexadecimal text with an empty line between packets, or the bytes of one packet. */
function packetsOf(bytes: Uint8Array, shown: string): Input {
  if (bytes.length === 0) throw new UsageError(`${shown} is empty`);
  const capture = readCapture(bytes);
  if (capture !== undefined) return datagramsOf(capture);
  return single(parseHexLines(bytes) ?? [bytes], shown);
}

function single(packets: readonly Uint8Array[], shown: string): Input {
  const large = packets.find(({ length }) => length > DATAGRAM_BYTES_MAX);
  if (large !== undefined) {
    throw new UsageError(
      `${shown} is no pcap or pcapng capture, and no packet: ${large.length} bytes, ` +
        `where a datagram has ${DATAGRAM_BYTES_MAX} at most`,
    );
  }
  return {
    packets: packets.map((bytes) => ({ bytes, way: undefined })),
    isCapture: false,
    leftOut: new Map(),
    problem: undefined,
  };
}

function datagramsOf({ frames, problem }: Capture): Input {
  const packets: Packet[] = [];
  const leftOut = new Map<LeftOut, number>();
  for (const frame of frames) {
    const datagram = datagramOf(frame);
    if (typeof datagram === 'string') {
      leftOut.set(datagram, (leftOut.get(datagram) ?? 0) + 1);
      continue;
    }
    const { from, payload, to } = datagram;
    const { number, timeSeconds } = frame;
    packets.push({ bytes: payload, way: { from, to, number, timeSeconds } });
  }
  return { packets, isCapture: true, leftOut, problem };
}

/** A packet of bytes below 80 would do as text too, but begins with 00, which text does not. */
function parseHexLines(bytes: Uint8Array): readonly Uint8Array[] | undefined {
  if (bytes.some((byte) => byte > 0x7f || byte === 0)) return undefined;
  const text = new TextDecoder().decode(bytes);
  const packets: Uint8Array[] = [];
  for (const block of text.split(/\r?\n[ \t]*\r?\n/)) {
    if (block.trim() === '') continue;
    const packet = parseHex(block);
    if (packet === undefined) return undefined;
    packets.push(packet);
  }
  return packets.length === 0 ? undefined : packets;
}

/** Digits in pairs, with white space or colons between them, maybe behind `0x`. */
function parseHex(text: string): Uint8Array | undefined {
  const digits = text.trim().replace(/^0x/i, '').replace(/[\s:]/g, '');
  return /^(?:[0-9a-fA-F]{2})*$/.test(digits) ? fromHex(digits) : undefined;
}

function shorten(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 60)}…`;
}
