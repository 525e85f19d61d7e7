/** A frame → the UDP datagram in it. */
import type { Frame } from './frame.ts';
import { type IpPacket, readIp } from './ip.ts';
import { readLink } from './link.ts';

/** Why a frame gives no datagram. */
export type LeftOut =
  | 'unknown-link' // a link type that is not read here
  | 'not-udp' // something else than UDP over IP
  | 'fragment' // a piece of a datagram
  | 'cut-short' // the capture kept only its beginning
  | 'malformed'; // headers that contradict themselves

export type Datagram = {
  readonly from: { readonly host: string; readonly port: number };
  readonly to: { readonly host: string; readonly port: number };
  readonly payload: Uint8Array;
};

const UDP = 17;
const UDP_HEADER_BYTES = 8;

/** The datagram of a frame, or why there is none. */
export function datagramOf({ bytes, linkType }: Frame): Datagram | LeftOut {
  const link = readLink(bytes, linkType);
  if (typeof link === 'string') return link;
  const packet = readIp(link);
  if (typeof packet === 'string') return packet;
  return packet.protocol === UDP ? readUdp(packet) : 'not-udp';
}

function readUdp({ content, isWhole, source, target }: IpPacket): Datagram | LeftOut {
  if (content.length < UDP_HEADER_BYTES) return isWhole ? 'malformed' : 'cut-short';
  const view = new DataView(content.buffer, content.byteOffset, content.length);
  const length = view.getUint16(4);
  if (length < UDP_HEADER_BYTES) return 'malformed';
  if (length > content.length) return isWhole ? 'malformed' : 'cut-short';
  return {
    from: { host: source, port: view.getUint16(0) },
    to: { host: target, port: view.getUint16(2) },
    payload: content.subarray(UDP_HEADER_BYTES, length),
  };
}
