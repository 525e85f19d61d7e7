import { expect, test } from 'vitest';
import { createLedger } from '../../../compiler/prove/ledger.ts';
import { prove, type Proof, type Proving } from '../../../compiler/prove/prove.ts';
import { findingText, proofLine } from '../../../compiler/prove/report.ts';
import { createValueGenerator } from '../../../compiler/values/generate.ts';
import type { JsonValue } from '../../../compiler/values/json-value.ts';
import { createDeclarations } from '../../../compiler/wire/declarations.ts';
import { rootsOf } from '../../../compiler/wire/roots.ts';
import { TEST_SEED } from '../../seed.ts';
import {
  bytes,
  community,
  field,
  list,
  message,
  model,
  struct,
  uint,
} from '../emit/model-factories.ts';
import { DRAWN } from '../values/models.ts';
import { type CountingSide, faithfulSide, type Faults } from './faithful-side.ts';

test.each(DRAWN)('a side that is right has no divergence in $name', async (drawn) => {
  const { declarations } = drawn;
  const other = faithfulSide([drawn], declarations);
  const proof = await prove({
    rooted: drawn,
    declarations,
    place: 0,
    generate: createValueGenerator(declarations),
    other,
    ledger: createLedger([]),
    seed: TEST_SEED,
    count: 5,
  });
  expect(proof).toMatchObject({ values: 5, changed: 5, findings: [] });
});

const NODE = struct('Node', [field('port', uint(16)), field('key', bytes(16))]);
const FIND = message('Find', [
  field('identifier', uint(32)),
  field('nodes', list({ kind: 'struct', structName: 'Node', isInline: true }, 8)),
]);
const OVERLAY = model(['x.ipv8', [NODE, community('Overlay', [FIND])]]);
const DECLARATIONS = createDeclarations(OVERLAY);
const [, ROOTED] = rootsOf(OVERLAY);

type Found = { readonly proof: Proof; readonly text: string; readonly other: CountingSide };

async function proofOf(faults: Faults, more: Partial<Proving> = {}): Promise<Found> {
  if (ROOTED === undefined) throw new Error('no message');
  const reading = { rooted: ROOTED, declarations: DECLARATIONS };
  const other = faithfulSide([ROOTED], DECLARATIONS, faults);
  const proof = await prove({
    ...reading,
    place: 0,
    generate: createValueGenerator(DECLARATIONS),
    other,
    ledger: createLedger([]),
    seed: 11,
    count: 400,
    ...more,
  });
  if (proof === undefined) throw new Error('no proof');
  const text = proof.findings.map((one) => findingText(one, reading, 11)).join('');
  return { proof, text, other };
}

type Find = { identifier: number; nodes: { port: number; key: string }[] };

const isHighPort = (value: JsonValue): boolean =>
  (value as unknown as Find).nodes.some(({ port }) => port > 300);

test('other bytes are found with their field, made small, and printed as a vector', async () => {
  const { proof, text } = await proofOf({
    write: (value, right) => {
      const [isGood, hex] = right;
      const { identifier } = value as unknown as Find;
      // A number in the wrong order.
      const turned = hex.slice(0, 8).match(/../g)?.reverse().join('');
      return isGood && identifier > 500 ? [true, `${turned}${hex.slice(8)}`] : right;
    },
  });
  expect(proof.findings.map(({ divergence }) => divergence)).toEqual([
    { kind: 'other-bytes', field: 'identifier', ours: '000001f500', theirs: 'f501000000' },
  ]);
  expect(text).toContain(
    'vector "prove: other-bytes" Find {\n  identifier: 501\n  nodes: []\n} = hex"000001f500"',
  );
});

test('what a fault needs is all that is left of the value', async () => {
  const { proof, text } = await proofOf({
    write: (value, right) => (isHighPort(value) ? [false, 'error: port'] : right),
  });
  const [finding, ...others] = proof.findings;
  expect(others).toEqual([]);
  expect(finding?.divergence).toMatchObject({ kind: 'not-written', theirs: 'error: port' });
  expect(finding?.count).toBeGreaterThan(50);
  expect(text)
    .toBe(`Overlay.Find: not-written: Python does not write a value that the schema allows, ${finding?.count} times with seed 11
  TypeScript: 0000000001012d0000
  Python:     error: port

vector "prove: not-written" Find {
  identifier: 0
  nodes: [
    {
      port: 301
      key: hex""
    }
  ]
} = hex"0000000001012d0000"

`);
});

test('another value is found with its field', async () => {
  const { proof, text } = await proofOf({
    read: (_, right) => {
      const [isRead, value] = right;
      if (!isRead || !isHighPort(value)) return right;
      const { identifier, nodes } = value as unknown as Find;
      const low = nodes.map((node) => ({ ...node, port: node.port & 0xff }));
      return [true, { identifier, nodes: low }];
    },
  });
  const shown = proof.findings.map(({ divergence: { field: at, kind } }) => `${kind} ${at}`);
  expect(new Set(shown)).toEqual(new Set(['other-value nodes[0].port']));
  expect(text).toContain('Overlay.Find (nodes[0].port): other-value: Python reads another value');
});

test('bytes that only one side reads are made small', async () => {
  const strict = await proofOf({
    read: (hex, right) => (hex.endsWith('ff') ? [false, 'error: ends badly'] : right),
  });
  const kinds = strict.proof.findings.map(({ divergence }) => divergence.kind);
  expect(kinds).toContain('only-typescript-reads');
  const soft = await proofOf({
    read: (hex, right) => (right[0] || hex.length < 4 ? right : [true, 'anything']),
  });
  const smallest = soft.proof.findings.find(({ divergence }) => divergence.field === 'identifier');
  expect(smallest).toMatchObject({ hex: '0000', value: undefined });
  expect(soft.text).toContain('only-python-reads');
  expect(soft.text).toContain('malformed "prove: only-python-reads" Find hex"0000"');
});

test('what the ledger has is counted and not shown', async () => {
  const entry = {
    message: 'Overlay.*',
    field: '*',
    what: 'not-written',
    reason: 'a test',
  } as const;
  const ledger = createLedger([entry]);
  const faults: Faults = {
    write: (value, right) => (isHighPort(value) ? [false, 'error: port'] : right),
  };
  const { proof } = await proofOf(faults, { ledger });
  expect(proof.findings).toEqual([]);
  expect(proof.meant.get(entry)).toBeGreaterThan(50);
  expect(proofLine('Overlay.Find', proof)).toMatch(
    /^same {4}Overlay\.Find: 400 values, 400 changed bytes, \d+ of them read, \d+ divergences of the ledger\n$/,
  );
  expect(ledger.unused(['Overlay.Find'])).toEqual([]);
});

test('one seed asks the same, another seed something else', async () => {
  const asked = async (seed: number) => (await proofOf({}, { seed, count: 300 })).other.asked;
  expect(await asked(1)).toEqual(await asked(1));
  expect(await asked(1)).not.toEqual(await asked(2));
});

test('a side that fails ends the proof with its error, and only with that', async () => {
  let left = 2;
  const { other } = await proofOf({});
  const failing = {
    async ask(question: Parameters<typeof other.ask>[0]) {
      if (left-- === 0) throw new Error('gone');
      if (left < 0) throw new Error('still gone');
      return other.ask(question);
    },
  };
  await expect(proofOf({}, { other: failing, count: 1500 })).rejects.toThrow(/^gone$/);
});
