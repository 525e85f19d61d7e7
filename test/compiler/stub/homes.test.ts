/** Where handlers are found, and what is no place for them. */
import { expect, test } from 'vitest';
import { request, reviewed } from './requests.ts';

const BOTH = request('Ping', 'Pong');
const TYPE = "import type { SampleHandlers } from './generated/sample.ts';\n";
const VALUE = "import { sampleProtocol } from './generated/sample.ts';\n";
const CONTEXT = "import type { Handlers, Behaviour } from 'ipv8';\n";

const FOUND: Readonly<Record<string, string>> = {
  'a constant': `${TYPE}const mine: SampleHandlers = { ping() {} };`,
  'satisfies behind as const': `${TYPE}const mine = ({ ping() {} } as const) satisfies SampleHandlers;`,
  'Readonly of it': `${TYPE}const mine: Readonly<SampleHandlers> = { ping() {} };`,
  'an alias of it': `${TYPE}type Mine = SampleHandlers & { close(): void };\nconst mine: Mine = { ping() {}, close() {} };`,
  'an interface that extends it': `${TYPE}interface Mine extends SampleHandlers { close(): void }\nconst mine: Mine = { ping() {}, close() {} };`,
  'an import alias':
    "import { type SampleHandlers as H } from './generated/sample.ts';\nconst mine: H = { ping() {} };",
  'a namespace':
    "import type * as g from './generated/sample.ts';\nconst mine: g.SampleHandlers = { ping() {} };",
  'an import type': "const mine: import('./generated/sample.ts').SampleHandlers = { ping() {} };",
  'a module that hands it on':
    "import type { SampleHandlers } from './wire.js';\nconst mine: SampleHandlers = { ping() {} };",
  'the generic type': `${VALUE}${CONTEXT}const mine: Handlers<typeof sampleProtocol> = { ping() {} };`,
  'a type argument': `${TYPE}define<SampleHandlers>({ ping() {} });`,
  'an argument beside the protocol': `${VALUE}register(overlay, sampleProtocol, { ping() {} });`,
  "a parameter of the file's function": `${TYPE}function use(handlers: SampleHandlers) {}\nuse({ ping() {} });`,
  'a function': `${TYPE}function create(overlay: Overlay): SampleHandlers {\n  function inner() { return { other: 1 }; }\n  return { ping() {} };\n}`,
  'an async function': `${TYPE}async function create(): Promise<SampleHandlers> { return { ping() {} }; }`,
  'an arrow function': `${TYPE}const create = (): SampleHandlers => ({ ping() {} });`,
  'a function type': `${TYPE}const create: (overlay: Overlay) => SampleHandlers = () => ({ ping() {} });`,
  'a getter': `${TYPE}class Room { get handlers(): SampleHandlers { return { ping() {} }; } }`,
  'a property': `${TYPE}class Room { readonly handlers: SampleHandlers = { ping() {} }; }`,
  'a variable that is returned': `${TYPE}function create(): SampleHandlers { const mine = { ping() {} }; return mine; }`,
  'a frozen object': `${TYPE}const mine: SampleHandlers = Object.freeze({ ping() {} });`,
  'a class': `${TYPE}class Mine implements SampleHandlers { ping() {} }`,
  'a class among interfaces': `${TYPE}class Mine extends EventTarget implements Closable, SampleHandlers { ping() {} }`,
  'a class expression': `${TYPE}const Mine = class implements SampleHandlers { ping() {} };`,
  'a class without implements': `${TYPE}class Mine { ping() {} }\nconst mine: SampleHandlers = new Mine();`,
  'handlers in a community': `${VALUE}const mine = { protocol: sampleProtocol, create: () => ({ handlers: { ping() {} } }) };`,
  'handlers of a function of the file': `${VALUE}const create = () => ({ ping() {} });\nconst mine = { protocol: sampleProtocol, create: () => ({ handlers: create() }) };`,
  'handlers of a class of the file': `${VALUE}class Mine { ping() {} }\nconst mine = { protocol: sampleProtocol, create: () => ({ handlers: new Mine() }) };`,
  behaviour: `${VALUE}${CONTEXT}function create(): Behaviour<typeof sampleProtocol> { return { handlers: { ping() {} } }; }`,
  'the name in its own scope': `${TYPE}function other() { const mine = { b: 1 }; return mine; }\nfunction create(): SampleHandlers { const mine = { ping() {} }; return mine; }`,
};

test.each(Object.entries(FOUND))('handlers are found in %s', async (_, text) => {
  const { codes, missing, text: after } = await reviewed(`${text}\n`, BOTH);
  expect(missing).toEqual(['pong']);
  expect(codes).toEqual(['stub/missing-handler']);
  expect((await reviewed(after, BOTH)).codes).toEqual([]);
});

