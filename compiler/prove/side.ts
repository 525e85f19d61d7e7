/** What the two sides say to each other. */
import type { JsonValue } from '../values/json-value.ts';

/** What somebody made of a value or of bytes, or why they made nothing. */
export type Outcome<T> = readonly [isGood: true, what: T] | readonly [isGood: false, why: string];

export type Question = {
  /** The place of the message among those that the other side was told of. */
  readonly root: number;
  /** Values to write, and to read again. */
  readonly values: readonly JsonValue[];
  /** Bytes to read, in hexadecimal. */
  readonly bytes: readonly string[];
};

/** One outcome for each value, and for each string of bytes. */
export type Answer = {
  readonly written: readonly Outcome<string>[];
  /** What is read of the bytes that were written. */
  readonly again: readonly Outcome<JsonValue>[];
  readonly read: readonly Outcome<JsonValue>[];
};

/** The other side. */
export type OtherSide = {
  /** @throws OtherSideError when there is no answer, or none that can be understood. */
  ask(question: Question): Promise<Answer>;
};

/** The other side ended, hangs, or talks rubbish. */
export class OtherSideError extends Error {
  override readonly name = 'OtherSideError';
}

/** @throws OtherSideError for anything but an answer to that question. */
export function readAnswer(value: unknown, question: Question): Answer {
  const { again, read, written } = (value ?? {}) as Readonly<Record<keyof Answer, unknown>>;
  const lists = [
    [written, question.values.length, isText],
    [again, question.values.length, isAnything],
    [read, question.bytes.length, isAnything],
  ] as const;
  for (const [list, length, isWhat] of lists) {
    const isWhole = Array.isArray(list) && list.length === length;
    if (!isWhole || !list.every((one) => isOutcome(one, isWhat))) {
      throw new OtherSideError('it gave no answer to what it was asked');
    }
  }
  return value as Answer;
}

function isOutcome(value: unknown, isWhat: (what: unknown) => boolean): boolean {
  if (!Array.isArray(value) || value.length !== 2) return false;
  const [isGood, what] = value as readonly unknown[];
  return isGood === true ? isWhat(what) : isGood === false && isText(what);
}

function isText(value: unknown): boolean {
  return typeof value === 'string';
}

function isAnything(value: unknown): boolean {
  return value !== undefined;
}
