import { type AddCommand, examples } from '../command.ts';

export const addStub: AddCommand = (program, session) => {
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
    .addHelpText(
      'after',
      examples(
        'ipv8c stub Lamport --out source/lamport.ts',
        'ipv8c stub Lamport schemas/lamport.ipv8 --out source/lamport.ts',
      ),
    )
    .action(async (name: string, paths: readonly string[], options: { readonly out: string }) => {
      const { stub } = await import('../actions/stub.ts');
      session.finish(await stub({ name, paths, out: options.out }, session.terminal));
    });
};
