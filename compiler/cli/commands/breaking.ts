import type { BreakingOptions } from '../actions/breaking.ts';
import { type AddCommand, examples, formatOption } from '../command.ts';

export const addBreaking: AddCommand = (program, session) => {
  program
    .command('breaking')
    .summary('show what peers of another version would not understand')
    .description(
      'Compares the schemas with older ones, in both directions: what peers of the old schema make ' +
        'of new bytes, and the reverse. Exits with 100 when one side does not understand the other.',
    )
    .argument('[paths...]', 'schemas, or directories of schemas')
    .requiredOption(
      '--against <what>',
      'a lock, a schema, a directory of schemas, or git:REF for those of a commit',
    )
    .addOption(formatOption())
    .addHelpText(
      'after',
      examples(
        'ipv8c breaking --against schemas/ipv8.lock',
        'ipv8c breaking --against git:HEAD~1',
        'ipv8c breaking --against git:v1.0.0 --format github',
      ),
    )
    .action(async (paths: readonly string[], options: BreakingOptions) => {
      const { breaking } = await import('../actions/breaking.ts');
      session.finish(await breaking(paths, options, session.terminal));
    });
};
