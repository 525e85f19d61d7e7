/** Files as authors write them: every home of handlers, in every style. */
import * as fc from 'fast-check';

/** The messages that files know of; a file has handlers for some of them. */
export const NAMES = ['Ping', 'Pong', 'Ack', 'Hello', 'LeaveTheRoomAndTellEverybodyWhy'];

export type UserFile = {
  readonly home: Home;
  readonly present: readonly string[];
  readonly naming: 'named' | 'alias' | 'namespace' | 'elsewhere';
  readonly body: 'empty' | 'one-line' | 'lines' | 'arrow' | 'quoted';
  readonly unit: string;
  readonly endOfLine: '\n' | '\r\n';
  readonly quote: "'" | '"';
  readonly semicolon: ';' | '';
  readonly trailingComma: boolean;
  readonly isOneLine: boolean;
  readonly isSpaced: boolean;
  readonly hasComments: boolean;
  readonly head: '' | '\ufeff' | '#!/usr/bin/env node' | '// A head.' | "'use strict'";
  readonly error: 'none' | 'imported' | 'joined' | 'taken';
};

const HOMES = [
  'constant',
  'satisfies',
  'argument',
  'function',
  'arrow',
  'variable',
  'community',
  'class',
  'decorated class',
  'abstract class',
  'created class',
] as const;

export type Home = (typeof HOMES)[number];

/** Any such file. */
export const userFile: fc.Arbitrary<UserFile> = fc.record({
  home: fc.constantFrom(...HOMES),
  present: fc.uniqueArray(fc.constantFrom(...NAMES), { maxLength: NAMES.length - 1 }),
  naming: fc.constantFrom('named', 'alias', 'namespace', 'elsewhere'),
  body: fc.constantFrom('empty', 'one-line', 'lines', 'arrow', 'quoted'),
  unit: fc.constantFrom('  ', '    ', '\t'),
  endOfLine: fc.constantFrom('\n', '\r\n'),
  quote: fc.constantFrom("'", '"'),
  semicolon: fc.constantFrom(';', ''),
  trailingComma: fc.boolean(),
  isOneLine: fc.boolean(),
  isSpaced: fc.boolean(),
  hasComments: fc.boolean(),
  head: fc.constantFrom('', '\ufeff', '#!/usr/bin/env node', '// A head.', "'use strict'"),
  error: fc.constantFrom('none', 'imported', 'joined', 'taken'),
});

export function isClass({ home }: UserFile): boolean {
  return home.endsWith('class');
}

/** The handlers' type, as the file names it. */
function typeName({ naming }: UserFile): string {
  if (naming === 'alias') return 'H';
  return naming === 'namespace' ? 'g.SampleHandlers' : 'SampleHandlers';
}

/** The text of a file. */
export function printUserFile(file: UserFile): string {
  const { endOfLine, head, quote, semicolon } = file;
  const text = [...imports(file), '', ...homeLines(file), ''].join('\n');
  const top = head.startsWith("'") ? `${head}${semicolon}` : head;
  const begin = head === '\ufeff' || head === '' ? head : `${top}\n\n`;
  return `${begin}${text}`.replaceAll("'", quote).replaceAll('\n', endOfLine);
}

function imports(file: UserFile): readonly string[] {
  const { error, naming, semicolon } = file;
  const module = naming === 'elsewhere' ? './wire.js' : './generated/sample.ts';
  const names = {
    named: '{ SampleHandlers }',
    elsewhere: '{ SampleHandlers }',
    alias: '{ SampleHandlers as H }',
    namespace: '* as g',
  };
  const errors = {
    none: [],
    imported: [`import { NotImplementedError, createNode } from 'ipv8'${semicolon}`],
    joined: [`import { createNode } from 'ipv8'${semicolon}`],
    taken: [`type NotImplementedError = string${semicolon}`],
  };
  const comment = file.hasComments ? ' // what goes over the wire' : '';
  const protocol =
    file.home === 'community'
      ? [`import { sampleProtocol } from './generated/sample.ts'${semicolon}`]
      : [];
  return [
    ...protocol,
    `import type ${names[naming]} from '${module}'${semicolon}${comment}`,
    ...errors[error],
  ];
}

