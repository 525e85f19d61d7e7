/** What a start that is under way looks at: whether the node was stopped meanwhile. */
import { StartError } from './start-error.ts';

export class StopSignal {
  #isOn = false;
  #turnOn: () => void = () => {};
  readonly #on = new Promise<void>((resolve) => {
    this.#turnOn = resolve;
  });

  /** Whoever waits for a step gives up. */
  request(): void {
    this.#isOn = true;
    this.#turnOn();
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
    const settled = await Promise.race([step.then((given) => ({ given })), this.#on]);
    if (settled !== undefined && !this.#isOn) return settled.given;
    // Nobody waits for an error any more.
    void step.then(undo).catch(() => {});
    this.check();
    return step;
  }
}
