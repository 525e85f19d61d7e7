import { type AddCommand, examples } from '../command.ts';

export const addLsp: AddCommand = (program) => {
  program
    .command('lsp')
    .summary('serve an editor')
    .description(
      'Speaks the Language Server Protocol on standard input and output, for an editor that ' +
        'starts it.',
    )
    .option('--stdio', 'the only way there is; editors say it')
    .option('--clientProcessId <id>', 'the process with which the server ends; editors say it')
    .addHelpText('after', examples('ipv8c lsp'))
    .action(async () => {
      const { lsp } = await import('../actions/lsp.ts');
      await lsp();
    });
};
