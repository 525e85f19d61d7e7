/** Files that are no Python, broken, or made to take time. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { FILE_LENGTH_MAX } from '../../../compiler/import/import-python.ts';
import { imported } from './imported.ts';

const LAZY = 'from ipv8.messaging.lazy_payload import VariablePayload\n';

function payload(name: string): string {
  return `class ${name}(VariablePayload):\n    format_list = ["H"]\n    names = ["number"]\n\n`;
}

test.each([
  ['a bracket that is not closed', '    format_list = ["H", "I"\n    names = ["a", "b"]\n'],
  ['a text that is not closed', '    format_list = ["H", "I]\n    names = ["a", "b"]\n'],
  ['no body', ''],
  ['a half assignment', '    format_list =\n    names = ["a"]\n'],
  ['another language', '    public final int x = 1;\n    { }\n'],
])('neighbours of a broken class survive: %s', async (_, body) => {
  const broken = `class Broken(VariablePayload):\n${body}\n`;
  const { codes, text } = await imported(`${LAZY}${payload('First')}${broken}${payload('Last')}`);
  expect(codes).toContain('python/syntax');
  expect(text).toContain('struct First {\n  number: u16\n}');
  expect(text).toContain('struct Last {\n  number: u16\n}');
});

test('a fault in a function that nobody reads is nothing to say', async () => {
  const { codes, text } = await imported(
    `${LAZY}${payload('Song')}def other():\n    return 1 +* 2\n\n    yield\n`,
  );
  expect(codes).toEqual([]);
  expect(text).toContain('struct Song');
});

test('a file that is too long is left out, with its neighbours in', async () => {
  const { codes, text } = await imported({
    'long.py': LAZY + payload('Long') + '#'.repeat(FILE_LENGTH_MAX),
    'short.py': LAZY + payload('Short'),
  });
  expect(codes).toEqual(['python/unreadable-file']);
  expect(text).not.toContain('Long');
  expect(text).toContain('struct Short');
});

test.each([
  ['nothing', ''],
  ['bytes', '\u0000\u0001\ufffd'.repeat(100)],
  ['JSON', '{"a": [1, 2, {"b": null}]}'],
  ['brackets', '['.repeat(20_000)],
  ['pairs of brackets', '('.repeat(8_000) + ')'.repeat(8_000)],
  ['deep blocks', Array.from({ length: 300 }, (_, at) => `${' '.repeat(at)}if x:`).join('\n')],
  ['long sums', `x = ${'1 + '.repeat(8_000)}1`],
  ['many dots', `x = a${'.b'.repeat(8_000)}`],
  ['digits', `x = ${'9'.repeat(100_000)}`],
  ['decorators', '@a\n'.repeat(10_000)],
])('%s: nothing is found, and nothing breaks', async (_, text) => {
  const result = await imported(text);
  expect(result.text).toBe('');
});

test.each([
  [
    'itself',
    'names = names\nclass A(VariablePayload):\n    format_list = names\n    names = names\n',
  ],
  ['each other', 'a = b\nb = a\nclass A(VariablePayload):\n    format_list = a\n    names = b\n'],
  ['its own base', 'class A(A):\n    format_list = ["H"]\n    names = ["a"]\n'],
  ['a base below it', 'class A(B, VariablePayload): pass\nclass B(A):\n    names = ["a"]\n'],
  [
    'a class that holds itself',
    'class A(VariablePayload):\n    format_list = [A]\n    names = ["a"]\nA.format_list = [A]\n',
  ],
  [
    'doubling',
    `x0 = ["H"]\n${Array.from({ length: 100 }, (_, at) => `x${at + 1} = x${at} + x${at}\n`).join('')}class A(VariablePayload):\n    format_list = x100\n    names = x100\n`,
  ],
  [
    'a long chain',
    `x0 = ["H"]\n${Array.from({ length: 2_000 }, (_, at) => `x${at + 1} = x${at}\n`).join('')}class A(VariablePayload):\n    format_list = x2000\n    names = x2000\n`,
  ],
  [
    'many changes',
    `x = []\n${'x += ["H"]\n'.repeat(2_000)}class A(VariablePayload):\n    format_list = x\n    names = x\n`,
  ],
  [
    'a long line of bases',
    `class A0(VariablePayload): pass\n${Array.from({ length: 1_000 }, (_, at) => `class A${at + 1}(A${at}): pass\n`).join('')}class Z(A1000):\n    format_list = f()\n    names = ["a"]\n`,
  ],
  [
    'a huge repetition',
    'class A(VariablePayload):\n    format_list = ["H"] * 10 ** 9\n    names = []\n',
  ],
  [
    'a huge shift',
    'class A(VariablePayload):\n    format_list = []\n    names = []\n    msg_id = 1 << 10 ** 9\n',
  ],
])('what is made from %s ends', async (_, text) => {
  const result = await imported(LAZY + text);
  expect(result.text).not.toContain('undefined');
});

test('modules that import each other in a circle', async () => {
  const { codes, text } = await imported({
    'a.py': `from b import *\nfrom b import FORMATS\n${LAZY}class A(VariablePayload):\n    format_list = FORMATS\n    names = NAMES\n`,
    'b.py': 'from a import *\nfrom a import NAMES\nFORMATS = ["H"]\n',
  });
  expect(codes).toEqual(['python/unreadable-value']);
  expect(text).toBe('');
});

test('names that mean something to a program here', async () => {
  const { text } = await imported(
    `${LAZY}class constructor(VariablePayload):\n    format_list = ["H", "H", "toString"]\n    names = ["__proto__", "constructor", "x"]\n\n` +
      'class Proto(VariablePayload):\n    format_list = ["H", "H"]\n    names = ["__proto__", "constructor"]\n',
  );
  expect(text).toContain('struct Proto {\n  proto: u16\n  constructor: u16\n}');
  expect(text).not.toContain('struct Constructor');
});

test('documentation cannot leave its comment', async () => {
  const { codes, text } = await imported(
    `${LAZY}class Song(VariablePayload):\n    """A song\\r}\\u2028struct Other { a: u8 }\\x00"""\n    format_list = ["H"]\n    names = ["a"]\n`,
  );
  expect(codes).toEqual([]);
  expect(text.match(/^struct/gm)).toHaveLength(1);
});

test('the same class in two files, and the same file of everything', async () => {
  const file = LAZY + payload('Song');
  const { codes, text } = await imported({ 'rock/payload.py': file, 'jazz/payload.py': file });
  expect(codes).toEqual([]);
  expect(text.match(/struct \w+/g)).toEqual(['struct Song', 'struct JazzSong']);
});

/** Whatever a file holds: an import ends, with a schema that has no errors or with none. */
test('any text, and any damage to a good file', async () => {
  const good = `${LAZY}
from ipv8.community import Community
from ipv8.lazy_community import lazy_wrapper

class PartPayload(VariablePayload):
    format_list = ["varlenH-list", "bits", "raw"]
    names = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"]

class MainPayload(VariablePayload):
    msg_id = 1
    format_list = ["I", PartPayload, [PartPayload]]
    names = ["a", "b", "c"]

class MainCommunity(Community):
    community_id = b"01234567890123456789"

    def __init__(self, settings):
        self.add_message_handler(MainPayload, self.on_main)

    @lazy_wrapper(MainPayload)
    def on_main(self, peer, payload): ...
`;
  const damage = fc
    .tuple(
      fc.nat(good.length),
      fc.nat(30),
      fc.oneof(fc.string({ maxLength: 8 }), fc.constantFrom('"', '[', ')', '\n', ' ', ':', '"""')),
    )
    .map(([at, size, text]) => good.slice(0, at) + text + good.slice(at + size));
  await fc.assert(
    fc.asyncProperty(fc.oneof(damage, fc.string({ maxLength: 200 })), async (text) => {
      const { program } = await imported(text);
      expect(program.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    }),
    { numRuns: 40 },
  );
});
