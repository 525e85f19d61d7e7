/** Named tasks that end with the scope they were started in: what py-ipv8 calls a task manager. */
import { assert } from '../base/assert.ts';
import { fail, type Result } from '../base/result.ts';
import type { Clock, Timer } from '../env/clock.ts';
import { type JobFunction, WorkerError, type WorkerJob, type Workers } from '../env/workers.ts';

/**
 * What a task does. `signal` is aborted when the task is cancelled or its scope stops; an action
 * that waits for something long looks at it.
 */
export type TaskAction = (signal: AbortSignal) => void | Promise<void>;

/**
 * When a task runs: at once, after a delay, or again and again (first after `delayMs`, or after one
 * interval).
 */
export type TaskTiming = { readonly delayMs?: number; readonly intervalMs?: number };

/**
 * The timing of a task that runs again and again; the first run comes after one interval unless
 * `delayMs` says when.
 */
export type RepeatTiming = { readonly intervalMs: number; readonly delayMs?: number };

/**
 * A place to start tasks in. A task is active from its start until it has run (a repeating one:
 * until it is cancelled).
 *
 * Starting a task under an active name is the caller's mistake and throws, as in py-ipv8
 * (taskmanager.py:153, 3.2): ask `isActive`, or use `replace`. In a scope that was stopped nothing
 * starts: the methods give false. The number of tasks is bounded by whoever makes up the names; a
 * handler that derives them from what peers send has to keep its own cap.
 */
export type TaskScope = {
  /** True from the moment `stop` is called. */
  readonly isStopped: boolean;
  /** Starts `action` now, before this returns. */
  run(name: string, action: TaskAction): boolean;
  /**
   * Under `baseName` and a number of its own, so any number of them may be active; at once unless
   * the timing says otherwise.
   */
  runAnonymous(baseName: string, action: TaskAction, timing?: TaskTiming): boolean;
  /** Runs `action` once, after the delay. */
  after(name: string, delayMs: number, action: TaskAction): boolean;
  /**
   * Runs `action` every interval until it is cancelled. Runs never overlap: each is due one
   * interval after the one before was due, whatever that took, and a run that is due while one is
   * going on is left out.
   */
  repeat(name: string, timing: RepeatTiming, action: TaskAction): boolean;
  /**
   * Cancels the named task if there is one; the new one begins when the old one's action has come
   * to its end.
   */
  replace(name: string, timing: TaskTiming, action: TaskAction): boolean;
  /**
   * Ends the named task; its name is free at once. False when it was not active. An action that
   * runs sees its signal.
   */
  cancel(name: string): boolean;
  /** Cancels all tasks of this scope; it can be used as before, and its children go on. */
  cancelAll(): void;
  /**
   * Runs a job in another thread and resolves with what it gave, or why it gave nothing: it failed,
   * was cancelled or its scope stopped, or too many wait. The thread ends with its task.
   */
  work<F extends JobFunction>(
    name: string,
    job: WorkerJob<F>,
    input: Parameters<F>[0],
  ): Promise<Result<Awaited<ReturnType<F>>, WorkerError>>;
  /**
   * Resolves when no task is active and no action runs, children included: at once, or when the last
   * one has run or, of those that repeat, was cancelled, or the scope has stopped. A task must not
   * wait for its own scope.
   */
  wait(): Promise<void>;
  isActive(name: string): boolean;
  /** Names of the active tasks, in the order they were started. */
  names(): readonly string[];
  /** A scope that stops with this one, or earlier; errors are reported under `name` and a slash. */
  child(name: string): TaskScope;
  /**
   * Cancels everything and resolves when no action is running, children included. An action that
   * ignores its signal, or waits for this very promise, is waited for `stopTimeoutMs` and then
   * reported. Calling it again gives the same promise.
   */
  stop(): Promise<void>;
};

/** What a scope is made with. */
export type TaskScopeOptions = {
  readonly clock: Clock;
  /**
   * The one place that hears of actions that threw or rejected, by the task's name; must not throw.
   */
  readonly onError: (error: unknown, taskName: string) => void;
  /** How long `stop` waits for actions that run on; 1,000 ms unless given. */
  readonly stopTimeoutMs?: number;
  /** For `work`, which fails without. */
  readonly workers?: Workers;
};

