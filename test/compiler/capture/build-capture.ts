/** Captures made in memory, of frames made in memory. */

export type Udp = {
  readonly from: readonly [address: string, port: number];
  readonly to: readonly [address: string, port: number];
  readonly payload: Uint8Array;
};

/** Dotted quads, and IPv6 addresses of eight written groups. */
function addressBytes(text: string): Buffer {
  if (text.includes('.')) return Buffer.from(text.split('.').map(Number));
  const groups = text.split(':').map((group) => group.padStart(4, '0'));
  return Buffer.from(groups.join(''), 'hex');
}

function udp({ from, payload, to }: Udp): Buffer {
  const header = Buffer.alloc(8);
  header.writeUInt16BE(from[1], 0);
  header.writeUInt16BE(to[1], 2);
  header.writeUInt16BE(8 + payload.length, 4);
  return Buffer.concat([header, payload]);
}

/** The IP packet; `change` may break its header. */
export function ipPacket(
  datagram: Udp,
  change: (packet: Buffer) => void = () => undefined,
): Buffer {
  const content = udp(datagram);
  const source = addressBytes(datagram.from[0]);
  const target = addressBytes(datagram.to[0]);
  const isIpv4 = source.length === 4;
  const header = Buffer.alloc(isIpv4 ? 20 : 40);
  header[0] = isIpv4 ? 0x45 : 0x60;
  header[isIpv4 ? 9 : 6] = 17;
  if (isIpv4) header.writeUInt16BE(20 + content.length, 2);
  else header.writeUInt16BE(content.length, 4);
  source.copy(header, isIpv4 ? 12 : 8);
  target.copy(header, isIpv4 ? 16 : 24);
  const packet = Buffer.concat([header, content]);
  change(packet);
  return packet;
}

/** Ethernet with these tags in front of the type. */
export function ethernet(packet: Buffer, tags: readonly number[] = []): Buffer {
  const type = (packet[0] ?? 0) >> 4 === 4 ? 0x0800 : 0x86dd;
  const words = [...tags.flatMap((tag) => [tag, 7]), type];
  const types = Buffer.alloc(words.length * 2);
  for (const [at, word] of words.entries()) types.writeUInt16BE(word, at * 2);
  return Buffer.concat([Buffer.alloc(12, 0xee), types, packet]);
}

export type CaptureForm = {
  readonly linkType: number;
  readonly isLittle?: boolean;
  readonly isNano?: boolean;
  /** The most bytes of a frame that are kept, of pcap. */
  readonly snapLength?: number;
};

/** Time of the first frame; each later one is half a second behind the one before. */
export const TIME_SECONDS = 1_700_000_000;

function writer(isLittle: boolean) {
  return {
    u16: (value: number) => {
      const bytes = Buffer.alloc(2);
      if (isLittle) bytes.writeUInt16LE(value);
      else bytes.writeUInt16BE(value);
      return bytes;
    },
    u32: (value: number) => {
      const bytes = Buffer.alloc(4);
      if (isLittle) bytes.writeUInt32LE(value);
      else bytes.writeUInt32BE(value);
      return bytes;
    },
  };
}

export function pcap(frames: readonly Uint8Array[], form: CaptureForm): Buffer {
  const { isLittle = true, isNano = false, linkType, snapLength = 65535 } = form;
  const { u16, u32 } = writer(isLittle);
  const records = frames.flatMap((frame, at) => {
    const part = ((at % 2) * (isNano ? 1e9 : 1e6)) / 2;
    const seconds = TIME_SECONDS + Math.floor(at / 2);
    const kept = frame.subarray(0, snapLength);
    return [u32(seconds), u32(part), u32(kept.length), u32(frame.length), kept];
  });
  const magic = u32(isNano ? 0xa1b23c4d : 0xa1b2c3d4);
  const header = [magic, u16(2), u16(4), u32(0), u32(0), u32(snapLength), u32(linkType)];
  return Buffer.concat([...header, ...records]);
}

/** A block of pcapng. */
export function block(type: number, body: Uint8Array, isLittle = true): Buffer {
  const { u32 } = writer(isLittle);
  const padding = Buffer.alloc((4 - (body.length % 4)) % 4);
  const length = u32(12 + body.length + padding.length);
  return Buffer.concat([u32(type), length, body, padding, length]);
}

export type PacketBlock = 'enhanced' | 'simple' | 'packet';

/** Section (28 bytes), interface (32 bytes), a block of a kind nobody knows (16 bytes), packets. */
export function pcapng(
  frames: readonly Uint8Array[],
  form: CaptureForm & { readonly as?: PacketBlock },
): Buffer {
  const { as = 'enhanced', isLittle = true, isNano = false, linkType } = form;
  const { u16, u32 } = writer(isLittle);
  const unknownLength = Buffer.alloc(8, 0xff);
  const section = Buffer.concat([u32(0x1a2b3c4d), u16(1), u16(0), unknownLength]);
  const resolution = Buffer.concat([u16(9), u16(1), Buffer.of(isNano ? 9 : 6, 0, 0, 0), u32(0)]);
  const face = Buffer.concat([u16(linkType), u16(0), u32(0), resolution]);
  const blocks = frames.map((frame, at) => {
    const length = u32(frame.length);
    if (as === 'simple') return block(3, Buffer.concat([length, frame]), isLittle);
    const ticks = BigInt((TIME_SECONDS + at / 2) * 10) * (isNano ? 10n ** 8n : 10n ** 5n);
    const time = [u32(Number(ticks >> 32n)), u32(Number(ticks & 0xffffffffn))];
    const id = as === 'enhanced' ? u32(0) : Buffer.concat([u16(0), u16(0)]);
    const body = Buffer.concat([id, ...time, length, length, frame]);
    return block(as === 'enhanced' ? 6 : 2, body, isLittle);
  });
  return Buffer.concat([
    block(0x0a0d0d0a, section, isLittle),
    block(1, face, isLittle),
    block(0x0bad, Buffer.of(1, 2, 3), isLittle),
    ...blocks,
  ]);
}
