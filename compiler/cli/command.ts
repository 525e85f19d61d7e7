/** What the files in `commands/` have in common: each puts one command into the program. */
import { type Command, Option } from 'commander';
import type { ExitCode } from './exit-code.ts';
import type { Terminal } from './terminal.ts';

/** What a command line is run with. */
export type Session = {
  readonly terminal: Terminal;
  /** Called once by the command that was asked for, with how it ended. */
  finish(code: ExitCode): void;
};

/**
 * Declares one command: its words, arguments, options and examples. What it does stands in `actions/`
 * and is imported when it is run, so that help and version load none of it.
 */
export type AddCommand = (program: Command, session: Session) => void;

/** The examples at the end of a command's help, one line each. */
export function examples(...lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  $ ${line}\n`).join('')}`;
}

/** Every form a report has; the first is the default. */
const REPORT_FORMATS = ['human', 'json', 'github', 'sarif'] as const;

export type ReportFormat = (typeof REPORT_FORMATS)[number];

/** For commands whose exit code says whether schemas are fine. */
export function strictOption(): Option {
  return new Option('--strict', 'make every warning an error: sizes and style too');
}

/** How faults of schemas are shown: the same for every command that shows some. */
export function formatOption(): Option {
  return new Option('--format <format>', 'how faults are shown; all but human on standard output')
    .choices(REPORT_FORMATS)
    .default(REPORT_FORMATS[0]);
}
