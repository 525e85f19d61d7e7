import { Option } from 'commander';
import { type AddCommand, examples } from '../command.ts';
import { KEY_LEVELS } from '../key-levels.ts';

const EXAMPLES = examples('ipv8c key new peer.key', 'ipv8c key new --level medium peer.key');

export const addKey: AddCommand = (program, session) => {
  const level = new Option(
    '--level <level>',
    'the curve: curve25519, or the level of an older one',
  );
  program
    .command('key')
    .summary('make keys')
    .description('Makes the keys that name peers and communities.')
    .addHelpText('after', EXAMPLES)
    .command('new')
    .description('Makes a private key, writes it with mode 0600, and prints its public half.')
    .argument('<file>', 'the file to write; it must not exist')
    .addOption(level.choices(KEY_LEVELS).default('curve25519'))
    .addHelpText('after', EXAMPLES)
    .action(async (file: string, options: { readonly level: string }) => {
      const { keyNew } = await import('../actions/key.ts');
      session.finish(await keyNew({ file, level: options.level }, session.terminal));
    });
};
