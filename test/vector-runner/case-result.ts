/** What became of one recorded case. */
export type CaseResult = {
  /**
   * The id in the vector file, followed by what was looked at when a case is looked at in several
   * ways.
   */
  readonly id: string;
  readonly status: 'passed' | 'failed' | 'skipped';
  /** Of a failed case: what was expected and what came. Of a skipped one: why. */
  readonly detail?: string;
  /** The name, in `differences.ts`, of the reason why the recorded verdict is not ours. */
  readonly difference?: string;
};

/** As recorded, or otherwise for the named reason. */
export function passed(id: string, difference?: string): CaseResult {
  return difference === undefined ? { id, status: 'passed' } : { id, status: 'passed', difference };
}

/** Not as recorded, and nothing says why. */
export function failed(id: string, detail: string): CaseResult {
  return { id, status: 'failed', detail };
}

/** Not looked at, for the reason in `detail`. */
export function skipped(id: string, detail: string): CaseResult {
  return { id, status: 'skipped', detail };
}
