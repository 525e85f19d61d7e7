import type { CompileOptions } from '../actions/compile.ts';
import { type AddCommand, examples, formatOption } from '../command.ts';

export const addCompile: AddCommand = (program, session) => {
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
    .addHelpText(
      'after',
      examples(
        'ipv8c compile',
        'ipv8c compile schemas --out generated',
        'ipv8c compile schemas/lamport.ipv8',
        'ipv8c compile --check',
      ),
    )
    .action(async (paths: readonly string[], options: CompileOptions) => {
      const { compile } = await import('../actions/compile.ts');
      session.finish(await compile(paths, options, session.terminal));
    });
};
