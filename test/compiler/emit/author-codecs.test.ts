/** Codecs of authors: what generated code makes of them, for carriers of every kind. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as fc from 'fast-check';
import { format } from 'prettier';
import { afterAll, expect, test } from 'vitest';
import type { Codec } from '../../../compiler/ir/model.ts';
import type { WireType } from '../../../compiler/ir/wire-type.ts';
import { decode, encode, EncodeError, type MessageType } from '../../../runtime/codegen.ts';
import {
  bytes,
  community,
  field,
  IPV4,
  list,
  message,
  model,
  REST,
  uint,
} from './model-factories.ts';
import { emitToDirectory } from './temporary-modules.ts';
import { valueArbitrary } from './value-arbitrary.ts';

const SHARED = 'schemas/shared.ipv8';
const USER = 'schemas/user.ipv8';

const BITS: WireType = {
  kind: 'bits',
  members: [
    { kind: 'number', name: 'high', doc: '', bits: 4 },
    { kind: 'number', name: 'low', doc: '', bits: 4 },
  ],
};

const CARRIERS: Readonly<Record<string, WireType>> = {
  a_number: uint(32),
  large_number: uint(64),
  some_bytes: bytes(16, { max: 20 }),
  an_address: IPV4,
  a_byte_of_bits: BITS,
  strings: list(bytes(8, { max: 5 }), 8, { max: 4 }),
  tail: REST,
};

function codec(name: string, carrier: WireType, ts: string): Codec {
  const place = { path: SHARED, line: 1 };
  return { kind: 'codec', name, doc: '', place, carrier, targets: { ts } };
}

function coded(codecName: string): WireType {
  return { kind: 'codec', codecName, carrier: CARRIERS[codecName] ?? REST };
}

const codecs = Object.entries(CARRIERS).map(([name, carrier]) =>
  codec(name, carrier, './authors.ts#wrap'),
);
const LONG = 'a_codec_whose_name_is_so_long_that_no_call_that_mentions_it_fits_into_a_line';
const sample = model(
  [SHARED, [...codecs, codec(LONG, uint(8), `./authors.ts#${LONG}`)]],
  [
    USER,
    [
      community(
        'User',
        [
          ...Object.keys(CARRIERS).map((name, at) =>
            message(`Of_${name}`, [field('before', uint(8)), field('value', coded(name))], {
              id: at,
            }),
          ),
          message('Many', [field('items', list(coded('a_number'), 8, { max: 5 }))], { id: 50 }),
          message('wrap', [field('value', coded('a_number'))], { id: 51 }),
          message('Long', [field('value', coded(LONG)), field('values', list(coded(LONG), 8))], {
            id: 52,
          }),
        ],
        { place: { path: USER, line: 1 } },
      ),
    ],
  ],
);

const { directory, files, remove } = emitToDirectory(sample);
afterAll(remove);
writeFileSync(
  join(directory, 'authors.ts'),
  `export const wrap = {
  decode(carrier) {
    if (carrier === 666) throw new Error('the number of the beast');
    return { carrier };
  },
  encode: ({ carrier }) => carrier,
};
export const ${LONG} = wrap;
`,
);
type MessageClass = MessageType<unknown> & (new (init: unknown) => object);
const file = pathToFileURL(join(directory, 'user.ts')).href;
const generated: Readonly<Record<string, MessageClass>> = await import(/* @vite-ignore */ file);

function classOf(name: string): MessageClass {
  const found = generated[name];
  if (found === undefined) throw new Error(`nothing generated is called ${name}`);
  return found;
}

test.each(files)('$name is as Prettier formats it', async ({ text }) => {
  const options = { parser: 'typescript', printWidth: 100, singleQuote: true } as const;
  expect(text).toBe(await format(text, options));
});

test('the author’s file is imported once; a name that is taken gets another', () => {
  const text = files.find(({ name }) => name === 'user.ts')?.text ?? '';
  expect(text.match(/from '\.\/authors\.ts'/g)).toHaveLength(1);
  expect(text).toContain('  wrap as wrap2,');
  expect(text).toContain('readonly items: readonly CodecValue<typeof wrap2>[];');
});

test.each(Object.entries(CARRIERS))('%s carries what the codec says', (name, carrier) => {
  const type = classOf(`Of_${name}`);
  fc.assert(
    fc.property(valueArbitrary(carrier, sample), (value) => {
      const whole = new type({ before: 1, value: { carrier: value } });
      const decoded = decode(type, encode(type, whole));
      if (!decoded.ok) throw decoded.error;
      expect(decoded.value).toEqual(whole);
    }),
  );
});

test('what a codec throws is an error of its field, at the start of the carrier', () => {
  const one = classOf('Of_a_number');
  expect(decode(one, Uint8Array.of(7, 0, 0, 2, 154))).toMatchObject({
    ok: false,
    error: {
      reason: 'bad-value',
      field: 'value',
      offset: 1,
      detail: 'the number of the beast',
      messageName: 'Of_a_number',
    },
  });
  const many = classOf('Many');
  expect(decode(many, Uint8Array.of(2, 0, 0, 0, 1, 0, 0, 2, 154))).toMatchObject({
    ok: false,
    error: { reason: 'bad-value', field: 'items[1]', offset: 5 },
  });
  // Whatever is thrown, or put on the wire.
  expect(() => encode(one, new one({ before: 1, value: undefined }))).toThrow(EncodeError);
  const items = [{ carrier: 1 }, { carrier: -1 }];
  expect(() => encode(many, new many({ items }))).toThrow('Many.items[1]: -1 is not');
});
