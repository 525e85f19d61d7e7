import type { FormatOptions } from '../actions/format.ts';
import { type AddCommand, examples } from '../command.ts';

export const addFormat: AddCommand = (program, session) => {
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
    .addHelpText(
      'after',
      examples(
        'ipv8c format',
        'ipv8c format schemas --check',
        'ipv8c format schemas/lamport.ipv8 --diff',
        'ipv8c format - < lamport.ipv8',
      ),
    )
    .action(async (paths: readonly string[], options: FormatOptions) => {
      const { format } = await import('../actions/format.ts');
      session.finish(await format(paths, options, session.terminal));
    });
};
