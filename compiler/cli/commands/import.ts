import { type AddCommand, examples, formatOption, type ReportFormat } from '../command.ts';

export const addImport: AddCommand = (program, session) => {
  program
    .command('import')
    .summary('make a schema of payloads and communities in Python')
    .description(
      'Reads payload classes and communities of py-ipv8 by their syntax, without Python, and writes one schema. ' +
        'What cannot be declared is reported with its file and line, and the rest is written all the same; ' +
        'the command then exits with 100. Name the file of a community together with that of its payloads: ' +
        'only its handlers say which messages are signed.',
    )
    .argument('<paths...>', 'files of Python, or directories of them; - is standard input')
    .option('-o, --out <file>', 'the schema to write; otherwise it goes to standard output')
    .option('--force', 'write over a schema that exists')
    .addOption(formatOption())
    .addHelpText(
      'after',
      examples(
        'ipv8c import app/payload.py app/community.py',
        'ipv8c import app --out schemas/app.ipv8',
        'ipv8c import - < payload.py',
      ),
    )
    .action(async (paths: readonly string[], options: ImportOptions) => {
      const { importFiles } = await import('../actions/import.ts');
      session.finish(await importFiles(paths, options, session.terminal));
    });
};

export type ImportOptions = {
  readonly out?: string;
  readonly force?: boolean;
  readonly format: ReportFormat;
};
