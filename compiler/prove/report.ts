/** What a proof found, in words and as declarations to paste into a schema. */
import { fromHex } from '../../runtime/base/bytes.ts';
import { jsonValue } from '../values/json-value.ts';
import { interpret } from '../wire/interpret.ts';
import type { DivergenceKind, Reading } from './divergence.ts';
import type { Finding, Proof } from './prove.ts';
import { malformedText, vectorText } from './vector-text.ts';

const TITLES: Readonly<Record<DivergenceKind, string>> = {
  'other-bytes': 'Python writes other bytes',
  'not-written': 'Python does not write a value that the schema allows',
  'other-value': 'Python reads another value',
  'only-typescript-reads': 'Python does not read these bytes, and TypeScript does',
  'only-python-reads': 'TypeScript does not read these bytes, and Python does',
};

/** One line about a message that was held against the other side. */
export function proofLine(name: string, { changed, findings, meant, read, values }: Proof): string {
  const known = [...meant.values()].reduce((sum, count) => sum + count, 0);
  const parts = [
    `${values} values`,
    `${changed} changed bytes, ${read} of them read`,
    ...(known === 0 ? [] : [`${known} divergences of the ledger`]),
    ...(findings.length === 0 ? [] : [`${findings.length} kinds of divergence`]),
  ];
  return `${findings.length === 0 ? 'same   ' : 'differs'} ${name}: ${parts.join(', ')}\n`;
}

/** A divergence: what both sides say, and a declaration. */
export function findingText(finding: Finding, reading: Reading, seed: number): string {
  const { count, divergence } = finding;
  const { field, kind, ours, theirs } = divergence;
  const { name } = reading.rooted;
  const at = field === '' ? '' : ` (${field})`;
  const often = count === 1 ? 'once' : `${count} times`;
  const lines = [
    `${name}${at}: ${kind}: ${TITLES[kind]}, ${often} with seed ${seed}`,
    `  TypeScript: ${shortened(ours)}`,
    `  Python:     ${shortened(theirs)}`,
  ];
  return `${lines.join('\n')}\n\n${declarationText(finding, reading)}\n\n`;
}

/** Longer lines are read by nobody; the declaration has all. */
const LINE_MAX = 400;

function shortened(text: string): string {
  return text.length <= LINE_MAX ? text : `${text.slice(0, LINE_MAX)} …`;
}

function declarationText({ divergence, hex, value }: Finding, reading: Reading): string {
  const { declarations, rooted } = reading;
  const { root } = rooted;
  const parts = { name: `prove: ${divergence.kind}`, root, hex, declarations };
  const strict = interpret(root, fromHex(hex), { declarations });
  const shown = value ?? (strict.ok ? strict.value : undefined);
  if (shown === undefined) return malformedText(parts);
  const text = vectorText(shown, parts);
  if (text !== undefined) return text;
  return `// No literal says this value: ${JSON.stringify(jsonValue(shown))}\n// Its bytes: ${hex}`;
}
