/** One thing that is wrong with a configuration. */
export type ConfigProblem = {
  /**
   * Where, as one would write it in code: `overlays[1].walkers[0].strategy`. Empty for the whole.
   */
  readonly path: string;
  /** What is wrong and what to do, in sentences. */
  readonly message: string;
};

/**
 * A configuration cannot be used. Says everything that is wrong with it, not just the first thing.
 */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly ConfigProblem[];

  constructor(problems: readonly ConfigProblem[]) {
    super(printProblems(problems));
    this.problems = problems;
  }
}

function printProblems(problems: readonly ConfigProblem[]): string {
  const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
  const lines = problems.map(({ path, message }) => `  ${path || 'configuration'}: ${message}`);
  return [`the configuration has ${count}:`, ...lines].join('\n');
}
