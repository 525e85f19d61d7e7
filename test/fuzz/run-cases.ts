/** Draws cases, runs them, and makes what fails small. */
import { createChance } from '../../compiler/values/chance.ts';
import type { StoredCase } from './corpus.ts';
import { shrinkBytes } from '../../compiler/values/shrink-bytes.ts';
import type { Family, Target } from './target.ts';

export type RunOptions = {
  readonly seed: number;
  /** Of all families together, shared out among those that are chosen. */
  readonly cases: number;
  /** The beginning of target names, `decoders` or `decoders/dht.`; all unless given. */
  readonly only?: string;
  /** A case that takes longer three times more is a finding; none is unless given. */
  readonly timeLimitMs?: number;
  /** The run ends with so many. */
  readonly findingsMax: number;
  /** False where only what fails matters, not how little of it would: shrinking takes its time. */
  readonly isShrunk?: boolean;
  /** Only the case of this number, in each family that is chosen. */
  readonly number?: number;
};

/** An input that should not have failed. */
export type Failure = {
  readonly target: string;
  readonly form: Target['form'];
  /** The number of the case, which draws it again with the run's seed. */
  readonly number: number;
  readonly input: Uint8Array;
  /** Name and message of what was thrown, and where it was thrown. */
  readonly what: string;
};

/** Where a run is: the family's place among all, and the number of the case in it. */
export type Step = { readonly family: number; readonly number: number };

export type RunReport = {
  /** Cases run, by family. */
  readonly cases: { readonly [family: string]: number };
  readonly failures: readonly Failure[];
};

/** Runs the cases, one after the other; `onStep` hears of each in front of it. */
export async function runCases(
  families: readonly Family[],
  options: RunOptions,
  onStep: (step: Step) => void = () => {},
): Promise<RunReport> {
  const chosen = await choose(families, options);
  const shares = chosen.reduce((sum, { share }) => sum + share, 0);
  const stray = catchStray();
  const counts: Record<string, number> = {};
  const failures = new Map<string, Failure>();
  try {
    for (const { at, name, share, targets } of chosen) {
      const count = Math.max(1, Math.round((options.cases * share) / shares));
      const [first, end] =
        options.number === undefined ? [0, count] : [options.number, options.number + 1];
      for (let number = first; number < end && failures.size < options.findingsMax; number++) {
        const target = targets[number % targets.length];
        if (target === undefined) throw new Error(`${name} has no target`);
        counts[name] = (counts[name] ?? 0) + 1;
        onStep({ family: at, number });
        const failure = await runCase(target, number, { ...options, stray });
        if (failure === undefined || failures.has(keyOf(failure))) continue;
        // Making it smaller is no standing still.
        const onTry = (): void => onStep({ family: at, number });
        const { isShrunk = true } = options;
        const smaller = isShrunk
          ? await shrunk(target, failure, { ...options, stray }, onTry)
          : failure;
        failures.set(keyOf(failure), smaller);
      }
    }
  } finally {
    stray.close();
  }
  return { cases: counts, failures: [...failures.values()] };
}

/** Runs stored cases again. A case whose target is gone is a failure: it says nothing any more. */
export async function replayCases(
  families: readonly Family[],
  cases: readonly StoredCase[],
  options: { readonly timeLimitMs: number | undefined; readonly onStep: (step: Step) => void },
): Promise<RunReport> {
  const { onStep, timeLimitMs } = options;
  const stray = catchStray();
  const failures: Failure[] = [];
  try {
    for (const [number, { file, input, target: name }] of cases.entries()) {
      const at = families.findIndex((family) => name.startsWith(`${family.name}/`));
      const target = (await families[at]?.targets(0))?.find((one) => one.name === name);
      if (target === undefined)
        throw new Error(`${file}: there is no target ${name}; remove the case`);
      onStep({ family: at, number });
      const running = { stray, ...(timeLimitMs === undefined ? {} : { timeLimitMs }) };
      const what = await failureOf(target, input, running);
      if (what !== undefined)
        failures.push({ target: name, form: target.form, number, input, what });
    }
  } finally {
    stray.close();
  }
  return { cases: { replayed: cases.length }, failures };
}

/** The input of a case. */
export function inputOf(
  target: Target,
  { seed, number }: { seed: number; number: number },
): Uint8Array {
  // What has a view of a larger array in its hands could read beyond it.
  return target.generate(createChance(seed, target.name, number)).slice();
}

