/** Packers that an application adds, by what they write. */
import { expect, test } from 'vitest';
import { imported } from './imported.ts';

/** One payload with one field of the format `own`. */
function added(packer: string, classes = ''): string {
  return `
import json, struct
from struct import pack
from ipv8.messaging.lazy_payload import VariablePayload
from ipv8.messaging.serialization import Address, DefaultArray, DefaultStruct, ListOf, Packer, Raw, VarLen, VarLenUtf8

${classes}

class OverlayCommunity(Community):
    def get_serializer(self):
        serializer = super().get_serializer()
        serializer.add_packer("own", ${packer})
        return serializer

class Holder(VariablePayload):
    format_list = ["own"]
    names = ["value"]
`;
}

async function typeOf(python: string): Promise<string | undefined> {
  const { text } = await imported(python);
  return /struct Holder \{\n {2}value: (.*)\n/.exec(text)?.[1];
}

test.each([
  ['VarLen(">H")', 'bytes<u16>'],
  ['VarLen(">B", 4)', 'list<bytes[4], u8>'],
  ['VarLenUtf8(length_format=">I")', 'string<u32>'],
  ['Raw()', 'rest'],
  ['Address(ip_only=True)', 'ip'],
  ['Address()', 'address'],
  ['DefaultStruct(">H")', 'u16'],
  ['DefaultStruct("!12s")', 'bytes[12]'],
  ['DefaultArray("q", "H")', 'array<i64>'],
  ['ListOf(VarLen(">H"), length_format=">H")', 'list<bytes<u16>, u16>'],
  ['ListOf(ListOf(DefaultStruct(">I")))', 'list<list<u32, u8>, u8>'],
])('%s', async (packer, type) => {
  expect(await typeOf(added(packer))).toBe(type);
});

test.each([
  'DefaultStruct("<H")',
  'DefaultStruct("H")',
  'DefaultStruct(">HB")',
  'Unknown(1)',
  'make()',
  '3',
])('%s is not known', async (packer) => {
  const { codes, text } = await imported(added(packer));
  expect(codes).toEqual(['python/custom-packer', 'python/unknown-format']);
  expect(text).toBe('');
});

/** A class with the method `pack` of these lines. */
function packing(...lines: readonly string[]): string {
  const body = lines.map((line) => `        ${line}`).join('\n');
  return `class OwnPacker(Packer):
    def __init__(self, serializer, form=">H"):
        self.serializer = serializer
        self.form = form

    def pack(self, data):
${body}
`;
}

test.each([
  ['return self.serializer.pack("20s", data)', 'bytes[20]'],
  ['return pack(self.form, data)', 'u16'],
  ['return struct.pack(">I", len(data)) + data', 'bytes<u32>'],
  ['return pack(">H", len(data.encode())) + data.encode()', 'string<u16>'],
  ['return data.to_bytes(4, "big")', 'u32'],
  ['return bytes([data])', 'u8'],
  ['return data', 'rest'],
])('%s has a type', async (line, type) => {
  expect(await typeOf(added('OwnPacker(serializer)', packing(line)))).toBe(type);
});

test('several parts are a struct of their members', async () => {
  const lines = [
    'out = b"\\x01\\x02" + self.serializer.pack("ip_address", data.address)',
    'key = data.key.key_to_bin()',
    'out += pack(">HB", len(key), data.kind)',
    'out += data.rest',
    'return out',
  ];
  const { codes, text } = await imported(added('OwnPacker(serializer)', packing(...lines)));
  expect(codes).toEqual([]);
  expect(text).toContain(`struct Own {
  const tag: bytes[2] = hex"0102"
  address: ip
  part_3: u16
  kind: u8
  rest: rest
}`);
  expect(text).toContain('value: inline Own\n');
});

test('lists of parts, and one declaration for all that use it', async () => {
  const lines = [
    'key = data.key.key_to_bin()',
    'return b"".join([self.serializer.pack("I", data.number), struct.pack(">H", len(key)), key])',
  ];
  const { text } = await imported(added('ListOf(OwnPacker(serializer))', packing(...lines)));
  expect(text).toContain('struct Own {\n  number: u32\n  key: bytes<u16>\n}\n');
  expect(text).toContain('value: list<inline Own, u8>\n');
  expect(text.match(/struct Own/g)).toHaveLength(1);
});

test('values that code makes are a codec', async () => {
  const line = 'return self.serializer.pack("varlenHutf8", json.dumps(data))';
  const { codes, text } = await imported(added('OwnPacker(serializer)', packing(line)));
  expect(codes).toEqual(['python/codec-code']);
  expect(text).toContain('codec own: string<u16> via { ts: "./codecs.ts#own" }');
});

test('a packer that extends one of py-ipv8’s', async () => {
  const classes = `class Short(VarLenUtf8):
    def __init__(self):
        super().__init__(">B")

class Text(VarLenUtf8):
    def __init__(self):
        super().__init__(">H")

    def pack(self, data):
        return super().pack(json.dumps(data))
`;
  expect(await typeOf(added('Short()', classes))).toBe('string<u8>');
  const { text } = await imported(added('Text()', classes));
  expect(text).toContain('codec own: string<u16> via { ts: "./codecs.ts#own" }');
});

test.each([
  ['if data:', '    return b""', 'return data'],
  ['for one in data:', '    print(one)', 'return data'],
  ['a, b = data', 'return a'],
  ['return'],
  ['pass'],
  ['return data + pack(">H", 1)'],
  ['return pack("<H", data)+ pack(">H", data)'],
])('what decides or has no end inside is not guessed: %s', async (...lines) => {
  const { codes } = await imported(added('OwnPacker(serializer)', packing(...lines)));
  expect(codes[0]).toBe('python/custom-packer');
});

test('two packers under one name are not told apart', async () => {
  const one = added('VarLen(">H")');
  const { diagnostics } = await imported({ 'a.py': one, 'b.py': added('VarLen(">I")') });
  expect(diagnostics[0]?.notes).toEqual(['two packers are added as `own`']);
});
