/** What a start that is under way looks at: whether the node was stopped meanwhile. */
import { StartError } from './start-error.ts';

export class StopSignal {
  #isOn = false;
  /** Those who wait for a step. BOUNDED by the steps of a start. */
  #waiting: readonly (() => void)[] = [];

  /** Whoever waits for a step gives up. */
  request(): void {
    this.#isOn = true;
    for (const giveUp of this.#waiting) giveUp();
  }

  /** @throws StartError `stopped` */
  check(): void {
    if (this.#isOn) throw new StartError('stopped', 'the node was stopped; create another one');
  }

  /**
   * What the step gives. A step that takes until the node is stopped is not waited for, however long
   * it takes; `undo` takes back what it may give later.
   * @throws StartError `stopped`
   */
  async guard<T>(step: Promise<T>, undo: (given: T) => unknown = () => {}): Promise<T> {
    const settled = await this.#firstOf(step);
    if (settled !== undefined && !this.#isOn) return settled.given;
    // Nobody waits for an error any more.
    void step.then(undo).catch(() => {});
    this.check();
    return step;
  }

  /**
   * What the step gives, or undefined when the node is stopped before. Not a race with one promise:
   * that would keep what was made for each step for as long as the node runs.
   */
  async #firstOf<T>(step: Promise<T>): Promise<{ readonly given: T } | undefined> {
    let giveUp = (): void => {};
    const stopped = new Promise<undefined>((resolve) => {
      giveUp = () => resolve(undefined);
    });
    if (this.#isOn) giveUp();
    this.#waiting = [...this.#waiting, giveUp];
    try {
      return await Promise.race([step.then((given) => ({ given })), stopped]);
    } finally {
      this.#waiting = this.#waiting.filter((other) => other !== giveUp);
    }
  }
}
