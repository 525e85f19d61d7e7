import { type AddCommand, examples } from '../command.ts';

export const addInit: AddCommand = (program, session) => {
  program
    .command('init')
    .summary('start a project with an overlay of its own')
    .description(
      'Writes a project: a schema, its generated module, handlers to fill in, a node to run, and a test ' +
        'that passes. Files that exist are never overwritten.',
    )
    .argument('<name>', 'the community: Chat')
    .option('--directory <directory>', 'where to; a new directory of that name unless given')
    .addHelpText('after', examples('ipv8c init Chat', 'ipv8c init Chat --directory .'))
    .action(async (name: string, options: { readonly directory?: string }) => {
      const { init } = await import('../actions/init.ts');
      session.finish(await init({ name, ...options }, session.terminal));
    });
};
