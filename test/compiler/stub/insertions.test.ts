import { format } from 'prettier';
import { expect, test } from 'vitest';
import { printStubFile } from '../../../compiler/stub/stub-file.ts';
import { request, reviewed, updated } from './requests.ts';

function lines(...all: readonly string[]): string {
  return all.join('\n') + '\n';
}

/** A file whose handlers object is the given text. */
function fileWith(handlers: string): string {
  return lines(
    "import { NotImplementedError, type Community } from 'ipv8';",
    "import { sampleProtocol } from './generated/sample.ts';",
    '',
    'export const sample: Community<typeof sampleProtocol> = {',
    '  protocol: sampleProtocol,',
    '  create(overlay) {',
    '    return {',
    `      handlers: ${handlers},`,
    '    };',
    '  },',
    '};',
  );
}

const PONG = [
  '        /** Says Pong. */',
  '        pong(_message, _context) {',
  "          throw new NotImplementedError('Pong', 'schemas/sample.ipv8:4');",
  '        },',
].join('\n');

test('a new file', () => {
  expect(printStubFile(request('Ping'))).toBe(
    lines(
      "import { NotImplementedError, type Community } from 'ipv8';",
      "import { sampleProtocol } from './generated/sample.ts';",
      '',
      '/** A sample. */',
      'export const sample: Community<typeof sampleProtocol> = {',
      '  protocol: sampleProtocol,',
      '  create(_overlay) {',
      '    return {',
      '      handlers: {',
      '        /** Says Ping. */',
      '        ping(_message, _context) {',
      "          throw new NotImplementedError('Ping', 'schemas/sample.ipv8:3');",
      '        },',
      '      },',
      '    };',
      '  },',
      '};',
    ),
  );
});

test.each([
  [[]],
  [['Ping']],
  [['Ping', 'Pong', 'AMessageWithAnUnusuallyLongNameThatFillsTheLine']],
])('a new file for %j is as Prettier formats it', async (names) => {
  const text = printStubFile(request(...names));
  const options = { parser: 'typescript', printWidth: 100, singleQuote: true };
  expect(text).toBe(await format(text, options));
});

test('a complete file stays as it is, whatever order and form its handlers have', async () => {
  const text = fileWith("{ pong: async () => {}, 'ping': handlePing }");
  expect(await updated(text, 'Ping', 'Pong')).toBe(text);
});

test.each([
  ['empty', '{}', `{\n${PONG}\n      }`],
  ['empty with a space', '{ }', `{\n${PONG}\n      }`],
  ['empty on two lines', '{\n      }', `{\n${PONG}\n      }`],
  ['only a comment', '{\n        // none yet\n      }', `{\n        // none yet\n${PONG}\n      }`],
  ['only a comment inside', '{ /* none */ }', `{ /* none */ \n${PONG}\n      }`],
  ['a method', '{\n        ping() {},\n      }', `{\n        ping() {},\n${PONG}\n      }`],
  [
    'an arrow function and a comment behind it',
    '{\n        ping: () => {}, // answers\n        // the end\n      }',
    `{\n        ping: () => {}, // answers\n        // the end\n${PONG}\n      }`,
  ],
  [
    'no trailing comma',
    '{\n        ping() {} // answers\n      }',
    `{\n        ping() {}, // answers\n${PONG.slice(0, -1)}\n      }`,
  ],
  ['one line', '{ ping() {} }', `{\n        ping() {},\n${PONG}\n      }`],
  ['one line with a trailing comma', '{ ping() {}, }', `{\n        ping() {},\n${PONG}\n      }`],
  [
    'one line without spaces',
    '{ping() {},ack}',
    `{\n        ping() {},\n        ack,\n${PONG}\n      }`,
  ],
  [
    'one line that cannot become several',
    '{ /* in order */ ping() {} }',
    "{ /* in order */ ping() {}, pong(_message, _context) { throw new NotImplementedError('Pong', 'schemas/sample.ipv8:4'); } }",
  ],
  [
    'the closing brace behind the last handler',
    '{ ping() {\n        } }',
    // The braces hold no line of their own: the handler goes to the next one.
    `{ ping() {\n        },\n${PONG.slice(0, -1)} }`,
  ],
  [
    'empty lines between handlers',
    '{\n        ping() {},\n\n        ack() {},\n      }',
    `{\n        ping() {},\n\n        ack() {},\n\n${PONG}\n      }`,
  ],
])('%s', async (_, before, after) => {
  const both = request('Ping', 'Pong');
  const wanted = before.includes('ping') ? both : { ...both, messages: both.messages.slice(1) };
  const { missing, text } = await reviewed(fileWith(before), wanted);
  expect(text).toBe(fileWith(after));
  expect(missing).toEqual(['pong']);
});

