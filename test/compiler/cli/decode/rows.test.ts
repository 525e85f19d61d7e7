/** Every byte of a packet has its place in the dump, whatever the packet is. */
import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodePacket } from '../../../../compiler/cli/decode/decoded.ts';
import { printDump } from '../../../../compiler/cli/decode/dump.ts';
import { printJson } from '../../../../compiler/cli/decode/json.ts';
import { rowsOf } from '../../../../compiler/cli/decode/rows.ts';
import { createNodeHost } from '../../../../compiler/cli/node-host.ts';
import { createPaint } from '../../../../compiler/diagnostics/paint.ts';
import { loadProgram } from '../../../../compiler/program/program.ts';
import type { PacketOptions, ReadKey } from '../../../../compiler/wire/packet.ts';
import { communitiesOf, createProtocols } from '../../../../compiler/wire/protocols.ts';
import { fromHex, toHex } from '../../../../runtime/base/bytes.ts';
import { ROOT } from '../../emit/temporary-modules.ts';
import { RECORDED } from './recorded.ts';

const names = ['attestation', 'dht', 'discovery', 'identity', 'introduction', 'tunnel'];
const { model } = await loadProgram(
  createNodeHost(ROOT),
  names.map((name) => `schemas/${name}.ipv8`),
);
const { model: vec } = await loadProgram(createNodeHost(join(ROOT, 'test')), ['schemas/vec.ipv8']);

/** Keys by their form alone: the bytes of a packet are in the same places, valid or not. */
const readKey: ReadKey = (bytes) =>
  bytes.length === 74
    ? { curve: 'curve25519', mid: '', signatureLength: 64, verify: () => true }
    : undefined;

const around = { base: model, unnamed: communitiesOf(vec)[0] };
const PROTOCOLS = [
  createProtocols(model, { base: undefined, unnamed: undefined }),
  createProtocols(vec, around),
];

function expectWhole(bytes: Uint8Array, options: PacketOptions, width: number): void {
  const packet = { bytes, way: undefined };
  const decoded = decodePacket(packet, options);
  const { parts, problem } = decoded;
  const rows = rowsOf({
    bytes,
    parts,
    problem: problem?.kind === 'does-not-fit' ? problem : undefined,
    elementsMax: Infinity,
  });
  let end = 0;
  for (const row of rows) {
    if (row.bytes.length === 0) continue;
    expect(row.offset, row.field).toBe(end);
    end += row.bytes.length;
  }
  expect(end).toBe(bytes.length);
  expect(rows.map((row) => toHex(row.bytes)).join('')).toBe(toHex(bytes));

  const plain = printDump(rows, { width, paint: createPaint(false), linesMax: 4 });
  expect(plain.split('\n').filter((line) => line.length > width)).toEqual([]);
  const all = printDump(rows, { width, paint: createPaint(false), linesMax: Infinity });
  const shown = all
    .replace(/^.*\n/, '')
    .match(/(?<=^ *\d+ {2})[0-9a-f]{2}(?: [0-9a-f]{2})*(?= {2}|$)/gm);
  expect(shown?.join(' ').replaceAll(' ', '') ?? '').toBe(toHex(bytes));
  expect(() => JSON.parse(printJson(decoded)) as unknown).not.toThrow();
}

const width = fc.integer({ min: 40, max: 160 });

test('recorded packets, whole, cut and changed', () => {
  const recorded = fc.constantFrom(...RECORDED.filter(({ hex }) => hex !== ''));
  const changes = fc.array(fc.tuple(fc.nat({ max: 999 }), fc.nat({ max: 255 })), { maxLength: 3 });
  fc.assert(
    fc.property(recorded, changes, fc.nat({ max: 999 }), width, fc.boolean(), (...given) => {
      const [{ hex }, some, cut, columns, compat] = given;
      const whole = fromHex(hex);
      const changed = whole.slice();
      // The prefix stays, so that most are read to their fields.
      for (const [at, byte] of some) changed[22 + (at % Math.max(whole.length - 22, 1))] = byte;
      for (const protocols of PROTOCOLS) {
        const options = { protocols, readKey, compat };
        expectWhole(whole, options, columns);
        expectWhole(changed, options, columns);
        expectWhole(whole.subarray(0, cut % whole.length), options, columns);
      }
    }),
    { numRuns: 300 },
  );
});

test('any bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), width, (bytes, columns) => {
      for (const protocols of PROTOCOLS) {
        expectWhole(bytes, { protocols, readKey, compat: false }, columns);
      }
    }),
  );
});
