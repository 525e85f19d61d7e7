/** What a `request` becomes: a function, an entry of the protocol, a handler that answers. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'prettier';
import { afterAll, expect, test } from 'vitest';
import type { Field, Message, Request } from '../../../compiler/ir/model.ts';
import type { IntegerType } from '../../../compiler/ir/wire-type.ts';
import { printStubFile } from '../../../compiler/stub/stub-file.ts';
import { createStubRequest } from '../../../compiler/stub/request.ts';
import type { Protocol } from '../../../runtime/codegen.ts';
import { bytes, community, field, message, model, uint } from './model-factories.ts';
import { emitToDirectory, ROOT } from './temporary-modules.ts';

const BASE = { place: { path: 'schemas/base.ipv8', line: 1 } };
const OWN = { place: { path: 'schemas/own.ipv8', line: 1 } };

const LONG = 'a_request_with_a_name_so_long_that_nothing_with_it_fits_into_one_line';

function integer(bits: IntegerType['bits'], more: Partial<IntegerType> = {}): IntegerType {
  return { kind: 'integer', bits, isSigned: false, range: undefined, ...more };
}

function request(name: string, names: readonly [string, string], more: Partial<Request>): Request {
  const [asking, answering] = names;
  const fixed = { doc: '', ...OWN, by: 'identifier', timeoutMs: 10_000, retries: 0 };
  return { name, request: asking, response: answering, ...fixed, ...more };
}

/** A question and its answer: `Ask3` and `Tell3` under the ids 6 and 7. */
function pair(at: number, fields: readonly Field[], more: Partial<Message> = {}) {
  return [
    message(`Ask${at}`, fields, { ...OWN, id: 2 * at, ...more }),
    message(`Tell${at}`, fields, { ...OWN, id: 2 * at + 1, ...more }),
  ];
}

const between = (min: bigint, max: bigint) => ({ range: { min, max } });

const base = community(
  'Base',
  [
    message('Look', [field('identifier', uint(32))], { ...BASE, id: 100 }),
    message('Seen', [field('identifier', uint(32)), field('what', bytes(8))], { ...BASE, id: 101 }),
    message('Heard', [field('identifier', uint(32))], { ...BASE, id: 102 }),
  ],
  { ...BASE, requests: [request('look', ['Look', 'Seen'], { ...BASE, timeoutMs: 1_500 })] },
);

const own = community(
  'Own',
  [
    ...pair(0, [field('identifier', integer(8)), field('text', bytes(16))]),
    ...pair(1, [field('identifier', integer(64, { isSigned: true }))], { isTimed: true }),
    ...pair(2, [field('identifier', integer(64))], { auth: 'unsigned' }),
    message('Ask3', [field('identifier', integer(16, between(5n, 90n)))], { ...OWN, id: 6 }),
    message('Tell3', [field('identifier', integer(16, between(7n, 99n)))], { ...OWN, id: 7 }),
    ...pair(4, [field('circuit_id', uint(32)), field('identifier', uint(16))], { via: ['cell'] }),
    message('Shout', [field('identifier', uint(32))], { ...OWN, id: 30 }),
    // The number's property meets another one's.
    message('Ask5', [field('a_b', uint(8)), field('a__b', uint(8))], { ...OWN, id: 10 }),
    message('Tell5', [field('a__b', uint(8))], { ...OWN, id: 11 }),
    message('Await', [field('identifier', uint(8))], { ...OWN, id: 12 }),
    message('Awaited', [field('identifier', uint(8))], { ...OWN, id: 13 }),
  ],
  {
    ...OWN,
    parent: 'Base',
    identity: { kind: 'inherited' },
    requests: [
      request(LONG, ['Ask0', 'Tell0'], { retries: 3, doc: 'IPv8 in a doc.' }),
      request('signed_number', ['Ask1', 'Tell1'], { doc: 'Looks.' }),
      request('big', ['Ask2', 'Tell2'], {}),
      request('narrow', ['Ask3', 'Tell3'], { retries: 1 }),
      request('cells', ['Ask4', 'Tell4'], {}),
      request('shout', ['Shout', 'Heard'], {}),
      request('odd', ['Ask5', 'Tell5'], { by: 'a__b' }),
      request('await', ['Await', 'Awaited'], {}),
    ],
  },
);

const MODEL = model(['schemas/base.ipv8', [base]], ['schemas/own.ipv8', [own]]);
const emitted = emitToDirectory(MODEL);
afterAll(() => emitted.remove());

async function load(name: string): Promise<Readonly<Record<string, unknown>>> {
  return (await import(join(emitted.directory, name))) as Readonly<Record<string, unknown>>;
}

test.each(emitted.files)('$name is as Prettier formats it', async ({ text }) => {
  const options = { parser: 'typescript', printWidth: 100, singleQuote: true };
  expect(text).toBe(await format(text, options));
});

