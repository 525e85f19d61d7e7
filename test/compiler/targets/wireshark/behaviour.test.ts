/** What the dissector does beside reading fields. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { VectorValue } from '../../../../compiler/ir/model.ts';
import { concatBytes, fromHex } from '../../../../runtime/base/bytes.ts';
import { ipPacket, pcap, type Udp } from '../../capture/build-capture.ts';
import {
  community,
  field,
  list,
  message,
  model,
  struct,
  uint,
} from '../../emit/model-factories.ts';
import { programOf } from '../../check/expect-problems.ts';
import { recorded } from '../../cli/decode/recorded.ts';
import { find } from './compare-packet.ts';
import { packetMaker, sealed } from './made-packets.ts';
import {
  datagram,
  dissectorOf,
  HAS_TSHARK,
  TITLE,
  LINK_TYPE,
  modelOf,
  runTshark,
  tshark,
} from './tshark.ts';

const schemas = await modelOf(
  'schemas/dht.ipv8',
  'schemas/tunnel.ipv8',
  'schemas/introduction.ipv8',
);
const lua = dissectorOf(schemas);
const make = packetMaker(schemas);

/** From one port to another, of two hosts. */
function sent(from: number, to: number, payload: Uint8Array): Udp {
  return { from: ['10.0.0.1', from], to: ['10.0.0.2', to], payload };
}

function answered({ from, payload, to }: Udp, answer: Uint8Array): Udp {
  return { from: to, to: from, payload: answer.length === 0 ? payload : answer };
}

/** What a run says of each packet under these names; undefined where it says nothing. */
function said(datagrams: readonly Udp[], names: readonly string[], options?: readonly string[]) {
  const { errors, packets } = runTshark(lua, datagrams, options);
  expect(errors).not.toContain('Lua');
  return packets.map(({ ipv8 }) =>
    names.map((name) => (ipv8 === undefined ? undefined : find(ipv8, name)?.show)),
  );
}

function bytes(hex: string): VectorValue {
  return { kind: 'bytes', hex };
}

/** A cell of a circuit. */
function cell(isPlain: boolean, content: Uint8Array): Uint8Array {
  const carried = bytes(Buffer.from(content).toString('hex'));
  const header = { circuit_id: 9, plaintext: isPlain, relay_early: false };
  return make('Tunnel.Cell', { ...header, message: carried });
}

/** What a cell carries: without the circuit's id, which the cell has. */
function inCell(name: string, entries: Readonly<Record<string, VectorValue>>): Uint8Array {
  const packet = make(name, { circuit_id: 9, ...entries });
  return concatBytes(packet.subarray(22, 23), packet.subarray(27));
}

const ping = (identifier: number): Uint8Array => make('Dht.PingRequest', { identifier });
const pong = (identifier: number): Uint8Array => make('Dht.PingResponse', { identifier });