/** A scope without a parent. */
export function createTaskScope(options: TaskScopeOptions): TaskScope {
  return new Scope(options, undefined);
}

const STOP_TIMEOUT_MS = 1_000;

type Task = {
  readonly name: string;
  readonly abort: AbortController;
  timer: Timer | undefined;
};

class Scope implements TaskScope {
  readonly #options: TaskScopeOptions;
  readonly #parent: Scope | undefined;
  /** Active tasks by name. BOUNDED by what the program starts; handlers of messages are counted by their router. */
  readonly #tasks = new Map<string, Task>();
  /** Actions that have not come to their end, also of tasks that were cancelled. BOUNDED as the tasks are. */
  readonly #running = new Map<Task, Promise<void>>();
  /** BOUNDED by what the program makes. */
  readonly #children = new Set<Scope>();
  /** Who waits for this scope to be idle. */
  #waiting: (() => void)[] = [];
  #anonymousCount = 0;
  #stopped: Promise<void> | undefined;

  constructor(options: TaskScopeOptions, parent: Scope | undefined) {
    this.#options = options;
    this.#parent = parent;
  }

  get isStopped(): boolean {
    return this.#stopped !== undefined;
  }

  run(name: string, action: TaskAction): boolean {
    return this.#start(name, {}, action);
  }

  runAnonymous(baseName: string, action: TaskAction, timing: TaskTiming = {}): boolean {
    this.#anonymousCount += 1;
    return this.#start(`${baseName} ${this.#anonymousCount}`, timing, action);
  }

  work<F extends JobFunction>(
    name: string,
    job: WorkerJob<F>,
    input: Parameters<F>[0],
  ): Promise<Result<Awaited<ReturnType<F>>, WorkerError>> {
    const { workers } = this.#options;
    assert(workers !== undefined, `task "${name}" needs workers, which its scope was not given`);
    return new Promise((resolve) => {
      const isStarted = this.run(name, async (signal) => {
        // The module's function is `F`: the job's type says so, and no thread can tell.
        resolve(
          (await workers.run(job, input, signal)) as Result<Awaited<ReturnType<F>>, WorkerError>,
        );
      });
      if (!isStarted) resolve(fail(new WorkerError('cancelled', `the scope of "${name}" stopped`)));
    });
  }

  after(name: string, delayMs: number, action: TaskAction): boolean {
    return this.#start(name, { delayMs }, action);
  }

  repeat(name: string, timing: RepeatTiming, action: TaskAction): boolean {
    return this.#start(name, timing, action);
  }

