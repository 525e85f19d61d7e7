import type { CheckOptions } from '../actions/check.ts';
import { type AddCommand, examples, formatOption, strictOption } from '../command.ts';

export const addCheck: AddCommand = (program, session) => {
  program
    .command('check')
    .summary('show what is wrong with schemas')
    .description('Shows every fault of every schema at once; exits with 100 when there are errors.')
    .argument('[paths...]', 'schemas, or directories of schemas; - is standard input')
    .option('--fix', 'apply the suggestions that cannot be wrong, to the named schemas')
    .addOption(strictOption())
    .addOption(formatOption())
    .addHelpText(
      'after',
      examples(
        'ipv8c check',
        'ipv8c check schemas/lamport.ipv8',
        'ipv8c check --fix',
        'ipv8c check --strict               warnings are errors; #allow(…) names those that may stay',
        'ipv8c check - < draft.ipv8         a schema as if it lay in this directory',
        'ipv8c check --format json          one JSON object a line',
        'ipv8c check --format github        annotations of a GitHub workflow',
        'ipv8c check --format sarif         a SARIF 2.1.0 log',
      ),
    )
    .action(async (paths: readonly string[], options: CheckOptions) => {
      const { check } = await import('../actions/check.ts');
      session.finish(await check(paths, options, session.terminal));
    });
};
