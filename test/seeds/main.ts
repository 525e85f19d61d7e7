/**
 * `npm run seeds -- --count 1000`: a minute of faults and one of peace for each seed. A seed that fails is shrunk to
 * the faults that matter, and the line that replays it is printed.
 */
import { runCommand } from './command.ts';
import { liveTown } from './scenario.ts';

process.exitCode = await runCommand(process.argv.slice(2), {
  write: (text) => void process.stdout.write(text),
  scenario: liveTown,
});
