import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { run } from '../../../../compiler/cli/run.ts';
import type { Terminal } from '../../../../compiler/cli/terminal.ts';
import { ethernet, ipPacket, pcap, pcapng } from '../../capture/build-capture.ts';
import { ROOT } from '../../emit/temporary-modules.ts';
import { type Outcome } from '../workspace.ts';
import { recorded } from './recorded.ts';

const directory = mkdtempSync(join(tmpdir(), 'ipv8c-decode-'));
afterAll(() => rmSync(directory, { recursive: true }));

async function decode(args: readonly string[], terminal: Partial<Terminal> = {}): Promise<Outcome> {
  const said = { out: '', err: '' };
  const code = await run(['decode', ...args], {
    out: (text) => void (said.out += text),
    err: (text) => void (said.err += text),
    cwd: ROOT,
    env: {},
    isTTY: false,
    columns: 100,
    ...terminal,
  });
  return { code, ...said };
}

function written(name: string, content: Uint8Array | string): string {
  const path = join(directory, name);
  writeFileSync(path, content);
  return path;
}

/** The schemas of the tests, where the recorded packets' dynamic community is. */
const TESTS = { cwd: join(ROOT, 'test') };

/** Reads a recorded packet. */
function decodeRecorded(
  id: string,
  args: readonly string[] = [],
  terminal: Partial<Terminal> = {},
) {
  return decode([recorded(id), '--community', 'Vec', ...args], { ...TESTS, ...terminal });
}

test.each<readonly [string, string, number, Partial<Terminal>]>([
  ['find-response', 'valid-s0-016', 0, {}],
  ['introduction-request', 'valid-s0-137', 0, TESTS],
  ['unsigned', 'valid-s0-079', 0, {}],
  ['legacy-key', 'valid-s0-002', 0, {}],
  ['every-type', 'valid-s0-115', 0, TESTS],
  ['timed', 'valid-s0-118', 0, TESTS],
  ['narrow', 'valid-s0-115', 0, { ...TESTS, columns: 44 }],
  ['wide', 'valid-s0-115', 0, { ...TESTS, columns: 140 }],
  ['another-version', 'hostile-s0-001', 1, TESTS],
  ['another-first-byte', 'hostile-s0-002', 1, TESTS],
  ['unknown-community', 'hostile-s0-003', 1, {}],
  ['prefix-cut', 'hostile-s0-006', 1, TESTS],
  ['no-message-id', 'hostile-s0-005', 1, TESTS],
  ['signature-invalid', 'hostile-s0-008', 1, TESTS],
  ['signature-missing', 'hostile-s0-011', 1, TESTS],
  ['bytes-left', 'hostile-s0-023', 1, TESTS],
  ['length-too-large', 'hostile-s0-029', 1, TESTS],
  ['nested-length', 'hostile-s0-036', 1, TESTS],
  ['not-utf-8', 'hostile-s0-038', 1, TESTS],
  ['key-too-long', 'hostile-s0-044', 1, TESTS],
  ['key-is-garbage', 'hostile-s0-045', 1, TESTS],
])('%s', async (name, id, code, terminal) => {
  const outcome = await (terminal.cwd === undefined
    ? decode([recorded(id)], terminal)
    : decodeRecorded(id, [], terminal));
  const width = terminal.columns ?? 100;
  const dumped = outcome.out.split('\n').filter((line) => !line.startsWith('error: '));
  expect(dumped.filter((line) => line.length > width)).toEqual([]);
  expect(outcome).toMatchObject({ code, err: '' });
  await expect(outcome.out).toMatchFileSnapshot(`goldens/${name}.txt`);
});

test('an id that no message has is shown with the ids there are', async () => {
  const prefix = recorded('valid-s0-000').slice(0, 44);
  const { code, out } = await decode([`${prefix}c8ffff`]);
  expect(code).toBe(1);
  await expect(out).toMatchFileSnapshot('goldens/unknown-message.txt');
});

test('a community is known in another version', async () => {
  const { code, out } = await decode([`0001${recorded('valid-s0-000').slice(4)}`]);
  expect(code).toBe(1);
  expect(out).toContain(
    'error: this is version 1 of Dht, DhtDiscovery, which the schemas have as version 2\n',
  );
});

test('--json says the same to programs', async () => {
  const { code, out } = await decodeRecorded('hostile-s0-036', ['--json']);
  expect(code).toBe(1);
  const parsed: unknown = JSON.parse(out);
  await expect(`${JSON.stringify(parsed, null, 1)}\n`).toMatchFileSnapshot('goldens/json.txt');
  expect(out.split('\n')).toHaveLength(2);
});

