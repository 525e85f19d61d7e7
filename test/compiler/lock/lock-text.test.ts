import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { snapshotOf } from '../../../compiler/cli/snapshot.ts';
import type { Model } from '../../../compiler/ir/model.ts';
import { compare } from '../../../compiler/lock/compare.ts';
import { lockHost, lockText } from '../../../compiler/lock/lock-text.ts';
import { loadProgram } from '../../../compiler/program/program.ts';
import { memoryHost, programOf } from '../check/expect-problems.ts';
import { community, field, message, model, struct, uint } from '../emit/model-factories.ts';
import { ROOT } from '../emit/temporary-modules.ts';

const SHIPPED = Object.fromEntries(
  readdirSync(join(ROOT, 'schemas'))
    .filter((name) => name.endsWith('.ipv8'))
    .map((name) => [name, readFileSync(join(ROOT, 'schemas', name), 'utf8')] as const),
);

async function readBack(text: string) {
  const lock = lockHost(text);
  if (lock === undefined) throw new Error('no lock');
  return loadProgram(lock.host, lock.paths);
}

test('the shipped schemas come back from their lock as they were', async () => {
  const program = await loadProgram(memoryHost(SHIPPED), Object.keys(SHIPPED));
  const text = lockText(program.model);
  const again = await readBack(text);
  expect(again.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(lockText(again.model)).toBe(text);
  expect(compare(snapshotOf(again), snapshotOf(program))).toEqual([]);
  expect(compare(snapshotOf(program), snapshotOf(again))).toEqual([]);
});

const NODE = 'struct Node {\n  address: ip // where\n}\n';
const REASON = 'enum Reason: u8 { full = 1, closed = 0x02 }\n';
const CHAT = `community Chat = sha1("chat") {
  signed message Bye = 2 { reason: Reason }
  signed message Hello = 1 { nodes: list<inline Node, u8, ..4>, rest: rest }
}
`;

async function modelOf(text: string): Promise<Model> {
  return (await programOf({ 'a.ipv8': text })).model;
}

test('order, comments and spelling of a schema do not show in its lock', async () => {
  const one = lockText(await modelOf(`${NODE}${REASON}${CHAT}`));
  const other = lockText(await modelOf(`/// Documented.\n${CHAT}\n${REASON}\n${NODE}`));
  expect(other).toBe(one);
  expect(one).toContain('    nodes: list<inline Node, u8, ..4>\n');
});

test('fingerprints name the bytes: not what fields are called, but all they consist of', async () => {
  const prints = async (text: string) =>
    [...lockText(await modelOf(text)).matchAll(/ipv8fp1:[0-9a-f]{16}/g)].map(([print]) => print);
  const before = await prints(`${NODE}${REASON}${CHAT}`);
  expect(new Set(before).size).toBe(2);
  expect(await prints(`${NODE}${REASON}${CHAT.replace('nodes:', 'peers:')}`)).toEqual(before);
  // A struct inside, its bound, the envelope: each changes the message's print, and only that.
  const inside = await prints(`${NODE.replace('ip', 'ipv4')}${REASON}${CHAT}`);
  expect([inside[0] === before[0], inside[1] === before[1]]).toEqual([false, true]);
  const bound = await prints(`${NODE}${REASON}${CHAT.replace('..4', '..5')}`);
  expect([bound[0] === before[0], bound[1] === before[1]]).toEqual([false, true]);
  const timed = await prints(
    `${NODE}${REASON}${CHAT.replace('signed message B', 'signed timed message B')}`,
  );
  expect([timed[0] === before[0], timed[1] === before[1]]).toEqual([true, false]);
});

test('structs that hold the one before twice are fingerprinted in no time', () => {
  const doubling = Array.from({ length: 30 }, (_, at) => {
    const before = { kind: 'struct', structName: `S${at - 1}`, isInline: true } as const;
    const fields = at === 0 ? [field('a', uint(8))] : [field('a', before), field('b', before)];
    return struct(`S${at}`, fields);
  });
  const outer = field('s', { kind: 'struct', structName: 'S29', isInline: true });
  const chat = community('Chat', [message('Hello', [outer])]);
  expect(lockText(model(['a.ipv8', [...doubling, chat]]))).toMatch(/ipv8fp1:/);
});

test('what is no lock is told from one', () => {
  expect(lockHost('')).toBeUndefined();
  expect(lockHost('struct A { a: u8 }\n')).toBeUndefined();
  const later = lockText({ modules: [] }).replace('format 1', 'format 2');
  expect(lockHost(later)).toBeUndefined();
  expect(lockHost(lockText({ modules: [] }).replaceAll('\n', '\r\n'))?.paths).toEqual([]);
});
