import type { Difference } from './differences.ts';

/** What became of one recorded case. */
export type CaseResult = {
  /** The id in the vector file, followed by what was looked at when a case is looked at in several ways. */
  readonly id: string;
  readonly status: 'passed' | 'failed' | 'skipped';
  /** Of a failed case: what was expected and what came. Of a skipped one: why. */
  readonly detail?: string;
  /** The name, in `differences.ts`, of the reason why the recorded verdict is not ours. */
  readonly difference?: Difference;
};

export function passed(id: string, difference?: Difference): CaseResult {
  return difference === undefined ? { id, status: 'passed' } : { id, status: 'passed', difference };
}

export function failed(id: string, detail: string): CaseResult {
  return { id, status: 'failed', detail };
}

export function skipped(id: string, reason: string): CaseResult {
  return { id, status: 'skipped', detail: reason };
}
