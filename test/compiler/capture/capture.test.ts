import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { datagramOf } from '../../../compiler/capture/datagram.ts';
import { readCapture } from '../../../compiler/capture/read-capture.ts';
import {
  block,
  ethernet,
  ipPacket,
  pcap,
  pcapng,
  TIME_SECONDS,
  type Udp,
} from './build-capture.ts';

const FOUR: Udp = {
  from: ['10.0.0.1', 8090],
  to: ['10.0.0.2', 8091],
  payload: Buffer.from('0002aa', 'hex'),
};
const SIX: Udp = {
  from: ['2001:db8:0:0:0:0:0:1', 1],
  to: ['0:0:0:0:0:0:0:1', 65535],
  payload: Buffer.from('00', 'hex'),
};
const FOUR_READ = {
  from: { host: '10.0.0.1', port: 8090 },
  to: { host: '10.0.0.2', port: 8091 },
  payload: FOUR.payload,
};
const SIX_READ = {
  from: { host: '2001:db8::1', port: 1 },
  to: { host: '::1', port: 65535 },
  payload: SIX.payload,
};

function read(file: Uint8Array) {
  const capture = readCapture(file);
  return {
    problem: capture?.problem,
    times: capture?.frames.map((frame) => frame.timeSeconds),
    datagrams: capture?.frames.map(datagramOf),
  };
}

describe.each([true, false])('little-endian: %s', (isLittle) => {
  const frames = [ethernet(ipPacket(FOUR)), ethernet(ipPacket(SIX))];
  const expected = {
    problem: undefined,
    times: [TIME_SECONDS, TIME_SECONDS + 0.5],
    datagrams: [FOUR_READ, SIX_READ],
  };

  test.each([true, false])('pcap, nanoseconds: %s', (isNano) => {
    expect(read(pcap(frames, { linkType: 1, isLittle, isNano }))).toEqual(expected);
  });

  test.each([true, false])('pcapng, nanoseconds: %s', (isNano) => {
    const form = { linkType: 1, isLittle, isNano };
    expect(read(pcapng(frames, { ...form, as: 'enhanced' }))).toEqual(expected);
    expect(read(pcapng(frames, { ...form, as: 'packet' }))).toEqual(expected);
    const times = [undefined, undefined];
    expect(read(pcapng(frames, { ...form, as: 'simple' }))).toEqual({ ...expected, times });
  });
});

test('sections of a pcapng file have byte orders and interfaces of their own', () => {
  const one = pcapng([ethernet(ipPacket(FOUR))], { linkType: 1, isLittle: true });
  const other = pcapng([ipPacket(SIX)], { linkType: 101, isLittle: false });
  expect(read(Buffer.concat([one, other])).datagrams).toEqual([FOUR_READ, SIX_READ]);
});

const four = ipPacket(FOUR);
const six = ipPacket(SIX);

test.each<readonly [string, number, Buffer]>([
  ['loopback, host order', 0, Buffer.concat([Buffer.of(2, 0, 0, 0), four])],
  ['loopback of BSD', 108, Buffer.concat([Buffer.of(0, 0, 0, 2), four])],
  ['Ethernet', 1, ethernet(four)],
  ['Ethernet with padding', 1, Buffer.concat([ethernet(four), Buffer.alloc(20)])],
  ['Ethernet with a VLAN', 1, ethernet(four, [0x8100])],
  ['Ethernet with two VLANs', 1, ethernet(four, [0x88a8, 0x8100])],
  ['raw', 101, four],
  ['raw of a BSD', 12, four],
  ['raw of OpenBSD', 14, four],
  ['IPv4 alone', 228, four],
  ['Linux cooked', 113, Buffer.concat([Buffer.alloc(14), Buffer.of(8, 0), four])],
  ['Linux cooked, version 2', 276, Buffer.concat([Buffer.of(8, 0), Buffer.alloc(18), four])],
])('link: %s', (_, linkType, frame) => {
  expect(read(pcap([frame], { linkType })).datagrams).toEqual([FOUR_READ]);
});

