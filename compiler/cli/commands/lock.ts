import type { LockOptions } from '../actions/lock.ts';
import { type AddCommand, examples, formatOption } from '../command.ts';

export const addLock: AddCommand = (program, session) => {
  program
    .command('lock')
    .summary('record what is agreed on the wire')
    .description(
      'Writes ipv8.lock beside the schemas: ids, layouts and bounds as they are now. Commit it; ' +
        'from then on `ipv8c check` shows what peers that run already would not understand.',
    )
    .option('--check', 'write nothing; exit with 101 when the lock is not what the schemas say')
    .option('--accept-breaking', 'record changes that peers of the old schema do not understand')
    .addOption(formatOption())
    .addHelpText(
      'after',
      examples('ipv8c lock', 'ipv8c lock --check', 'ipv8c lock --accept-breaking'),
    )
    .action(async (options: LockOptions) => {
      const { lock } = await import('../actions/lock.ts');
      session.finish(await lock(options, session.terminal));
    });
};
