/** Captures of network traffic, which `ipv8c decode` reads: frames, links, IP and UDP. */
import { datagramOf, type LeftOut } from '../../../compiler/capture/datagram.ts';
import { FRAME_BYTES_MAX } from '../../../compiler/capture/frame.ts';
import { readCapture } from '../../../compiler/capture/read-capture.ts';
import { parseAddress } from '../../../runtime/address/text.ts';
import {
  ethernet,
  ipPacket,
  pcap,
  pcapng,
  type Udp,
} from '../../compiler/capture/build-capture.ts';
import { mutate, type Sample } from '../../../compiler/values/mutate.ts';
import { claim, type Family } from '../target.ts';

export const captures: Family = {
  name: 'captures',
  share: 3_000,
  targets() {
    const samples = createSamples();
    return Promise.resolve([
      {
        name: 'captures/file',
        form: 'bytes',
        generate: (chance) => mutate({ samples }, chance),
        check: checkCapture,
      },
    ]);
  },
};

const LEFT_OUT: { readonly [Reason in LeftOut]: true } = {
  'unknown-link': true,
  'not-udp': true,
  fragment: true,
  'cut-short': true,
  malformed: true,
};

const ETHERNET = 1;
const RAW_IP = 101;

function createSamples(): readonly Sample[] {
  const payload = Uint8Array.of(0, 2, 4, 8);
  const overIpv4: Udp = { from: ['10.0.0.1', 8090], to: ['10.0.0.2', 8091], payload };
  const overIpv6: Udp = {
    from: ['fe80:0:0:0:0:0:0:1', 8090],
    to: ['fe80:0:0:0:0:0:0:2', 8091],
    payload,
  };
  const packets = [overIpv4, overIpv6].map((udp) => ipPacket(udp));
  const framed = packets.map((packet) => ethernet(packet, [0x8100]));
  const files = [true, false].flatMap((isLittle) => [
    pcap(framed, { linkType: ETHERNET, isLittle }),
    pcap(packets, { linkType: RAW_IP, isLittle, isNano: true }),
    ...(['enhanced', 'simple', 'packet'] as const).map((as) =>
      pcapng(framed, { linkType: ETHERNET, isLittle, as }),
    ),
  ]);
  return files.map((file) => ({
    bytes: new Uint8Array(file),
    // Both formats are made of words of four bytes, until the first frame.
    spans: Array.from({ length: Math.floor(file.length / 4) }, (_, at) => ({
      offset: 4 * at,
      length: 4,
      lead: 4,
    })),
  }));
}

function checkCapture(input: Uint8Array): void {
  const capture = readCapture(input);
  if (capture === undefined) return;
  const { frames, problem } = capture;
  claim(
    frames.length <= input.length / 8,
    () => `${frames.length} frames in ${input.length} bytes`,
  );
  for (const [at, frame] of frames.entries()) {
    claim(frame.number === at + 1, () => `frame ${at + 1} has number ${frame.number}`);
    const isView = frame.bytes.buffer === input.buffer && frame.bytes.length <= FRAME_BYTES_MAX;
    claim(isView, () => `frame ${frame.number} is no part of the file`);
    const datagram = datagramOf(frame);
    if (typeof datagram === 'string') {
      claim(Object.hasOwn(LEFT_OUT, datagram), () => `the reason ${datagram} is not declared`);
      continue;
    }
    const { from, payload, to } = datagram;
    claim(payload.length <= frame.bytes.length - 28, () => 'a datagram is larger than its frame');
    for (const { host } of [from, to]) {
      const kind = parseAddress(host.includes(':') ? `[${host}]:1` : `${host}:1`)?.kind;
      claim(kind === 'ipv4' || kind === 'ipv6', () => `${host} is no address`);
    }
  }
  if (problem === undefined) return;
  const isInside = problem.offset >= 0 && problem.offset <= input.length;
  claim(
    isInside && problem.detail !== '',
    () => `a problem at ${problem.offset}: ${problem.detail}`,
  );
}