describe.skipIf(!HAS_TSHARK)(TITLE, () => {
  const LINKS = ['ipv8.response_in', 'ipv8.request_in', 'ipv8.response_time'];

  test('links a response with the last request of its number between the same two', () => {
    const asked = sent(1, 2, ping(5));
    const others = [answered(asked, pong(6)), sent(2, 1, pong(5)), sent(1, 2, pong(5))];
    const right = answered(asked, pong(5));
    const otherKind = answered(asked, make('Dht.StoreResponse', { identifier: 5 }));
    expect(said([asked, ...others, otherKind, asked, right, right], LINKS)).toEqual([
      [undefined, undefined, undefined],
      ...[...others, otherKind].map(() => [undefined, undefined, undefined]),
      ['7', undefined, undefined],
      [undefined, '6', '0.500000000'],
      [undefined, '6', '1.000000000'],
    ]);
  });

  test('links what cells carry in plain text, and marks all others as encrypted', () => {
    const identifier = 77;
    const create = inCell('Tunnel.Create', {
      identifier,
      node_public_key: bytes('aa'),
      key: bytes('bb'),
    });
    const created = inCell('Tunnel.Created', {
      identifier,
      key: bytes('cc'),
      auth: bytes('dd'.repeat(32)),
      encrypted_candidates: bytes(''),
    });
    const asked = sent(1, 2, cell(true, create));
    const datagrams = [
      asked,
      answered(asked, cell(true, created)),
      sent(1, 2, cell(false, create)),
    ];
    const names = ['ipv8.cell.message', 'ipv8.tunnel.create.identifier', ...LINKS];
    expect(said(datagrams, names)).toEqual([
      ['2', '77', '2', undefined, undefined],
      ['3', undefined, undefined, '1', '0.500000000'],
      [undefined, undefined, undefined, undefined, undefined],
    ]);
    const { packets } = runTshark(lua, datagrams);
    expect(packets[2]?.text).toContain('(encrypted)');
    const broken = [
      sent(1, 2, cell(true, create.subarray(0, 4))),
      sent(1, 2, cell(true, fromHex(''))),
    ];
    expect(said(broken, ['ipv8.cell.message', 'ipv8.malformed'])).toEqual([
      ['2', ''],
      [undefined, undefined],
    ]);
  });

  test('knows packets of its communities, and those with a key, on any port', () => {
    const stranger = (packet: Uint8Array): Uint8Array =>
      concatBytes(packet.subarray(0, 2), new Uint8Array(20).fill(0xee), packet.subarray(22));
    const unsigned = cell(false, fromHex('00'));
    const datagrams = [
      sent(41000, 42000, ping(1)),
      sent(41001, 42001, stranger(ping(1))),
      sent(41002, 42002, stranger(unsigned)),
      // From here on between two that have spoken.
      sent(41001, 42001, stranger(unsigned)),
      sent(41001, 42001, fromHex('01')),
      sent(41003, 42003, fromHex('0002010000010000000000000377777705')),
    ];
    const names = ['ipv8.community.name', 'ipv8.message'];
    const nothing = [undefined, undefined];
    const shown = [['Dht', '1'], [undefined, '1'], nothing, [undefined, '0'], nothing, nothing];
    expect(said(datagrams, names)).toEqual(shown);
    const forced = said(datagrams.slice(2, 3), names, ['-d', 'udp.port==42002,ipv8']);
    expect(forced).toEqual([[undefined, '0']]);
  });

  test('does not call malformed what the capture has cut', () => {
    const frames = [ping(1), cell(false, new Uint8Array(300))].map((one) =>
      ipPacket(datagram(one)),
    );
    for (const snapLength of [28 + 60, 28 + 101, 28 + 130]) {
      const capture = pcap(frames, { linkType: LINK_TYPE, snapLength });
      const { errors, output } = tshark(lua, capture, ['-T', 'pdml', '-J', 'ipv8']);
      expect(`${errors}${output}`).not.toMatch(/Lua Error|_ws.malformed/);
      expect(output.match(/name="ipv8.not_captured"/g)?.length, `${snapLength}`).toBe(2);
    }
  });

  test('reads what has more items than it shows, and ends with what takes no bytes', () => {
    const many = message('Many', [field('all', list(uint(8), 16))], { id: 1, auth: 'unsigned' });
    const inner = list(list(uint(8), 8), 'rest');
    const deep = message('Deep', [field('all', inner)], { id: 2, auth: 'unsigned' });
    const empty = list({ kind: 'struct', structName: 'Empty', isInline: true }, 32);
    const none = message('None', [field('all', empty)], { id: 3, auth: 'unsigned' });
    const one = community('Odd', [many, deep, none]);
    const place = { communityId: 'ab'.repeat(20), version: 2 };
    const text = dissectorOf(model(['odd.ipv8', [struct('Empty', []), one]]));
    const datagrams = [
      sealed(many, place, concatBytes(fromHex('ffdc'), new Uint8Array(0xffdc - 100))),
      sealed(many, place, concatBytes(fromHex('ea60'), new Uint8Array(60_000))),
      sealed(deep, place, new Uint8Array(60_000)),
      sealed(deep, place, new Uint8Array(60_000).fill(1)),
      sealed(none, place, fromHex('ffffffff')),
    ];
    const { errors, packets } = runTshark(text, datagrams.map(datagram));
    expect(errors).not.toContain('Lua');
    const told = packets.map(({ ipv8 }) =>
      ['ipv8.not_shown', 'ipv8.problem.reason'].map((name) => ipv8 && find(ipv8, name)?.show),
    );
    expect(told).toEqual([
      ['', 'too-short'],
      ['', undefined],
      ['', undefined],
      ['', undefined],
      [undefined, 'empty-element'],
    ]);
  });

  test('has the messages of every community for schemas without them', async () => {
    const { model: own } = await programOf({
      'own.ipv8': `
/// The same name as the base has.
enum ConnectionType: u8 { mine = 2 }
/// Own.
community Own = hex"7e313685c1912a141279f8248fc8db5899c5df5a" {
  /// A.
  unsigned message A = 1 { a: ConnectionType }
}
`,
    });
    const base = await modelOf('schemas/introduction.ipv8');
    const request = fromHex(recorded('valid-s0-054'));
    expect(request[22]).toBe(246);
    const { packets } = runTshark(dissectorOf(own, base), [
      datagram(request),
      datagram(concatBytes(request.subarray(0, 22), fromHex('0102'))),
    ]);
    expect(packets[0]?.text).toMatch(
      /name="ipv8.introduction.introduction_request.flags.connection"/,
    );
    expect(packets[0]?.text).toContain('ipv8.community.name" showname="Community name: Own"');
    expect(packets[1]?.text).toContain('showname="a: mine (2)"');
  });

  const PAGE = readFileSync(
    new URL('../../../../compiler/guide/wireshark.md', import.meta.url),
    'utf8',
  );

  test('shows what the page shows', () => {
    const capture = pcap([ipPacket(datagram(fromHex(recorded('valid-s0-012'))))], {
      linkType: LINK_TYPE,
    });
    const { output } = tshark(lua, capture, ['-O', 'ipv8']);
    const [shown] = output.split('\n\n').slice(-2);
    const tree = shown?.slice(shown.indexOf('IPv8, ')).trim() ?? '';
    expect(PAGE).toContain(`\`\`\`\n${tree}\n\`\`\``);
    const { output: line } = tshark(lua, capture, []);
    const info = /`(Dht find-request [^`]+)`/.exec(PAGE)?.[1];
    expect(line.trim().endsWith(info ?? 'nothing')).toBe(true);
  });

  test('takes the filters of the page', () => {
    const rows = [...PAGE.matchAll(/^\| (`.*`) \|/gm)].map(([, first = '']) => first);
    const filters = rows.flatMap((row) => [...row.matchAll(/`([^`]+)`/g)].map(([, one]) => one));
    expect(filters.length).toBeGreaterThan(10);
    const capture = pcap([ipPacket(datagram(ping(5)))], { linkType: LINK_TYPE });
    const all = filters.map((one) => `(${one})`).join(' || ');
    expect(tshark(lua, capture, ['-Y', all]).output).toContain('ping-request');
    expect(() => tshark(lua, capture, ['-Y', `${all} || (ipv8.nothing)`])).toThrow('ipv8.nothing');
  });
});
