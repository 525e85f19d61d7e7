/** `npm run bench:simulate`. */
import { Command, InvalidArgumentError } from 'commander';
import { runSimulateBench, WORLDS } from './simulate.ts';

const options = new Command('npm run bench:simulate --')
  .description('Measures simulated worlds of 1,000, 10,000 and 100,000 peers.')
  .option('--rounds <count>', 'runs of each', whole, 3)
  .option('--most <peers>', 'leaves out the worlds with more', whole, Number.POSITIVE_INFINITY)
  .option('--json', 'one object: machine, versions, cases')
  .allowExcessArguments(false)
  .parse()
  .opts<{ readonly json?: true; readonly most: number; readonly rounds: number }>();

const report = runSimulateBench({
  command: [new URL('../simulate/run.js', import.meta.url).pathname],
  rounds: options.rounds,
  worlds: WORLDS.filter(({ peers }) => peers <= options.most),
  log: (line) => void process.stderr.write(`${line}\n`),
});
const lines = [
  [...Object.values(report.machine), `Node ${process.version}`].join(', '),
  ...report.cases.map(({ name, ours, unit }) => `${name.padEnd(44)}${ours} ${unit}`),
];
process.stdout.write(`${options.json ? JSON.stringify(report, undefined, 2) : lines.join('\n')}\n`);

function whole(text: string): number {
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new InvalidArgumentError('It is a whole number from 1.');
  return Number(text);
}