test('--compat accepts what py-ipv8 accepts', async () => {
  for (const id of ['hostile-s0-029', 'hostile-s0-036', 'hostile-s0-047']) {
    expect(await decodeRecorded(id)).toMatchObject({ code: 1 });
    expect(await decodeRecorded(id, ['--compat'])).toMatchObject({ code: 0, err: '' });
  }
  const { out } = await decodeRecorded('hostile-s0-037', ['--compat']);
  expect(out).toContain('surplus');
});

test('--all shows every byte and element', async () => {
  const some = await decode([recorded('valid-s0-016')]);
  const all = await decode([recorded('valid-s0-016'), '--all']);
  expect(some.out).toMatch(/… \d+ more/);
  expect(all.out).not.toContain('…');
  const shown = all.out.match(/^ +\d+ {2}((?:[0-9a-f]{2} ?)+)/gm)?.join('') ?? '';
  expect(shown.match(/\b[0-9a-f]{2}\b(?= |$)/g)?.length).toBeGreaterThanOrEqual(316);
});

test('--as reads a bare message, struct or union', async () => {
  const clock = await decode(['--as', 'Clock', '0000 002a']);
  expect(clock).toEqual({
    code: 0,
    out: `Clock  4 bytes
offset  bytes                    field  value
     0  00 00 00 2a              clock  42

`,
    err: '',
  });
  expect(await decode(['--as', 'Lamport.Clock', '0x00:00:00:2a'])).toEqual(clock);
  const short = await decode(['--as', 'Clock', '0000']);
  expect(short.code).toBe(1);
  expect(short.out).toContain('error: Clock.clock at offset 0: needs 4 bytes, 2 are left');
});

test.each<readonly [string, readonly string[], string]>([
  [
    'a near name',
    ['--as', 'Clok', '00'],
    'no message, struct or union is called Clok; the nearest is Clock',
  ],
  ['an unknown community', ['--community', 'Vek', '00'], 'no community is called Vek'],
  ['neither a file nor hexadecimal', ['nowhere.pcap'], 'nowhere.pcap is neither a file nor'],
  ['an odd number of digits', ['000'], '000 is neither a file nor hexadecimal text'],
  ['nothing', [''], ' is neither a file nor hexadecimal text'],
])('%s is refused', async (_, args, message) => {
  const outcome = await decode(args);
  expect(outcome).toMatchObject({ code: 2, out: '' });
  expect(outcome.err).toContain(message);
});

const PACKET = Buffer.from(recorded('valid-s0-000'), 'hex');

test('a file holds the bytes of a packet, or hexadecimal text of several', async () => {
  const direct = await decode([PACKET.toString('hex')]);
  expect(await decode([written('packet.bin', PACKET)])).toEqual(direct);
  expect(await decode(['-'], { input: async () => PACKET })).toEqual(direct);
  const wrapped = PACKET.toString('hex').replace(/.{60}/g, '$&\n');
  expect(await decode([written('packet.hex', `${wrapped}\n`)])).toEqual(direct);
  const two = await decode([written('two.hex', `${wrapped}\n\n${wrapped}\n`)]);
  expect(two.out).toBe(direct.out + direct.out);
});

test('text that is not hexadecimal is the bytes of a packet, and none of IPv8', async () => {
  const outcome = await decode([written('words.txt', 'no packet')]);
  expect(outcome.code).toBe(1);
  expect(outcome.out).toContain('a packet of IPv8 begins with 00, this one with 6e');
});

test('an empty file and no standard input are refused', async () => {
  expect(await decode([written('empty.bin', '')])).toMatchObject({ code: 2, out: '' });
  expect(await decode(['-'], { input: async () => new Uint8Array() })).toMatchObject({ code: 2 });
  expect(await decode(['-'])).toMatchObject({
    code: 2,
    err: 'error: there is no standard input\n',
  });
});

test('a file that is far too large is not read', async () => {
  const path = written('large.pcap', '');
  truncateSync(path, 2 ** 30);
  const outcome = await decode([path]);
  expect(outcome.code).toBe(2);
  expect(outcome.err).toContain('has 1073741824 bytes; 536870912 are read at most');
});

