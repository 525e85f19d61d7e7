import { type AddCommand, examples, formatOption, type ReportFormat } from '../command.ts';

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
    .option('--check', 'write nothing; exit with 101 when handlers are missing or left over')
    .addOption(formatOption())
    .addHelpText(
      'after',
      examples(
        'ipv8c stub Lamport --out source/lamport.ts',
        'ipv8c stub Lamport schemas/lamport.ipv8 --out source/lamport.ts',
        'ipv8c stub Lamport --out source/lamport.ts --check',
      ),
    )
    .action(async (name: string, paths: readonly string[], options: StubOptions) => {
      const { stub } = await import('../actions/stub.ts');
      const { check = false, format, out } = options;
      session.finish(await stub({ name, paths, out, check, format }, session.terminal));
    });
};

type StubOptions = {
  readonly out: string;
  readonly check?: boolean;
  readonly format: ReportFormat;
};
