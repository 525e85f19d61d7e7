/** The model of what decoded values hold, against the heap of a process that does nothing else. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, expect, test } from 'vitest';
import { createDecodeCosts } from '../../../compiler/ir/decode-cost.ts';
import type { Struct } from '../../../compiler/ir/model.ts';
import type { WireType } from '../../../compiler/ir/wire-type.ts';
import { decode, type MessageType } from '../../../runtime/codegen.ts';
import { createSeededRandom } from '../../../runtime/simulation/seeded-random.ts';
import {
  bytes,
  community,
  field,
  flags,
  list,
  message,
  model,
  REST,
  struct,
  uint,
} from '../emit/model-factories.ts';
import { emitToDirectory } from '../emit/temporary-modules.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const inline = (structName: string): WireType => ({ kind: 'struct', structName, isInline: true });

const STRUCTS: readonly Struct[] = [
  struct('Small', [field('one', uint(8))]),
  struct('Mixed', [field('a', uint(64)), field('b', uint(32)), field('c', bytes(8))]),
];

/** Types whose dearest value is made of one byte to the end, or of bytes that never repeat. */
const DEAREST: readonly (readonly [name: string, type: WireType, fill: number | 'all'])[] = [
  ['Rest', REST, 0],
  ['Numbers', list(uint(8), 'rest'), 1],
  ['Large', list(uint(32), 'rest'), 0xff],
  ['Longs', list(uint(64), 'rest'), 0xff],
  ['Empty', list(bytes(8), 'rest'), 0],
  ['Records', list({ kind: 'fixed-bytes', size: 20 }, 'rest'), 1],
  ['Objects', list(inline('Small'), 'rest'), 1],
  ['Structs', list(inline('Mixed'), 'rest'), 0],
  ['Sets', list({ kind: 'flags', flagsName: 'Bits', bits: 8 }, 'rest'), 0xff],
  // Equal ones are one object.
  ['Addresses', list({ kind: 'address', form: 'ipv4' }, 'rest'), 'all'],
];

const FIELDS_SIZE = 65_507 - 23;
const PATH = 'schemas/sample.ipv8';

const messages = DEAREST.map(([name, type], id) => message(name, [field('all', type)], { id }));
const MODEL = model([
  PATH,
  [flags('Bits', { one: 1 }, { bits: 8 }), ...STRUCTS, community('Sample', messages)],
]);
const { directory, remove } = emitToDirectory(MODEL);
afterAll(remove);
const file = pathToFileURL(join(directory, 'sample.ts')).href;
const generated: Readonly<Record<string, MessageType<unknown>>> = await import(
  /* @vite-ignore */ file
);

/** What is alive, in bytes. */
function held(): number {
  collectGarbage();
  collectGarbage();
  const { external, heapUsed } = process.memoryUsage();
  return heapUsed + external;
}

const costs = createDecodeCosts((name) => STRUCTS.find((one) => one.name === name));

test.each(DEAREST)('%s holds no more than was said, and not much less', (name, type, fill) => {
  const typeOf = generated[name];
  if (typeOf === undefined) throw new Error(`nothing generated is called ${name}`);
  // The last record may be cut: whole ones only.
  const size = FIELDS_SIZE - (FIELDS_SIZE % 1_560);
  const random = createSeededRandom(1, name);
  const datagramOf = (): Uint8Array =>
    fill === 'all' ? random.bytes(size) : new Uint8Array(size).fill(fill);
  const said = costs.ofFields([field('all', type)]);
  // What else the process makes meanwhile only adds: the least of several is the value's own.
  let each = heldByEach(typeOf, datagramOf);
  for (let again = 0; again < 4 && each > said * 1.02; again++) {
    each = Math.min(each, heldByEach(typeOf, datagramOf));
  }
  expect(each).toBeLessThanOrEqual(said * 1.02);
  // V8 holds a list of numbers in 8 bytes each when it has seen in time that all are numbers.
  expect(each).toBeGreaterThan(said / 4);
});

/** Bytes that a decoded value keeps alive, over ten of them. */
function heldByEach(type: MessageType<unknown>, datagramOf: () => Uint8Array): number {
  const count = 10;
  const kept: unknown[] = [];
  const read = (): void => {
    const decoded = decode(type, datagramOf());
    if (!decoded.ok) throw decoded.error;
    kept.push(decoded.value);
  };
  read();
  const before = held();
  for (let at = 0; at < count; at++) read();
  const each = (held() - before) / count;
  expect(kept).toHaveLength(count + 1);
  return each;
}
