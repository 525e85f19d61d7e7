/**
 * `npm run flood -- --pps 20000 --seconds 10 --json`: seven kinds of junk against one node on loopback, while a client
 * goes on asking it. One line for each kind; the exit code is 1 when a goal is missed.
 */
import { runCommand } from './command.ts';
import { flood } from './rig.ts';

process.exitCode = await runCommand(process.argv.slice(2), {
  write: (text) => void process.stdout.write(text),
  writeError: (text) => void process.stderr.write(text),
  flood,
});
