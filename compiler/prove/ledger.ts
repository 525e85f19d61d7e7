/** Divergences that are meant: a list in a file, each entry with its reason. */
import { DIVERGENCE_KINDS, type Divergence, fieldPattern } from './divergence.ts';

export type LedgerEntry = {
  /** `Dht.FindRequest`, or a struct's name; `*` stands for any part of it. */
  readonly message: string;
  /** `nodes[].port`, of any element; `*` for every field. */
  readonly field: string;
  readonly what: Divergence['kind'];
  /** What the other side says to it; anything where it is absent. */
  readonly theirs?: string;
  readonly reason: string;
};

export class LedgerError extends Error {
  override readonly name = 'LedgerError';
}

const KEYS = ['message', 'field', 'what', 'theirs', 'reason'] as const;

/** @throws LedgerError that says what is wrong with which entry. */
export function parseLedger(text: string): readonly LedgerEntry[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new LedgerError(`is not JSON: ${error instanceof Error ? error.message : ''}`);
  }
  if (!Array.isArray(value)) throw new LedgerError('expected a list of entries');
  return (value as readonly unknown[]).map((one, at) => readEntry(one, `entry ${at + 1}`));
}

function readEntry(value: unknown, where: string): LedgerEntry {
  if (typeof value !== 'object' || value === null) throw new LedgerError(`${where}: no object`);
  const entry = value as Readonly<Record<string, unknown>>;
  for (const key of KEYS) {
    const found = entry[key];
    if (found === undefined && key === 'theirs') continue;
    if (typeof found !== 'string' || found === '') {
      throw new LedgerError(`${where}: "${key}" must be a text that is not empty`);
    }
  }
  const extra = Object.keys(entry).find((key) => !KEYS.some((known) => known === key));
  if (extra !== undefined) {
    throw new LedgerError(`${where}: "${extra}" is not known; known are ${KEYS.join(', ')}`);
  }
  if (!DIVERGENCE_KINDS.some((kind) => kind === entry['what'])) {
    const known = DIVERGENCE_KINDS.join(', ');
    throw new LedgerError(`${where}: "what" is ${String(entry['what'])}, and may be ${known}`);
  }
  return entry as LedgerEntry;
}

export type Ledger = {
  /** The entry that a divergence is meant by; undefined for one that nobody meant. */
  find(message: string, divergence: Divergence): LedgerEntry | undefined;
  /** Entries about these messages that nothing was found by. */
  unused(messages: readonly string[]): readonly LedgerEntry[];
};

export function createLedger(entries: readonly LedgerEntry[]): Ledger {
  const used = new Set<LedgerEntry>();
  return {
    find(message, { field, kind, theirs }) {
      const found = entries.find(
        (one) =>
          one.what === kind &&
          isLike(message, one.message) &&
          isLike(fieldPattern(field), one.field) &&
          isLike(theirs, one.theirs ?? '*'),
      );
      if (found !== undefined) used.add(found);
      return found;
    },
    unused: (messages) =>
      entries.filter((one) => !used.has(one) && messages.some((name) => isLike(name, one.message))),
  };
}

function isLike(text: string, pattern: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's').test(text);
}
