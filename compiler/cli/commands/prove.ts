import { Option } from 'commander';
import type { ProveOptions } from '../actions/prove.ts';
import { type AddCommand, examples } from '../command.ts';

export const addProve: AddCommand = (program, session) => {
  program
    .command('prove')
    .summary('compare our bytes with those of py-ipv8')
    .description(
      'Writes random values of every message with TypeScript and with payloads generated for py-ipv8, and compares bytes and ' +
        'what is read of them. Bytes that were changed have to meet the same fate under compat decoding. ' +
        'What differs is made small and printed as a vector. Exits with 101 when something differs.',
    )
    .argument('[paths...]', 'schemas, or directories of schemas')
    .addOption(
      new Option('--against <target>', 'the other side').choices(['python']).makeOptionMandatory(),
    )
    .option('--values <count>', 'values of each message', '1000')
    .option('--seed <number>', 'what values are drawn with; drawn itself where it is not given')
    .option('--message <name>', 'only this message or struct: FindRequest, Dht.FindRequest')
    .option('--python <path>', 'the Python that has py-ipv8; python3 where it is not given')
    .option(
      '--ledger <file>',
      'divergences that are meant; prove-ledger.json beside the configuration',
    )
    .addHelpText(
      'after',
      examples(
        'ipv8c prove --against python',
        'ipv8c prove --against python schemas/chat.ipv8 --values 10000 --seed 7',
        'ipv8c prove --against python --python .venv/bin/python --message Dht.FindRequest',
      ),
    )
    .action(async (paths: readonly string[], options: ProveOptions) => {
      const { prove } = await import('../actions/prove.ts');
      session.finish(await prove(paths, options, session.terminal));
    });
};
