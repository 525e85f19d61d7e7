import { expect, test } from 'vitest';
import { occurrencesOf } from '../../../compiler/language-server/occurrences.ts';
import { rename } from '../../../compiler/language-server/rename.ts';
import { applied, viewOf } from './views.ts';

const SCHEMA = `const ONE = 1

/// Why.
enum Reason: u8 { unknown = 0, gone = 1 }

/// What.
flags Can: u8 { relay = 1, exit = 2 }

/// A.
struct Plain { value: u8 }

/// Any.
union Entry: u8 { 0: Plain }

/// A text.
codec word: string<u8, ..4> via { ts: "./word.ts#word" }

/// All.
community All = sha1("all") {
  /// Asks.
  signed message Ask = 1 {
    identifier: u16
    reason: Reason
    can: Can
    entry: Entry
    many: list<inline Plain, u8, ..4>
    bits: bits { why: Reason[2], _[6] }
    text: word
  }

  /// Answers.
  signed message Answer = 2 { identifier: u16 }

  /// Pairs.
  request ask(Ask): Answer by identifier timeout 1s
}

/// More.
community More extends All {
  /// Another question.
  signed message AskMore overrides Ask { const tag: u8 = 1, identifier: u16 }
}

vector "one" Ask {
  identifier: ONE
  reason: gone
  can: [relay]
  entry: Plain { value: 1 }
  many: [{ value: 2 }]
  bits: { why: unknown }
  text: "word"
} = hex"00"
`;

test('every name in a vector stands for something', async () => {
  const { view } = await viewOf({ 'a.ipv8': SCHEMA });
  const tail = SCHEMA.indexOf('vector');
  const found = occurrencesOf(view, view.schema)
    .filter(({ name }) => name.span.start > tail)
    .map(({ entities, kind, name }) => [name.text, kind, ...entities.map((one) => one.kind)]);
  expect(found.map((one) => one.join(' '))).toEqual([
    'Ask reference message',
    'identifier reference field',
    'ONE reference declaration',
    'reason reference field',
    'gone reference member',
    'can reference field',
    'relay reference member',
    'entry reference field',
    'Plain reference declaration',
    'value reference field',
    'many reference field',
    'value reference field',
    'bits reference field',
    'why reference bit',
    'unknown reference member',
    'text reference field',
  ]);
});

async function renamed(from: string, to: string): Promise<string> {
  const at = SCHEMA.indexOf(from);
  const marked = `${SCHEMA.slice(0, at)}‸${SCHEMA.slice(at)}`;
  const { position, view } = await viewOf({ 'a.ipv8': marked });
  const result = await rename(view, position, to);
  return result.ok ? (applied(view, result.edit)['a.ipv8'] ?? '') : result.reason;
}

test.each([
  ['gone = 1', 'left', 'reason: left\n'],
  ['relay = 1', 'carry', 'can: [carry]\n'],
  ['value: u8', 'number', 'entry: Plain { number: 1 }\n  many: [{ number: 2 }]'],
  ['why: Reason', 'cause', 'bits: { cause: unknown }'],
  ['Ask = 1', 'Question', 'vector "one" Question {'],
  ['Ask = 1', 'Question', 'AskMore overrides Question {'],
  ['Ask = 1', 'Question', 'request ask(Question): Answer'],
  ['word: string', 'term', 'text: term\n'],
  ['ask(Ask)', 'find', 'request find(Ask)'],
])('renaming %s to %s gives %s', async (from, to, expected) => {
  expect(await renamed(from, to)).toContain(expected);
});

test('a field that pairs two messages is renamed in both, from wherever one stands', async () => {
  for (const from of ['identifier: u16\n', 'identifier: u16 }', 'identifier timeout']) {
    const text = await renamed(from, 'id');
    expect(text.split('identifier')).toHaveLength(2);
    expect(text).toContain('by id timeout');
  }
});

test('a codec that is carried by itself ends', async () => {
  const circular = SCHEMA.replace('word: string<u8, ..4>', 'word: word');
  const { view } = await viewOf({ 'a.ipv8': circular });
  expect(occurrencesOf(view, view.schema).length).toBeGreaterThan(20);
});