test('a protocol has requests by question, its parents’ too, and no handlers for answers', async () => {
  const { ownProtocol } = (await load('own.ts')) as { readonly ownProtocol: Protocol };
  const asked = ['ask0', 'ask1', 'ask2', 'ask3', 'ask4', 'shout', 'ask5', 'await'];
  expect(Object.keys(ownProtocol.messages)).toEqual(['look', ...asked]);
  expect(Object.keys(ownProtocol.requests ?? {})).toEqual(['look', ...asked]);
  const { baseProtocol } = (await load('base.ts')) as { readonly baseProtocol: Protocol };
  // Here it answers nothing.
  expect(Object.keys(baseProtocol.messages)).toEqual(['look', 'heard']);
  expect(ownProtocol.requests?.['look']).toEqual(baseProtocol.requests?.['look']);
  expect(ownProtocol.requests?.['look']).toMatchObject({ timeoutMs: 1_500, retries: 0 });
});

test('numbers fit the fields of both messages', async () => {
  const { ownProtocol } = (await load('own.ts')) as { readonly ownProtocol: Protocol };
  const idsOf = (name: string) => ownProtocol.requests?.[name]?.ids;
  expect(idsOf('ask0')).toEqual({ min: 0, max: 255 });
  expect(idsOf('ask1')).toEqual({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
  expect(idsOf('ask2')).toEqual({ min: 0n, max: 2n ** 64n - 1n });
  expect(idsOf('ask3')).toEqual({ min: 7, max: 90 });
  expect(ownProtocol.requests?.['ask5']).toMatchObject({ askedBy: 'aB_', answeredBy: 'aB' });
});

test('there is a function for each request that travels in datagrams', async () => {
  const functions = Object.keys(await load('own.ts')).filter((name) => name.startsWith('request'));
  expect(functions.toSorted()).toEqual([
    'requestARequestWithANameSoLongThatNothingWithItFitsIntoOneLine',
    'requestAwait',
    'requestBig',
    'requestNarrow',
    'requestOdd',
    'requestShout',
    'requestSignedNumber',
  ]);
  const text = emitted.files.find(({ name }) => name === 'own.ts')?.text;
  expect(text).toContain('for Tell0: IPv8 in a doc.\n *\n * Waits 10 s, and asks again 3 times.');
  expect(text).toContain('Asks with Ask1 for Tell1: looks.');
});

const USE = `import { requestAwait, requestOdd, requestSignedNumber, type OwnHandlers } from './own.ts';
import type { Overlay, Peer } from '../../runtime/index.ts';

export async function use(overlay: Overlay, peer: Peer): Promise<Peer | undefined> {
  const odd = await requestOdd(overlay, peer, { aB: 1 }, { timeoutMs: 5 });
  if (odd.ok) odd.value.aB satisfies number;
  else odd.error.code satisfies 'timeout' | 'full' | 'closed' | string;
  await requestAwait(overlay, peer);
  const timed = await requestSignedNumber(overlay, peer);
  return timed.ok && timed.context.globalTime > timed.value.identifier ? timed.context.peer : undefined;
}

export const answers: Pick<OwnHandlers, 'look' | 'ask0' | 'ask1' | 'ask2' | 'ask3'> = {
  look: (message, { peer }) => ({ what: peer.mid, more: message.identifier }),
  ask0: async ({ text }) => ({ text }),
  ask1: () => undefined,
  // @ts-expect-error Not an answer.
  ask2: () => 5,
  async ask3() {
    return undefined;
  },
};

export const wrong: Pick<OwnHandlers, 'ask0'> = {
  // @ts-expect-error A field of the answer is missing.
  ask0: () => ({}),
};

// @ts-expect-error An answer has no handler.
export type None = OwnHandlers['tell0'];

export async function misuse(overlay: Overlay, peer: Peer): Promise<void> {
  // @ts-expect-error The number is drawn.
  await requestOdd(overlay, peer, { aB: 1, aB_: 5 });
  // @ts-expect-error A field is missing.
  await requestOdd(overlay, peer, {});
}
`;

test('functions, handlers and stubs have the types of the schema', () => {
  const imports = { module: './own.ts', runtime: '../../runtime/index.ts' };
  const stub = createStubRequest(MODEL, own, imports);
  const text = printStubFile(stub);
  expect(text).toContain('Returns the fields of Tell0, or undefined for no answer.');
  expect(text).not.toContain('tell0(');
  writeFileSync(join(emitted.directory, 'stub.ts'), text);
  writeFileSync(join(emitted.directory, 'use.ts'), USE);
  const config = { extends: '../../tsconfig.json', include: ['*.ts'], exclude: [] };
  writeFileSync(join(emitted.directory, 'tsconfig.json'), JSON.stringify(config));
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
  const said = spawnSync(process.execPath, [tsc, '-p', emitted.directory], { encoding: 'utf8' });
  expect(said.stdout).toBe('');
}, 60_000);
