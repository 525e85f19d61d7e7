/** Handlers whose message is gone: which members count, and what is suggested. */
import { expect, test } from 'vitest';
import { applyFixes } from '../../../compiler/diagnostics/apply-fixes.ts';
import { positionAt } from '../../../compiler/source/position.ts';
import { createSource } from '../../../compiler/source/source.ts';
import { applyInsertions, reviewHandlers } from '../../../compiler/stub/review.ts';
import { request, reviewed } from './requests.ts';

const TYPE =
  "import type { SampleHandlers, Pong } from './generated/sample.ts';\nimport type { SignedContext } from 'ipv8';\n";

/** The file after every suggestion to rename is taken. */
async function renamed(text: string, ...names: readonly string[]): Promise<string> {
  const source = createSource('sample.ts', TYPE + text);
  const { diagnostics } = await reviewHandlers(source, request(...names));
  const edits = diagnostics
    .filter(({ code }) => code === 'stub/unknown-handler')
    .flatMap(({ suggestions }) => suggestions)
    .flatMap((one) => one.edits);
  let after = source.text;
  for (const { replacement, span } of edits.toReversed()) {
    after = after.slice(0, span.start) + replacement + after.slice(span.end);
  }
  return after.slice(TYPE.length);
}

test.each([
  ['pong() {}', 'onPong() {}', 'OnPong'],
  ['onPong() {}', 'pong() {}', 'Pong'],
  ['pomg: () => {}', 'pong: () => {}', 'Pong'],
  ["'pomg'() {}", "'pong'() {}", 'Pong'],
  ['pomg', 'pong: pomg', 'Pong'],
])('in an object, %s becomes %s', async (before, after, name) => {
  const text = (member: string) => `const mine: SampleHandlers = { ${member} };\n`;
  expect(await renamed(text(before), name)).toBe(text(after));
});

test.each([
  ['a parameter is a message', 'gone(message: Pong) {}'],
  ['a parameter comes with a message', 'gone(message: unknown, context: SignedContext) {}'],
  ['it is a stub', "gone() { throw new NotImplementedError('Gone', 'a.ipv8:1'); }"],
  ['its name is like that of a message without a handler', 'onPing() {}'],
  ['it is a property with a function', 'readonly gone = (message: Pong) => {};'],
])('in a class, a member counts when %s', async (_, member) => {
  const text = `${TYPE}class Mine implements SampleHandlers { ${member} }\n`;
  const { leftOver } = await reviewed(text, request('Ping'));
  expect(leftOver).toHaveLength(1);
});

test.each(['tell(peer: Peer) {}', 'clock = 0;', '#gone(message: Pong) {}', 'static gone() {}'])(
  'in a class, %s is nothing but a member',
  async (member) => {
    const text = `${TYPE}class Mine implements SampleHandlers { ping() {} ${member} }\n`;
    expect((await reviewed(text, request('Ping'))).codes).toEqual([]);
  },
);

test('where the type allows more, other members are no handlers', async () => {
  const text = `${TYPE}const mine: SampleHandlers & Closable = { ping() {}, close() {} };\n`;
  expect((await reviewed(text, request('Ping'))).codes).toEqual([]);
});

test('a diagnostic stands at the name, behind a byte order mark too', async () => {
  const text = `\ufeff${TYPE}const mine: SampleHandlers = {\n  ping() {},\n  gone() {},\n};\n`;
  const [only] = (await reviewed(text, request('Ping'))).diagnostics;
  expect(only?.code).toBe('stub/unknown-handler');
  const { span } = only?.primary ?? { span: undefined };
  expect(span && text.slice(span.start, span.end)).toBe('gone');
  expect(span && positionAt(span.source, span.start)).toEqual({ line: 5, column: 3 });
});

test('what is missing is added by the fixes that an editor applies, one after the other', async () => {
  const wanted = request('Ping', 'Pong');
  const first = createSource('sample.ts', `${TYPE}const mine: SampleHandlers = {\n};\n`);
  const all = await reviewHandlers(first, wanted);
  let source = first;
  for (let round = 0; round < 2; round++) {
    const { diagnostics } = await reviewHandlers(source, wanted);
    source = createSource('sample.ts', applyFixes(source, diagnostics).text);
  }
  expect((await reviewHandlers(source, wanted)).diagnostics).toEqual([]);
  expect(source.text).toBe(applyInsertions(first, all.edits));
});
