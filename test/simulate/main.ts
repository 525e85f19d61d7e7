/**
 * `npm run simulate -- --peers 10000 --seconds 120 --seed 7 --json`: real nodes in a simulated world look for
 * neighbours. Prints how far they came, what it cost, and the hash of all that happened; a run that fails prints the
 * line that replays it.
 */
import { runCommand } from './command.ts';
import { simulate } from './simulate.ts';

process.exitCode = await runCommand(process.argv.slice(2), {
  write: (text) => void process.stdout.write(text),
  writeError: (text) => void process.stderr.write(text),
  simulate,
});
