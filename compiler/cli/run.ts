/** The command `ipv8c`: arguments in, exit code out. */
import { Command, CommanderError, Option } from 'commander';
import { check, type CheckOptions } from './commands/check.ts';
import { compile, type CompileOptions } from './commands/compile.ts';
import { explain } from './commands/explain.ts';
import { format, type FormatOptions } from './commands/format.ts';
import { KEY_LEVELS, keyNew } from './commands/key.ts';
import { stub } from './commands/stub.ts';
import { EXIT_CODE, type ExitCode } from './exit-code.ts';
import { REPORT_FORMATS } from './report.ts';
import type { Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';
import { packageVersion } from './version.ts';

/**
 * Runs one command line. Whatever goes wrong is told on the terminal and in the exit code, never
 * thrown.
 */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  let code: ExitCode = EXIT_CODE.fine;
  const program = await createProgram(terminal, (result) => {
    code = result;
  });
  try {
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    return explainFailure(error, terminal);
  }
}

type Finish = (code: ExitCode) => void;

async function createProgram(terminal: Terminal, finish: Finish): Promise<Command> {
  const program = new Command('ipv8c')
    .description('Compiles .ipv8 schemas to TypeScript.')
    .version(await packageVersion(), '--version', 'print the version')
    .helpOption('-h, --help', 'show this help')
    .exitOverride()
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.err })
    .showHelpAfterError('(--help shows what can be asked for)')
    .addHelpText('after', PROGRAM_HELP);
  addCompile(program, terminal, finish);
  addCheck(program, terminal, finish);
  addFormat(program, terminal, finish);
  addExplain(program, terminal, finish);
  addStub(program, terminal, finish);
  addKey(program, terminal, finish);
  return program;
}

function addCompile(program: Command, terminal: Terminal, finish: Finish): void {
  program
    .command('compile')
    .summary('write one TypeScript module per schema')
    .description(
      'Writes one TypeScript module per schema; modules that are up to date are not touched.',
    )
    .argument('[paths...]', 'schemas, or directories of schemas', undefined)
    .option('--out <directory>', 'where to write; the configuration says it otherwise')
    .option('--check', 'write nothing; exit with 101 when a module is missing, different or extra')
    .addOption(formatOption())
    .addHelpText('after', COMPILE_HELP)
    .action(async (paths: readonly string[], options: CompileOptions) => {
      finish(await compile(paths, options, terminal));
    });
}

function addCheck(program: Command, terminal: Terminal, finish: Finish): void {
  program
    .command('check')
    .summary('show what is wrong with schemas')
    .description('Shows every fault of every schema at once; exits with 100 when there are errors.')
    .argument('[paths...]', 'schemas, or directories of schemas; - is standard input')
    .option('--fix', 'apply the suggestions that cannot be wrong, to the named schemas')
    .addOption(formatOption())
    .addHelpText('after', CHECK_HELP)
    .action(async (paths: readonly string[], options: CheckOptions) => {
      finish(await check(paths, options, terminal));
    });
}

function addExplain(program: Command, terminal: Terminal, finish: Finish): void {
  program
    .command('explain')
    .summary('say what a diagnostic means')
    .description('Prints the page of a diagnostic, or lists every code with its title.')
    .argument('[code]', 'what stands in brackets: id/taken')
    .addHelpText('after', EXPLAIN_HELP)
    .action(async (code: string | undefined) => {
      finish(await explain(code, terminal));
    });
}

function formatOption(): Option {
  return new Option('--format <format>', 'how faults are shown; all but human on standard output')
    .choices(REPORT_FORMATS)
    .default(REPORT_FORMATS[0]);
}

function addFormat(program: Command, terminal: Terminal, finish: Finish): void {
  program
    .command('format')
    .summary('bring schemas into one form')
    .description(
      'Sets the white space of schemas; all else stays, comments included. ' +
        'What has errors is left as it is, and the rest of its schema is formatted.',
    )
    .argument('[paths...]', 'schemas, or directories of schemas; - for standard input and output')
    .option('--check', 'write nothing; list what is not formatted, and exit with 101 if any is')
    .option('--diff', 'write nothing; print what would change')
    .addHelpText('after', FORMAT_HELP)
    .action(async (paths: readonly string[], options: FormatOptions) => {
      finish(await format(paths, options, terminal));
    });
}

function addStub(program: Command, terminal: Terminal, finish: Finish): void {
  program
    .command('stub')
    .summary('start, or complete, a file of handlers')
    .description(
      'Writes a file with one handler per message to start from. ' +
        'In a file that exists it adds the handlers that are missing and changes nothing else.',
    )
    .argument('<name>', 'the community')
    .argument('[paths...]', 'schemas, or directories of schemas')
    .requiredOption('--out <file>', "the author's file")
    .addHelpText('after', STUB_HELP)
    .action(async (name: string, paths: readonly string[], options: { readonly out: string }) => {
      finish(await stub({ name, paths, out: options.out }, terminal));
    });
}

function addKey(program: Command, terminal: Terminal, finish: Finish): void {
  const level = new Option(
    '--level <level>',
    'the curve: curve25519, or the level of an older one',
  );
  program
    .command('key')
    .summary('make keys')
    .description('Makes the keys that name peers and communities.')
    .addHelpText('after', KEY_HELP)
    .command('new')
    .description('Makes a private key, writes it with mode 0600, and prints its public half.')
    .argument('<file>', 'the file to write; it must not exist')
    .addOption(level.choices(KEY_LEVELS).default('curve25519'))
    .addHelpText('after', KEY_HELP)
    .action(async (file: string, options: { readonly level: string }) => {
      finish(await keyNew({ file, level: options.level }, terminal));
    });
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
  0 fine   1 failed   2 wrong usage   100 errors in schemas   101 not up to date, or not formatted
`;

const COMPILE_HELP = `
Examples:
  $ ipv8c compile
  $ ipv8c compile schemas --out generated
  $ ipv8c compile schemas/lamport.ipv8
  $ ipv8c compile --check
`;

const FORMAT_HELP = `
Examples:
  $ ipv8c format
  $ ipv8c format schemas --check
  $ ipv8c format schemas/lamport.ipv8 --diff
  $ ipv8c format - < lamport.ipv8
`;

const EXPLAIN_HELP = `
Examples:
  $ ipv8c explain                      list all codes
  $ ipv8c explain id/taken
`;

const STUB_HELP = `
Examples:
  $ ipv8c stub Lamport --out source/lamport.ts
  $ ipv8c stub Lamport schemas/lamport.ipv8 --out source/lamport.ts
`;

const KEY_HELP = `
Examples:
  $ ipv8c key new peer.key
  $ ipv8c key new --level medium peer.key
`;

const CHECK_HELP = `
Examples:
  $ ipv8c check
  $ ipv8c check schemas/lamport.ipv8
  $ ipv8c check --fix
  $ ipv8c check - < draft.ipv8         a schema as if it lay in this directory
  $ ipv8c check --format json          one JSON object a line
  $ ipv8c check --format github        annotations of a GitHub workflow
  $ ipv8c check --format sarif         a SARIF 2.1.0 log
`;
