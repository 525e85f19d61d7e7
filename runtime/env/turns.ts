/** What a step says: another one follows, at once or when the promise is fulfilled, or it was the last. */
export type StepResult = 'next' | 'last' | Promise<unknown>;

/** Turns that are planned at once: planning each from the one before costs a round of the loop each. */
const TURNS_PLANNED = 64;

/**
 * Calls `step` again and again, each time in a turn of the event loop of its own, until it says that
 * it was the last one. Before each, every promise callback that is due runs, and those that they
 * make due, however long the chain. Rejects with what a step throws; no other follows then.
 */
export function runSteps(step: () => StepResult): Promise<void> {
  return new Promise((resolve, reject) => {
    let planned = 0;
    /** False while the steps wait, and when they are over: turns that are left over do nothing. */
    let goesOn = true;

    function plan(): void {
      for (; planned < TURNS_PLANNED; planned++) setImmediate(turn);
    }

    function turn(): void {
      planned -= 1;
      if (!goesOn) return;
      try {
        take(step());
      } catch (error) {
        goesOn = false;
        reject(error);
      }
      if (goesOn && planned === 0) plan();
    }

    function take(result: StepResult): void {
      if (result === 'next') return;
      goesOn = false;
      if (result === 'last') return resolve();
      result.then(() => {
        goesOn = true;
        plan();
      }, reject);
    }

    plan();
  });
}