type Chosen = Pick<Family, 'name' | 'share'> & {
  /** Among all families. */
  readonly at: number;
  readonly targets: readonly Target[];
};

export async function choose(
  families: readonly Family[],
  { only = '', seed }: RunOptions,
): Promise<readonly Chosen[]> {
  const chosen: Chosen[] = [];
  for (const [at, { name, share, targets }] of families.entries()) {
    // The family of a name that says more, or all that begin as it does.
    if (!`${name}/`.startsWith(only) && !only.startsWith(`${name}/`) && only !== name) continue;
    const matching = (await targets(seed)).filter((one) => one.name.startsWith(only));
    if (matching.length > 0) chosen.push({ at, name, share, targets: matching });
  }
  if (chosen.length === 0) throw new Error(`no target begins with "${only}"`);
  return chosen;
}

type Running = Pick<RunOptions, 'seed' | 'timeLimitMs'> & { readonly stray: Stray };

async function runCase(
  target: Target,
  number: number,
  running: Running,
): Promise<Failure | undefined> {
  const input = inputOf(target, { seed: running.seed, number });
  const what = await failureOf(target, input, running);
  if (what === undefined) return undefined;
  return { target: target.name, form: target.form, number, input, what };
}

/** What goes wrong with an input, if anything. */
export async function failureOf(
  target: Target,
  input: Uint8Array,
  { timeLimitMs, stray }: Omit<Running, 'seed'>,
): Promise<string | undefined> {
  const startedMs = timeLimitMs === undefined ? 0 : performance.now();
  try {
    // A copy: what keeps or changes its input is found when the input is run again.
    const checking = target.check(input.slice());
    // Most are done at once; waiting for nothing ten million times is a long wait.
    if (checking instanceof Promise) {
      await checking;
      await stray.settle();
    }
    stray.throwFirst();
  } catch (error) {
    return textOf(error);
  }
  if (timeLimitMs === undefined || performance.now() - startedMs <= timeLimitMs) return undefined;
  const limitMs = timeLimitMs * (target.partsOf?.(input) ?? 1);
  return (await isSlow(target, input, limitMs)) ? `Slow: takes more than ${limitMs} ms` : undefined;
}

/**
 * Measured three times more, in processor time: the machine had other things to do, or the code was
 * not compiled yet.
 */
async function isSlow(target: Target, input: Uint8Array, limitMs: number): Promise<boolean> {
  for (let round = 0; round < 3; round++) {
    const before = process.cpuUsage();
    await target.check(input.slice());
    const { user, system } = process.cpuUsage(before);
    if ((user + system) / 1_000 <= limitMs) return false;
  }
  return true;
}

async function shrunk(
  target: Target,
  failure: Failure,
  running: Running,
  onTry: () => void,
): Promise<Failure> {
  const wanted = keyOf(failure);
  const fails = async (input: Uint8Array): Promise<boolean> => {
    onTry();
    const what = await failureOf(target, input, running);
    return what !== undefined && keyOf({ ...failure, what }) === wanted;
  };
  const input = await shrinkBytes(failure.input, {
    fails,
    plain: target.form === 'text' ? 0x20 : 0,
  });
  return { ...failure, input, what: (await failureOf(target, input, running)) ?? failure.what };
}

/** Failures with the same one are the same: numbers and quoted texts come from the input. */
function keyOf({ target, what }: Failure): string {
  const [message = ''] = what.split('\n');
  return `${target} ${message.replaceAll(/"[^"]*"|\d+n?/g, '#')}`;
}

function textOf(error: unknown): string {
  if (!(error instanceof Error)) return `thrown: ${String(error)}`;
  const places = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return [`${error.name}: ${error.message}`, ...places.slice(0, 8)].join('\n');
}

/** Rejections that nobody handles: nothing else hears of them. */
export type Stray = {
  settle(): Promise<void>;
  throwFirst(): void;
  close(): void;
};

export function catchStray(): Stray {
  const errors: unknown[] = [];
  const note = (error: unknown): void => void errors.push(error);
  process.on('unhandledRejection', note);
  return {
    settle: () => new Promise((resolve) => setImmediate(resolve)),
    throwFirst() {
      const [first] = errors.splice(0);
      if (first === undefined) return;
      throw new Error(`nobody handles a rejection: ${textOf(first)}`, { cause: first });
    },
    close: () => void process.off('unhandledRejection', note),
  };
}