test('what is larger than any datagram is no packet, and a large one is shown whole', async () => {
  const outcome = await decode([written('other.cap', new Uint8Array(65_508))]);
  expect(outcome).toMatchObject({ code: 2, out: '' });
  expect(outcome.err).toContain(
    'other.cap is no pcap or pcapng capture, and no packet: 65508 bytes',
  );
  const list = `struct All { all: list<u8, rest> }\nstruct Text { text: string<u32> }\n`;
  const schema = written('all.ipv8', list);
  const largest = written('all.bin', new Uint8Array(65_507));
  const all = await decode(['--as', 'All', '--all', largest, schema]);
  expect(all.code).toBe(0);
  expect(all.out.split('\n').length).toBeGreaterThan(65_507);
  const few = await decode(['--as', 'All', largest, schema]);
  expect(few.out).toContain('65491 more, shown with --all');
  const text = Buffer.concat([Buffer.of(0, 0, 255, 0), Buffer.alloc(65_280, 0x61)]);
  const shown = await decode(['--as', 'Text', '--all', written('text.bin', text), schema]);
  expect(shown.out.match(/a/g)?.length).toBeGreaterThan(65_280);
});

const WAY = { from: ['10.0.0.1', 8090], to: ['10.0.0.2', 6421] } as const;
const WAY_6 = { from: ['fe80:0:0:0:0:0:0:1', 8090], to: ['fe80:0:0:0:0:0:0:2', 6421] } as const;
const FOREIGN = Buffer.concat([Buffer.of(0, 2), Buffer.alloc(30, 7)]);
const STUN = Buffer.from('000100002112a4420102030405060708090a0b0c', 'hex');
const FRAMES = [
  ethernet(ipPacket({ ...WAY, payload: PACKET })),
  ethernet(ipPacket({ ...WAY, payload: Buffer.from('a DNS query, say') })),
  ethernet(ipPacket({ ...WAY_6, payload: PACKET })),
  ethernet(ipPacket({ ...WAY, payload: STUN })),
  ethernet(ipPacket({ ...WAY, payload: FOREIGN })),
  ethernet(ipPacket({ ...WAY, payload: PACKET }, (one) => void (one[9] = 6))),
];

test.each([
  ['pcap', pcap(FRAMES, { linkType: 1 })],
  ['pcapng', pcapng(FRAMES, { linkType: 1 })],
])('a %s capture', async (name, file) => {
  const outcome = await decode([written(`traffic.${name}`, file)]);
  expect(outcome).toMatchObject({
    code: 0,
    err: '2 packets read, 3 of no community of these schemas, 1 frame not UDP\n',
  });
  await expect(outcome.out).toMatchFileSnapshot('goldens/capture.txt');
  expect(await decode(['-'], { input: async () => file })).toEqual(outcome);
});

test('a capture with a packet that does not fit, and one that breaks off', async () => {
  const broken = ethernet(ipPacket({ ...WAY, payload: PACKET.subarray(0, 100) }));
  const file = pcap([...FRAMES, broken], { linkType: 1 });
  const refused = await decode([written('refused.pcap', file), '--json']);
  expect(refused).toMatchObject({ code: 1 });
  expect(refused.err).toContain('2 packets read, 1 refused');
  const last: unknown = JSON.parse(refused.out.trim().split('\n').at(-1) ?? '');
  expect(last).toMatchObject({ frame: 7, fits: false, problem: { path: 'signature', offset: 99 } });

  const cut = await decode([written('cut.pcap', file.subarray(0, 270))]);
  expect(cut.code).toBe(1);
  expect(cut.err).toMatch(
    /^1 packet read\nerror: the capture breaks off at offset \d+: a frame of \d+ bytes/,
  );
});

test('colours follow standard output and NO_COLOR', async () => {
  const output = { isTTY: true, columns: 60 };
  const shown = await decodeRecorded('hostile-s0-023', [], { output });
  expect(shown.out).toContain('\u001b[1;31m');
  const plain = await decodeRecorded('hostile-s0-023', [], { output, env: { NO_COLOR: '1' } });
  expect(plain.out).not.toContain('\u001b');
  const piped = { isTTY: false, columns: undefined };
  const hidden = await decodeRecorded('hostile-s0-023', [], { isTTY: true, output: piped });
  expect(hidden.out).not.toContain('\u001b');
});

test('schemas with errors are shown in place of a guess', async () => {
  const schema = written('broken.ipv8', 'struct A { a: Nowhere }\n');
  const outcome = await decode(['00', schema]);
  expect(outcome).toMatchObject({ code: 100, out: '' });
  expect(outcome.err).toContain('error[name/unknown]');
});