  replace(name: string, timing: TaskTiming, action: TaskAction): boolean {
    this.cancel(name);
    const ending = [...this.#running].filter(([task]) => task.name === name).map(([, end]) => end);
    if (ending.length === 0) return this.#start(name, timing, action);
    const task = this.#register(name, timing);
    if (task === undefined) return false;
    void Promise.all(ending).then(() => {
      // Yet another one may have replaced this one while it waited.
      if (!task.abort.signal.aborted) this.#schedule(task, timing, action);
    });
    return true;
  }

  cancel(name: string): boolean {
    const task = this.#tasks.get(name);
    if (task === undefined) return false;
    this.#tasks.delete(name);
    task.timer?.cancel();
    task.abort.abort();
    this.#tellIdle();
    return true;
  }

  cancelAll(): void {
    for (const name of this.names()) this.cancel(name);
  }

  wait(): Promise<void> {
    if (this.#isIdle) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  isActive(name: string): boolean {
    return this.#tasks.has(name);
  }

  names(): readonly string[] {
    return [...this.#tasks.keys()];
  }

  child(name: string): TaskScope {
    const { onError } = this.#options;
    const report = (error: unknown, taskName: string): void =>
      onError(error, `${name}/${taskName}`);
    const scope = new Scope({ ...this.#options, onError: report }, this);
    if (this.isStopped) void scope.stop();
    else this.#children.add(scope);
    return scope;
  }

  stop(): Promise<void> {
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  async #stop(): Promise<void> {
    const children = [...this.#children].map((scope) => scope.stop());
    this.cancelAll();
    await Promise.all([...children, this.#untilIdle()]);
    if (this.#parent !== undefined) this.#parent.#forget(this);
    // Of what runs on, nobody needs to hear.
    for (const resolve of this.#waiting.splice(0)) resolve();
  }

  #forget(child: Scope): void {
    this.#children.delete(child);
    this.#tellIdle();
  }

  get #isIdle(): boolean {
    const isIdle = this.#tasks.size === 0 && this.#running.size === 0;
    return isIdle && [...this.#children].every((child) => child.#isIdle);
  }

  /** Something ended here: those who wait for that, here or above, may have waited enough. */
  #tellIdle(): void {
    if (this.#waiting.length > 0 && this.#isIdle) {
      for (const resolve of this.#waiting.splice(0)) resolve();
    }
    if (this.#parent !== undefined) this.#parent.#tellIdle();
  }

  async #untilIdle(): Promise<void> {
    if (this.#running.size === 0) return;
    const { clock, onError, stopTimeoutMs = STOP_TIMEOUT_MS } = this.#options;
    let timer: Timer | undefined;
    const timeout = new Promise<void>((resolve) => {
      timer = clock.after(stopTimeoutMs, resolve);
    });
    await Promise.race([Promise.all(this.#running.values()), timeout]);
    timer?.cancel();
    for (const task of this.#running.keys()) {
      onError(
        new Error(`still running ${stopTimeoutMs} ms after its scope was stopped`),
        task.name,
      );
    }
  }

  #start(name: string, timing: TaskTiming, action: TaskAction): boolean {
    const task = this.#register(name, timing);
    if (task === undefined) return false;
    this.#schedule(task, timing, action);
    return true;
  }

  #register(name: string, timing: TaskTiming): Task | undefined {
    const { delayMs = 0, intervalMs = 1 } = timing;
    assert(delayMs >= 0, `the delay of task "${name}" is ${delayMs} ms`);
    assert(intervalMs > 0, `the interval of task "${name}" is ${intervalMs} ms`);
    assert(!this.isActive(name), `task "${name}" is active already; use replace, or another name`);
    if (this.isStopped) return undefined;
    const task: Task = { name, abort: new AbortController(), timer: undefined };
    this.#tasks.set(name, task);
    return task;
  }

  #schedule(task: Task, timing: TaskTiming, action: TaskAction): void {
    const { delayMs, intervalMs } = timing;
    const finish = (): void => this.#finish(task);
    const { clock } = this.#options;
    if (intervalMs !== undefined) {
      this.#runAt(task, clock.now() + (delayMs ?? intervalMs), intervalMs, action);
    } else if (delayMs === undefined) {
      this.#perform(task, action, finish);
    } else {
      task.timer = clock.after(delayMs, () => this.#perform(task, action, finish));
    }
  }

  #runAt(task: Task, dueMs: number, intervalMs: number, action: TaskAction): void {
    const { clock } = this.#options;
    task.timer = clock.after(Math.max(0, dueMs - clock.now()), () => {
      this.#perform(task, action, () => {
        if (task.abort.signal.aborted) return;
        const missed = Math.max(0, Math.floor((clock.now() - dueMs) / intervalMs));
        this.#runAt(task, dueMs + (missed + 1) * intervalMs, intervalMs, action);
      });
    });
  }

  /** Runs the action once and calls `done` at its end, however it ends. */
  #perform(task: Task, action: TaskAction, done: () => void): void {
    const { signal } = task.abort;
    if (signal.aborted) return;
    let outcome: void | Promise<void> = undefined;
    try {
      outcome = action(signal);
    } catch (error) {
      this.#report(task, error);
    }
    if (outcome === undefined) return done();
    const end = Promise.resolve(outcome)
      .catch((error: unknown) => this.#report(task, error))
      .then(() => {
        this.#running.delete(task);
        done();
        this.#tellIdle();
      });
    this.#running.set(task, end);
  }

  #finish(task: Task): void {
    if (this.#tasks.get(task.name) === task) this.#tasks.delete(task.name);
    this.#tellIdle();
  }

  #report(task: Task, error: unknown): void {
    // Giving up with the signal's own reason is the right answer to being cancelled.
    const { signal } = task.abort;
    if (signal.aborted && error === signal.reason) return;
    this.#options.onError(error, task.name);
  }
}