/** The IPv6 packet with a header of kind `next` in front of UDP. */
function extended(next: number, header: Buffer): Buffer {
  const content = Buffer.concat([header, six.subarray(40)]);
  const packet = Buffer.concat([six.subarray(0, 40), content]);
  packet[6] = next;
  packet.writeUInt16BE(content.length, 4);
  return packet;
}

test('IPv6 with extension headers', () => {
  const options = Buffer.of(17, 0, 0, 0, 0, 0, 0, 0);
  const packets = [
    extended(0, options),
    extended(43, options),
    extended(44, Buffer.of(17, 0, 0, 0, 1, 2, 3, 4)),
    extended(51, Buffer.of(17, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)),
    extended(0, Buffer.concat([Buffer.of(60, 0, 0, 0, 0, 0, 0, 0), options])),
  ];
  expect(read(pcap(packets, { linkType: 229 })).datagrams).toEqual(packets.map(() => SIX_READ));
});

test.each<readonly [string, number, Buffer, string]>([
  ['a link nobody knows', 147, four, 'unknown-link'],
  ['ARP', 1, Buffer.concat([Buffer.alloc(12), Buffer.of(8, 6), Buffer.alloc(28)]), 'not-udp'],
  ['TCP', 101, ipPacket(FOUR, (packet) => void (packet[9] = 6)), 'not-udp'],
  ['IP of no version', 101, Buffer.alloc(20), 'not-udp'],
  ['the first of several pieces', 101, ipPacket(FOUR, (one) => void (one[6] = 0x20)), 'fragment'],
  ['a later piece', 101, ipPacket(FOUR, (one) => void (one[7] = 1)), 'fragment'],
  ['a piece of IPv6', 101, extended(44, Buffer.of(17, 0, 0, 1, 1, 2, 3, 4)), 'fragment'],
  ['half a datagram', 101, four.subarray(0, 29), 'cut-short'],
  ['half a UDP header', 101, four.subarray(0, 24), 'cut-short'],
  ['half an IPv4 header', 101, four.subarray(0, 10), 'cut-short'],
  ['half an IPv6 header', 101, six.subarray(0, 10), 'cut-short'],
  ['half an extension', 101, extended(0, Buffer.alloc(8)).subarray(0, 44), 'cut-short'],
  ['a header of four bytes', 101, ipPacket(FOUR, (one) => void (one[0] = 0x41)), 'malformed'],
  ['a length within the header', 101, ipPacket(FOUR, (one) => void (one[3] = 5)), 'malformed'],
  ['a UDP length too long', 101, ipPacket(FOUR, (one) => void (one[25] = 200)), 'malformed'],
  ['a UDP length too short', 101, ipPacket(FOUR, (one) => void (one[25] = 7)), 'malformed'],
  ['extensions without end', 101, extended(0, Buffer.alloc(80)), 'malformed'],
  [
    'an extension out of its packet',
    101,
    extended(0, Buffer.of(17, 9, 0, 0, 0, 0, 0, 0)),
    'malformed',
  ],
  ['an empty frame', 101, Buffer.alloc(0), 'malformed'],
  ['an Ethernet header cut short', 1, Buffer.alloc(13), 'malformed'],
  ['VLANs without end', 1, ethernet(four, Array<number>(9).fill(0x8100)), 'malformed'],
])('%s is left out', (_, linkType, frame, reason) => {
  expect(read(pcap([frame, frame], { linkType })).datagrams).toEqual([reason, reason]);
});

const whole = pcap([four, four], { linkType: 101 });
const wholeNg = pcapng([four, four], { linkType: 101 });

function put(file: Buffer, value: number, at: number): Buffer {
  const copy = Buffer.from(file);
  copy.writeUInt32LE(value, at);
  return copy;
}

