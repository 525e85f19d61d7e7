/** One message held against the other side: many values, and as many bytes that nearly are some. */
import { fromHex, toHex } from '../../runtime/base/bytes.ts';
import type { VectorValue } from '../ir/model.ts';
import { createChance } from '../values/chance.ts';
import type { ValueGenerator } from '../values/generate.ts';
import { type JsonValue, jsonValue } from '../values/json-value.ts';
import { mutate, type Sample } from '../values/mutate.ts';
import { shrinkBytes } from '../values/shrink-bytes.ts';
import { smallerValues } from '../values/shrink-value.ts';
import { shrinkValue } from '../values/shrink.ts';
import { spansOf } from '../values/spans.ts';
import { encodeValue } from '../wire/encode-value.ts';
import { interpret } from '../wire/interpret.ts';
import {
  type Divergence,
  fieldPattern,
  judgeBytes,
  judgeWritten,
  type Reading,
} from './divergence.ts';
import type { Ledger, LedgerEntry } from './ledger.ts';
import type { Answer, OtherSide } from './side.ts';

export type Proving = Reading & {
  /** The message's place in what the other side was told. */
  readonly place: number;
  readonly generate: ValueGenerator;
  readonly other: OtherSide;
  readonly ledger: Ledger;
  readonly seed: number;
  /** Values to compare; as many changed bytes are. */
  readonly count: number;
};

/** The smallest case of a divergence that was found. */
export type Finding = {
  readonly divergence: Divergence;
  /** What was written; undefined where bytes were changed. */
  readonly value: VectorValue | undefined;
  readonly hex: string;
  /** Cases that diverge alike. */
  readonly count: number;
};

export type Proof = {
  readonly values: number;
  /** Changed bytes, and how many of them were read. */
  readonly changed: number;
  readonly read: number;
  readonly findings: readonly Finding[];
  /** Divergences by the entry of the ledger that they are meant by. */
  readonly meant: ReadonlyMap<LedgerEntry, number>;
};

/** Values that are sent at once. */
const BATCH = 250;

/** Values of each batch whose bytes are changed. */
const SAMPLES = 24;

/** Kinds of findings in one message that are made small; whoever has more sees the same fault again. */
const FINDINGS_MAX = 5;

/** A value with its bytes, or bytes. */
type Case = { readonly value: VectorValue | undefined; readonly hex: string };

type Found = { readonly first: Case; readonly divergence: Divergence; count: number };

/** Undefined where no value of the message fits a datagram. */
export async function prove(proving: Proving): Promise<Proof | undefined> {
  const { count, generate, rooted, seed } = proving;
  const found = new Map<string, Found>();
  const meant = new Map<LedgerEntry, number>();
  const totals = { values: 0, changed: 0, read: 0 };
  const waiting: Promise<void>[] = [];
  for (let from = 0; from < count; from += BATCH) {
    const cases: Case[] = [];
    for (let number = from; number < Math.min(from + BATCH, count); number++) {
      const value = generate(rooted.root, createChance(seed, rooted.name, number));
      if (value === undefined) return undefined;
      cases.push({ value, hex: written(value, proving) });
    }
    const changed = changedCases(cases, from, proving);
    // The next batch is drawn while this one is on its way.
    waiting.push(askAbout(cases, changed, proving).then((answer) => note(cases, changed, answer)));
    if (waiting.length > 1) await oldest(waiting);
  }
  while (waiting.length > 0) await oldest(waiting);
  const findings: Finding[] = [];
  for (const one of [...found.values()].slice(0, FINDINGS_MAX)) {
    findings.push(await smallest(one, proving));
  }
  return { ...totals, findings, meant };

  function note(cases: readonly Case[], changed: readonly Case[], answer: Answer): void {
    const all = [...cases, ...changed];
    for (const [at, one] of all.entries()) {
      const divergence = judge(one, at, cases.length, answer, proving);
      if (divergence === undefined) continue;
      const entry = proving.ledger.find(rooted.name, divergence);
      if (entry !== undefined) {
        meant.set(entry, (meant.get(entry) ?? 0) + 1);
        continue;
      }
      const alike = `${divergence.kind} ${fieldPattern(divergence.field)}`;
      const known = found.get(alike);
      if (known === undefined) found.set(alike, { first: one, divergence, count: 1 });
      else known.count++;
    }
    totals.values += cases.length;
    totals.changed += changed.length;
    totals.read += answer.read.filter(([isRead]) => isRead).length;
  }
}

