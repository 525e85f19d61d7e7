/** The header of IP, both versions (RFC 791, RFC 8200). */
import { printIpv4, printIpv6 } from '../../runtime/address/ip.ts';

export type IpPacket = {
  readonly source: string;
  readonly target: string;
  /** What follows the headers. */
  readonly protocol: number;
  readonly content: Uint8Array;
  /** False when the capture ends before the packet does. */
  readonly isWhole: boolean;
};

type NoPacket = 'not-udp' | 'fragment' | 'cut-short' | 'malformed';

/** The packet that starts the bytes, or why there is none. */
export function readIp(bytes: Uint8Array): IpPacket | NoPacket {
  const version = (bytes[0] ?? 0) >> 4;
  if (version === 4) return readIpv4(bytes);
  if (version === 6) return readIpv6(bytes);
  return bytes.length === 0 ? 'malformed' : 'not-udp';
}

function readIpv4(bytes: Uint8Array): IpPacket | NoPacket {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const headerBytes = (view.getUint8(0) & 0x0f) * 4;
  if (headerBytes < 20) return 'malformed';
  if (bytes.length < headerBytes) return 'cut-short';
  // A card that cuts packets itself leaves the length to it.
  const length = view.getUint16(2) || bytes.length;
  if (length < headerBytes) return 'malformed';
  const flagsAndOffset = view.getUint16(6);
  if ((flagsAndOffset & 0x3fff) !== 0) return 'fragment';
  return {
    source: printIpv4(bytes, 12),
    target: printIpv4(bytes, 16),
    protocol: view.getUint8(9),
    content: bytes.subarray(headerBytes, length),
    isWhole: bytes.length >= length,
  };
}

const IPV6_HEADER_BYTES = 40;
const HEADER = { hopByHop: 0, routing: 43, fragment: 44, authentication: 51, options: 60 } as const;

/** Each kind is in a packet once or twice (RFC 8200 §4.1). */
const EXTENSIONS_MAX = 8;

function readIpv6(bytes: Uint8Array): IpPacket | NoPacket {
  if (bytes.length < IPV6_HEADER_BYTES) return 'cut-short';
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const length = IPV6_HEADER_BYTES + (view.getUint16(4) || bytes.length - IPV6_HEADER_BYTES);
  const end = Math.min(length, bytes.length);
  const isWhole = bytes.length >= length;
  let protocol = view.getUint8(6);
  let at = IPV6_HEADER_BYTES;
  for (let headers = 0; isExtension(protocol); headers++) {
    if (headers === EXTENSIONS_MAX) return 'malformed';
    if (at + 8 > end) return isWhole ? 'malformed' : 'cut-short';
    // The last three bits but one are reserved; the lowest says that more follow.
    if (protocol === HEADER.fragment && (view.getUint16(at + 2) & 0xfff9) !== 0) return 'fragment';
    const size = extensionBytes(protocol, view.getUint8(at + 1));
    protocol = view.getUint8(at);
    at += size;
  }
  if (at > end) return isWhole ? 'malformed' : 'cut-short';
  return {
    source: printIpv6(bytes, 8),
    target: printIpv6(bytes, 24),
    protocol,
    content: bytes.subarray(at, end),
    isWhole,
  };
}

function isExtension(protocol: number): boolean {
  return Object.values<number>(HEADER).includes(protocol);
}

function extensionBytes(protocol: number, length: number): number {
  if (protocol === HEADER.fragment) return 8;
  return protocol === HEADER.authentication ? (length + 2) * 4 : (length + 1) * 8;
}