const NOT_FOUND: Readonly<Record<string, string>> = {
  'an object of no type': 'const sampleHandlers = { ping() {} };',
  'a type of that name of its own':
    'type SampleHandlers = { ping(): void };\nconst mine: SampleHandlers = { ping() {} };',
  'another type by that alias':
    "import type { Other as SampleHandlers } from './other.ts';\nconst mine: SampleHandlers = { ping() {} };",
  "another module's type": `${TYPE}import type { SampleHandlers as Theirs } from './theirs.ts';\nconst mine: Theirs = { ping() {} };`,
  'a part of the handlers': `${TYPE}const mine: Partial<SampleHandlers> = { ping() {} };`,
  'the type as an argument of another': `${TYPE}const all: Map<string, SampleHandlers> = make({ ping() {} });`,
  'handlers from elsewhere': `${VALUE}import { mine } from './mine.ts';\nconst all = { protocol: sampleProtocol, create: () => ({ handlers: mine }) };`,
  'options of what makes handlers': `${TYPE}import { make } from './make.ts';\nconst mine: SampleHandlers = make({ log: true });`,
  "another protocol's":
    'const other = { protocol: otherProtocol, create: () => ({ handlers: {} }) };',
  'an alias of itself': 'type A = B;\ntype B = A;\nconst mine: A = { ping() {} };',
  'nothing at all': '',
};

test.each(Object.entries(NOT_FOUND))('%s is no place', async (_, text) => {
  const { codes, edits } = await reviewed(text, BOTH);
  expect(codes).toEqual(['stub/no-home']);
  expect(edits).toEqual([]);
});

/** Members that count as handlers of Ping and Pong. */
const COMPLETE: Readonly<Record<string, string>> = {
  'abstract members':
    'abstract class M implements SampleHandlers { abstract ping(): void; abstract pong(): void }',
  'arrow functions': 'class M implements SampleHandlers { ping = () => {}; pong = () => {} }',
  'names in quotes': "class M implements SampleHandlers { 'ping'() {} ['pong']() {} }",
  'parameter properties':
    'class M implements SampleHandlers { constructor(readonly ping: P, readonly pong: P) {} }',
  'inherited members':
    'class B { ping() {} }\nclass M extends B implements SampleHandlers { pong() {} }',
  overloads:
    'class M implements SampleHandlers { ping(): void; ping() {} get pong() { return f; } }',
  'a spread of the file':
    'const b = { ping() {} };\nconst m: SampleHandlers = { ...b, pong() {} };',
  'symbols beside':
    'class M implements SampleHandlers { ping() {} pong() {} [Symbol.dispose]() {} #own() {} static tell() {} }',
};

test.each(Object.entries(COMPLETE))('%s are seen', async (_, text) => {
  const { codes, edits } = await reviewed(`${TYPE}${text}\n`, BOTH);
  expect(codes).toEqual([]);
  expect(edits).toEqual([]);
});

const HIDDEN: Readonly<Record<string, string>> = {
  'a spread from elsewhere': 'const m: SampleHandlers = { ...shared };',
  'a computed name': 'const m: SampleHandlers = { [name]() {} };',
  'a class of another file':
    "import { Base } from './base.ts';\nclass M extends Base implements SampleHandlers { ping() {} }",
};

test.each(Object.entries(HIDDEN))('%s hides members', async (_, text) => {
  const { codes, isReadable } = await reviewed(`${TYPE}${text}\n`, BOTH);
  expect(codes).toEqual(['stub/unreadable-members']);
  expect(isReadable).toBe(false);
});

test('a class of a package hides no handlers', async () => {
  const text = `${TYPE}import { EventEmitter } from 'node:events';\nclass M extends EventEmitter implements SampleHandlers { ping() {} }\n`;
  expect((await reviewed(text, BOTH)).missing).toEqual(['pong']);
});

test('what brings itself ends', async () => {
  const spread = `${TYPE}const m: SampleHandlers = { ...b };\nconst b = { ...m, ping() {} };\n`;
  expect((await reviewed(spread, BOTH)).missing).toEqual(['pong']);
  const text = `${TYPE}class A extends B implements SampleHandlers {}\nclass B extends A {}\n`;
  expect((await reviewed(text, BOTH)).missing).toEqual(['ping', 'pong']);
});

test.each([
  ['parentheses', `const a = ${'('.repeat(20_000)}1${')'.repeat(20_000)};`],
  ['a sum', `const a = ${Array.from({ length: 20_000 }, () => '1').join(' + ')};`],
])('%s nested too deep are a diagnostic', async (_, text) => {
  const { codes, diagnostics, edits } = await reviewed(`${TYPE}${text}\n`, BOTH);
  expect(codes).toEqual(['stub/broken-file']);
  expect(diagnostics[0]?.primary.text).toBe('it is nested too deep');
  expect(edits).toEqual([]);
});