test('tabs, double quotes, no semicolons and CRLF are kept', async () => {
  const before = [
    'import { sampleProtocol } from "./generated/sample.ts"',
    'import type { Community } from "ipv8"',
    '',
    'export const sample: Community<typeof sampleProtocol> = {',
    '\tprotocol: sampleProtocol,',
    '\tcreate: () => ({',
    '\t\thandlers: {',
    '\t\t\tping() {}',
    '\t\t}',
    '\t})',
    '}',
    '',
  ].join('\r\n');
  const after = before
    .replace(
      'ping() {}',
      [
        'ping() {},',
        '\t\t\t/** Says Pong. */',
        '\t\t\tpong(_message, _context) {',
        '\t\t\t\tthrow new NotImplementedError("Pong", "schemas/sample.ipv8:4")',
        '\t\t\t}',
      ].join('\r\n'),
    )
    .replace('from "ipv8"', 'from "ipv8"\r\nimport { NotImplementedError } from "ipv8"');
  expect(await updated(before, 'Ping', 'Pong')).toBe(after);
});

test.each([
  [
    'joins an import',
    "import { createNode } from 'ipv8';",
    "import { createNode, NotImplementedError } from 'ipv8';",
  ],
  [
    'joins an import of several lines',
    "import {\n  createNode,\n  type Community,\n} from 'ipv8';",
    "import {\n  createNode,\n  type Community,\n  NotImplementedError,\n} from 'ipv8';",
  ],
  ['uses a namespace', "import * as ipv8 from 'ipv8';", "import * as ipv8 from 'ipv8';"],
  [
    'uses an alias',
    "import { NotImplementedError as Later } from 'ipv8';",
    "import { NotImplementedError as Later } from 'ipv8';",
  ],
  [
    'avoids a name of the file',
    'class NotImplementedError {}',
    "import { NotImplementedError as Ipv8NotImplementedError } from 'ipv8';\n\nclass NotImplementedError {}",
  ],
])('the error: %s', async (_, before, after) => {
  const tail =
    '\nexport const sample = { protocol: sampleProtocol, create: () => ({ handlers: {} }) };\n';
  const text = await updated(before + tail, 'Ping');
  expect(text.startsWith(`${after}\n`)).toBe(true);
  const errorName = /new ([\w.]+)\(/.exec(text)?.[1];
  expect([
    'NotImplementedError',
    'ipv8.NotImplementedError',
    'Later',
    'Ipv8NotImplementedError',
  ]).toContain(errorName);
  if (before.includes('Later')) expect(errorName).toBe('Later');
  if (before.includes('class')) expect(errorName).toBe('Ipv8NotImplementedError');
});

test.each([
  [
    'a constant',
    'const handlers = { ping() {} };\nexport const sample = { protocol: sampleProtocol, create: () => ({ handlers }) };\n',
  ],
  [
    'a named constant',
    'const mine = { ping() {} };\nexport const sample = { protocol: sampleProtocol, create: () => ({ handlers: mine }) };\n',
  ],
  ['a typed constant', 'export const handlers: SampleHandlers = { ping() {} };\n'],
  ['satisfies', 'export const handlers = { ping() {} } satisfies SampleHandlers;\n'],
  ['a generic type', 'export const handlers: Handlers<typeof sampleProtocol> = { ping() {} };\n'],
  [
    'a function',
    'function create(): Behaviour<typeof sampleProtocol> {\n  return { handlers: { ping() {} } };\n}\n',
  ],
  [
    'an alias',
    "import { sampleProtocol as p } from './generated/sample.ts';\nexport const sample = { protocol: p, create: () => ({ handlers: { ping() {} } }) };\n",
  ],
])('handlers are found in %s', async (_, text) => {
  const update = await reviewed(text, request('Ping', 'Pong'));
  expect(update).toMatchObject({ isReadable: true, missing: ['pong'] });
});

test("another protocol's handlers are left alone", async () => {
  const other = 'const other = { protocol: otherProtocol, create: () => ({ handlers: {} }) };\n';
  const text = await updated(other + fileWith('{ ping() {} }'), 'Ping', 'Pong');
  expect(text).toContain(other);
});

test('a byte order mark stays in front', async () => {
  const text = `\ufeff${fileWith('{ ping() {} }')}`;
  const after = await updated(text, 'Ping', 'Pong');
  expect(after.startsWith('\ufeffimport')).toBe(true);
  expect(after).toContain('pong(');
});

test.each([
  ['a property', 'ping = () => {}', 'ping = () => {};'],
  ['a property and a comment', 'ping = () => {} /* answers */', 'ping = () => {} /* answers */;'],
  ['a property with its semicolon', 'ping = () => {};', 'ping = () => {};'],
  ['a method', 'ping() {}', 'ping() {}'],
])('a class in one line that ends with %s', async (_, member, kept) => {
  const head =
    "import type { SampleHandlers } from './generated/sample.ts'\n" +
    "import { NotImplementedError } from 'ipv8'\n" +
    'export class Mine implements SampleHandlers ';
  const before = `${head}{ ${member} }\n`;
  const after = await updated(before, 'Ping', 'Pong');
  expect(after.startsWith(`${head}{ ${kept} pong(`)).toBe(true);
  expect((await reviewed(after, request('Ping', 'Pong'))).missing).toEqual([]);
});