function handlerText(file: UserFile, name: string, depth: number): string {
  const { body, semicolon } = file;
  const indent = file.unit.repeat(depth);
  const key = name.charAt(0).toLowerCase() + name.slice(1);
  const member = isClass(file);
  const end = member ? semicolon : '';
  const is = member ? ' =' : ':';
  const inner = `\n${indent}${file.unit}void 0${semicolon}\n${indent}`;
  const texts = {
    empty: `${key}() {}`,
    'one-line': `${key}() { void 0${semicolon} }`,
    lines: `async ${key}() {${inner}}`,
    arrow: `${key}${is} () => {${inner}}${end}`,
    quoted: `'${key}'() {}`,
  };
  return texts[body];
}

/** The handlers between braces, for an object whose line is indented so deep. */
function objectText(file: UserFile, depth: number): string {
  const { hasComments, isOneLine, isSpaced, present, trailingComma, unit } = file;
  const texts = present.map((name) => handlerText(file, name, depth + 1));
  if (texts.length === 0) return '{}';
  const indent = unit.repeat(depth + 1);
  const comma = trailingComma ? ',' : '';
  if (isOneLine && file.body === 'empty') return `{ ${texts.join(', ')}${comma} }`;
  const comment = hasComments ? ' // the last' : '';
  const note = hasComments ? `${indent}// in order\n` : '';
  const lines = texts.join(`,\n${isSpaced ? '\n' : ''}${indent}`);
  return `{\n${note}${indent}${lines}${comma}${comment}\n${unit.repeat(depth)}}`;
}

function classLines(file: UserFile): readonly string[] {
  const { hasComments, home, isSpaced, present, semicolon, unit } = file;
  const decorator = home === 'decorated class' && file.body !== 'arrow' ? [`${unit}@traced`] : [];
  const members = present.map((name) => [...decorator, unit + handlerText(file, name, 1)]);
  const other = {
    'decorated class': [[`${unit}#clock = 0${semicolon}`]],
    'abstract class': [[`${unit}protected abstract readonly room: string${semicolon}`]],
  }[home === 'decorated class' ? home : 'abstract class'];
  const extra = home === 'class' || home === 'created class' ? [] : other;
  const comment = hasComments ? [`${unit}// the end`] : [];
  const parts = [...extra, ...members].map((lines) => lines.join('\n'));
  return parts.length === 0 ? comment : [parts.join(isSpaced ? '\n\n' : '\n'), ...comment];
}

function homeLines(file: UserFile): readonly string[] {
  const { home, semicolon: end, unit } = file;
  const type = typeName(file);
  const object = objectText(file, 0);
  const inside = objectText(file, 1);
  switch (home) {
    case 'constant':
      return [`export const mine: ${type} = ${object}${end}`];
    case 'satisfies':
      return [`export const mine = ${object} satisfies ${type}${end}`];
    case 'argument':
      return [`define<${type}>(${object})${end}`];
    case 'function':
      return [`export function create(): ${type} {`, `${unit}return ${inside}${end}`, '}'];
    case 'arrow':
      return [`export const create = (): ${type} => (${object})${end}`];
    case 'variable':
      return [
        `export function create(): ${type} {`,
        `${unit}const mine = ${inside}${end}`,
        `${unit}return mine${end}`,
        '}',
      ];
    case 'community':
      return [
        'export const sample = {',
        `${unit}protocol: sampleProtocol,`,
        `${unit}create: () => ({`,
        `${unit.repeat(2)}handlers: ${objectText(file, 2)},`,
        `${unit}}),`,
        `}${end}`,
      ];
    case 'class':
    case 'decorated class':
      return [`export class Mine implements ${type} {`, ...classLines(file), '}'];
    case 'abstract class':
      return [`abstract class Mine implements ${type} {`, ...classLines(file), '}'];
    case 'created class':
      return [
        `export const mine: ${type} = new (class implements ${type} {`,
        ...classLines(file),
        `})()${end}`,
      ];
  }
}