/** Waits for the first; what fails behind it is not told as well. */
async function oldest(waiting: Promise<void>[]): Promise<void> {
  for (const one of waiting.slice(1)) one.catch(() => undefined);
  await waiting.shift();
}

function written(value: VectorValue, { declarations, rooted }: Reading): string {
  const encoded = encodeValue(rooted.root, value, declarations);
  if (encoded.ok) return encoded.hex;
  throw new Error(`${rooted.name}: a value is not written: ${encoded.path} ${encoded.detail}`);
}

function changedCases(
  cases: readonly Case[],
  from: number,
  { declarations, rooted, seed }: Proving,
): readonly Case[] {
  const samples = cases.slice(0, SAMPLES).map(({ hex }): Sample => {
    const bytes = fromHex(hex);
    return { bytes, spans: spansOf(interpret(rooted.root, bytes, { declarations }).tree) };
  });
  return cases.map((_, at) => {
    const chance = createChance(seed, `changed ${rooted.name}`, from + at);
    return { value: undefined, hex: toHex(mutate({ samples }, chance)) };
  });
}

function askAbout(
  cases: readonly Case[],
  changed: readonly Case[],
  { other, place }: Proving,
): Promise<Answer> {
  const values = cases.flatMap(({ value }) => (value === undefined ? [] : [jsonValue(value)]));
  return other.ask({ root: place, values, bytes: changed.map(({ hex }) => hex) });
}

/** What differs in the case at that place: values stand in front of bytes. */
function judge(
  { hex, value }: Case,
  at: number,
  values: number,
  { again, read, written: theirs }: Answer,
  reading: Reading,
): Divergence | undefined {
  const none = [false, 'no answer'] as const;
  if (value === undefined) return judgeBytes(hex, read[at - values] ?? none, reading);
  const json: JsonValue = jsonValue(value);
  const outcomes = { written: theirs[at] ?? none, again: again[at] ?? none };
  return judgeWritten(hex, json, outcomes, reading);
}

/** The smallest case that diverges in the same way. */
async function smallest({ count, divergence, first }: Found, proving: Proving): Promise<Finding> {
  const { declarations, rooted } = proving;
  const judged = async (cases: readonly Case[]): Promise<readonly (Divergence | undefined)[]> => {
    const values = cases.filter(({ value }) => value !== undefined);
    const bytes = cases.filter(({ value }) => value === undefined);
    const answer = await askAbout(values, bytes, proving);
    return [...values, ...bytes].map((one, at) => judge(one, at, values.length, answer, proving));
  };
  const isAlike = (one: Divergence | undefined): boolean =>
    one?.kind === divergence.kind && fieldPattern(one.field) === fieldPattern(divergence.field);
  const caseOf = (value: VectorValue): Case => ({ value, hex: written(value, proving) });
  let small: Case;
  if (first.value === undefined) {
    const fails = async (input: Uint8Array): Promise<boolean> => {
      const [one] = await judged([{ value: undefined, hex: toHex(input) }]);
      return isAlike(one);
    };
    const input = await shrinkBytes(fromHex(first.hex), { fails, plain: 0 });
    small = { value: undefined, hex: toHex(input) };
  } else {
    const value = await shrinkValue(first.value, {
      smaller: (one) => smallerValues(rooted.root, one, declarations),
      firstFailing: async (values) => (await judged(values.map(caseOf))).findIndex(isAlike),
    });
    small = caseOf(value);
  }
  // What differs is told of the small case.
  const [shown = divergence] = await judged([small]);
  return { ...small, divergence: shown, count };
}
