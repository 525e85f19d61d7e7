import { Option } from 'commander';
import { TARGET_NAMES } from '../../targets/index.ts';
import type { CompileOptions } from '../actions/compile.ts';
import { type AddCommand, examples, formatOption, strictOption } from '../command.ts';

export const addCompile: AddCommand = (program, session) => {
  program
    .command('compile')
    .summary('write one TypeScript module per schema')
    .description(
      'Writes one TypeScript module per schema; modules that are up to date are not touched. ' +
        'The module of a schema on standard input goes to standard output.',
    )
    .argument('[paths...]', 'schemas, or directories of schemas; - is standard input')
    .option('--out <directory>', 'where to write; the configuration says it otherwise')
    .option(
      '--target <name>',
      `what to write: ${TARGET_NAMES.join(', ')}, or a module that exports a target`,
    )
    .option(
      '--check',
      'write nothing; exit with 101 when a module is missing, different, extra, or unknown to git',
    )
    .addOption(new Option('--watch', 'compile again whenever a schema changes').conflicts('check'))
    .addOption(strictOption())
    .addOption(formatOption())
    .addHelpText(
      'after',
      examples(
        'ipv8c compile',
        'ipv8c compile schemas --out generated',
        'ipv8c compile schemas/lamport.ipv8',
        'ipv8c compile --check',
        'ipv8c compile --watch',
        'ipv8c compile --target json --out build',
        'ipv8c compile - < draft.ipv8 > draft.ts',
      ),
    )
    .action(async (paths: readonly string[], options: CompileOptions) => {
      const { terminal } = session;
      if (options.watch === true) {
        const { watch } = await import('../actions/watch.ts');
        session.finish(await watch(paths, options, terminal));
      } else {
        const { compile } = await import('../actions/compile.ts');
        session.finish(await compile(paths, options, terminal));
      }
    });
};
