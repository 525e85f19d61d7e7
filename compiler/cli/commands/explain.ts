import { type AddCommand, examples } from '../command.ts';

export const addExplain: AddCommand = (program, session) => {
  program
    .command('explain')
    .summary('say what a diagnostic means')
    .description('Prints the page of a diagnostic, or lists every code with its title.')
    .argument('[code]', 'what stands in brackets: id/taken')
    .addHelpText(
      'after',
      examples('ipv8c explain                      list all codes', 'ipv8c explain id/taken'),
    )
    .action(async (code: string | undefined) => {
      const { explain } = await import('../actions/explain.ts');
      session.finish(await explain(code, session.terminal));
    });
};
