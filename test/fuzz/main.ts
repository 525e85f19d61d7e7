/**
 * `npm run fuzz -- --cases 100000 --seed 7`: throws hostile input at all that takes bytes or text
 * from outside. Prints what failed and the line that replays it.
 */
import { CORPUS } from './corpus.ts';
import { runCommand } from './command.ts';

process.exitCode = await runCommand(process.argv.slice(2), {
  write: (text) => void process.stdout.write(text),
  corpus: CORPUS,
});
