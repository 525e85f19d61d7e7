import { InvalidArgumentError, Option } from 'commander';
import { type AddCommand, examples } from '../command.ts';
import { KEY_LEVELS } from '../key-levels.ts';
import type { TrackerCommand } from '../actions/tracker.ts';

const EXAMPLES = examples(
  'ipv8c tracker',
  'ipv8c tracker --listen 127.0.0.1:9000 --json',
  'ipv8c tracker --listen 0.0.0.0:8090 --listen [::]:8090 --key tracker.key',
);

export const addTracker: AddCommand = (program, session) => {
  program
    .command('tracker')
    .summary('introduce peers to each other')
    .description(
      'Runs a tracker until Ctrl+C: it keeps peers of every community it hears of and introduces ' +
        'them to each other. Where peers know nobody else, they begin there.',
    )
    .addOption(
      new Option(
        '--listen <address>',
        'where to listen: a port, or an address and a port; twice for IPv4 and IPv6',
      )
        .argParser((text, previous: readonly string[]) => [...previous, text])
        .default([], '0.0.0.0:8090'),
    )
    .option('--key <file>', 'the private key to be known by; made when there is no such file')
    .addOption(
      new Option('--level <level>', 'the curve of a key that is made')
        .choices(KEY_LEVELS)
        .default('very-low'),
    )
    .option('--every <seconds>', 'how often to say what it serves', parseSeconds, 60)
    .option('--json', 'say it as JSON, one object in each line')
    .addHelpText('after', EXAMPLES)
    .action(async (options: TrackerCommand) => {
      const { tracker } = await import('../actions/tracker.ts');
      session.finish(await tracker(options, session.terminal));
    });
};

function parseSeconds(text: string): number {
  const seconds = Number(text);
  // More does not fit into a timer.
  if (seconds >= 1 && seconds <= 86_400) return seconds;
  throw new InvalidArgumentError('seconds are a number from 1 to 86400.');
}
