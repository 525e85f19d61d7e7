/** The command `ipv8c`: arguments in, exit code out. */
import { Command, CommanderError } from 'commander';
import type { Session } from './command.ts';
import { COMMANDS } from './commands/index.ts';
import { EXIT_CODE, type ExitCode } from './exit-code.ts';
import { type Terminal, widthOf } from './terminal.ts';
import { UsageError } from './usage-error.ts';
import { packageVersion } from './version.ts';

/**
 * Runs one command line. Whatever goes wrong is told on the terminal and in the exit code, never
 * thrown.
 */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  let code: ExitCode = EXIT_CODE.fine;
  const program = createProgram(await packageVersion(), {
    terminal,
    finish: (result) => {
      code = result;
    },
  });
  try {
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    return explainFailure(error, terminal);
  }
}

function createProgram(version: string, session: Session): Command {
  const { terminal } = session;
  const program = new Command('ipv8c')
    .description('Compiles .ipv8 schemas to TypeScript.')
    .version(version, '--version', 'print the version')
    .helpOption('-h, --help', 'show this help')
    .exitOverride()
    .configureHelp({ minWidthToWrap: 20 })
    .configureOutput({
      writeOut: terminal.out,
      writeErr: terminal.err,
      getOutHelpWidth: () => widthOf(terminal),
      getErrHelpWidth: () => widthOf(terminal),
      outputError: (text, write) => write(stateNearest(text)),
    })
    .showHelpAfterError('(--help shows what can be asked for)')
    .addHelpText('after', PROGRAM_HELP);
  for (const add of COMMANDS) add(program, session);
  return program;
}

/** Commander asks whether a near name was meant; we say which is near, as everywhere. */
function stateNearest(text: string): string {
  return text.replace(
    /\n\(Did you mean (one of )?([^?]+)\?\)/,
    (_, several: string, names: string) =>
      several === undefined ? `; the nearest is ${names}` : `; the nearest are ${names}`,
  );
}

function explainFailure(error: unknown, terminal: Terminal): ExitCode {
  if (error instanceof CommanderError) {
    // Commander has written its message; asking for help or the version is no mistake.
    return error.exitCode === 0 ? EXIT_CODE.fine : EXIT_CODE.usage;
  }
  if (error instanceof UsageError) {
    terminal.err(`error: ${error.message}\n`);
    return EXIT_CODE.usage;
  }
  const message = error instanceof Error ? error.message : String(error);
  const isSystem = error instanceof Error && 'syscall' in error;
  terminal.err(isSystem ? `error: ${message}\n` : `error: internal: ${message}\n`);
  return EXIT_CODE.failed;
}

const PROGRAM_HELP = `
Paths and import specifiers come from the nearest ipv8.config.json upwards.

Examples:
  $ ipv8c compile                      compile the schemas of the configuration
  $ ipv8c compile schemas --check      fail when generated modules are out of date
  $ ipv8c stub Lamport --out lamport.ts

Exit codes:
  0 fine   1 failed   2 wrong usage   100 errors in schemas   101 not up to date, not formatted, or not the same
`;