const head = wholeNg.subarray(0, 60);

// Frames of 31 bytes: records of 47 bytes behind a header of 24, blocks of 64 bytes behind 76.
test.each<readonly [string, Buffer, { readonly offset: number; readonly frames: number }]>([
  ['a magic alone', whole.subarray(0, 4), { offset: 0, frames: 0 }],
  ['a header cut short', whole.subarray(0, 20), { offset: 0, frames: 0 }],
  ['another version', put(whole, 3, 4), { offset: 4, frames: 0 }],
  ['a frame header cut short', whole.subarray(0, 75), { offset: 71, frames: 1 }],
  ['a frame cut short', whole.subarray(0, -1), { offset: 79, frames: 1 }],
  ['a frame of a gibibyte', put(whole, 2 ** 30, 32), { offset: 32, frames: 0 }],
  ['a block header cut short', wholeNg.subarray(0, 30), { offset: 28, frames: 0 }],
  ['a block cut short', wholeNg.subarray(0, -1), { offset: 144, frames: 1 }],
  ['a block of a gibibyte', put(wholeNg, 2 ** 30, 32), { offset: 32, frames: 0 }],
  ['a block of no length', put(wholeNg, 0, 32), { offset: 32, frames: 0 }],
  ['a block of odd length', put(wholeNg, 13, 32), { offset: 32, frames: 0 }],
  ['two lengths that differ', put(wholeNg, 36, 56), { offset: 56, frames: 0 }],
  ['no byte order', put(wholeNg, 5, 8), { offset: 8, frames: 0 }],
  [
    'no interface',
    Buffer.concat([head.subarray(0, 28), wholeNg.subarray(60)]),
    { offset: 52, frames: 0 },
  ],
  [
    'an interface without its type',
    Buffer.concat([head.subarray(0, 28), block(1, Buffer.alloc(4))]),
    { offset: 28, frames: 0 },
  ],
  ['an option out of its block', put(wholeNg, 0x00ff0009, 44), { offset: 44, frames: 0 }],
  [
    'a packet without its header',
    Buffer.concat([head, block(6, Buffer.alloc(8))]),
    { offset: 60, frames: 0 },
  ],
  ['a frame larger than its block', put(wholeNg, 2 ** 30, 96), { offset: 96, frames: 0 }],
])('%s ends the capture there', (_, file, { frames, offset }) => {
  const capture = readCapture(file);
  expect(capture?.problem).toMatchObject({ offset });
  expect(capture?.frames).toHaveLength(frames);
});

test.each([
  ['nothing', Buffer.alloc(0)],
  ['three bytes', Buffer.of(0xa1, 0xb2, 0xc3)],
  ['another magic', Buffer.alloc(100, 7)],
])('%s is no capture', (_, file) => {
  expect(readCapture(file)).toBeUndefined();
});

test('any damage to a capture gives a result', () => {
  const sources = [
    pcap([ethernet(four), ethernet(six)], { linkType: 1, isLittle: false }),
    pcapng([ethernet(four), ethernet(six)], { linkType: 1 }),
  ];
  const changes = fc.array(fc.tuple(fc.nat({ max: 999 }), fc.nat({ max: 255 })), { maxLength: 6 });
  fc.assert(
    fc.property(fc.constantFrom(...sources), changes, fc.nat({ max: 999 }), (file, some, cut) => {
      const damaged = Buffer.from(file.subarray(0, file.length - (cut % file.length)));
      for (const [at, byte] of some) if (at >= 4) damaged[at % damaged.length] = byte;
      for (const frame of readCapture(damaged)?.frames ?? []) {
        const datagram = datagramOf(frame);
        const size = typeof datagram === 'string' ? -1 : datagram.payload.length;
        expect(size).toBeLessThan(frame.bytes.length);
      }
    }),
    { numRuns: 1000 },
  );
});
