/** `npm run bench:codec`. */
import { Command, InvalidArgumentError, Option } from 'commander';
import type { Case, Report } from '../report.ts';
import { runCodecBench } from './bench.ts';
import { MESSAGE_NAMES, type MessageName } from './messages.ts';

const options = new Command('npm run bench:codec --')
  .description('Measures generated codecs beside others; each runs in a process of its own.')
  .option('--no-peers', 'ours and the one written by hand')
  .option('--rounds <count>', 'of each figure; the median counts', count, 7)
  .option('--milliseconds <count>', 'of processor time for one figure of a round', count, 100)
  .addOption(new Option('--only <message>', 'one message').choices(MESSAGE_NAMES))
  .option('--json', 'one object: machine, versions, cases, unavailable')
  .allowExcessArguments(false)
  .parse()
  .opts<{
    readonly json?: true;
    readonly peers: boolean;
    readonly rounds: number;
    readonly milliseconds: number;
    readonly only?: MessageName;
  }>();

const report = await runCodecBench({
  rounds: options.rounds,
  milliseconds: options.milliseconds,
  messages: options.only === undefined ? MESSAGE_NAMES : [options.only],
  withPeers: options.peers,
  log: (line) => void process.stderr.write(`${line}\n`),
});
process.stdout.write(options.json ? `${JSON.stringify(report, null, 2)}\n` : printReport(report));

function count(text: string): number {
  if (!/^[1-9]\d{0,4}$/.test(text)) throw new InvalidArgumentError('It is a whole number from 1.');
  return Number(text);
}

/** Ours in its unit, the others as how many times ours they are. */
function printReport({ cases, machine, unavailable, versions }: Report): string {
  const names = [...new Set(cases.flatMap(({ ratios }) => Object.keys(ratios)))];
  const lines = [
    Object.values(machine).join(', '),
    Object.entries(versions)
      .map(([name, version]) => `${name} ${version}`)
      .join(', '),
    '',
    ['case'.padEnd(34), 'ours'.padStart(12), ...names.map((name) => name.padStart(13))].join(''),
    ...cases.map((one) => row(one, names)),
  ];
  for (const [peer, reason] of Object.entries(unavailable)) lines.push('', `${peer}: ${reason}`);
  return `${lines.join('\n')}\n`;
}

function row({ name, ours, ratios, unit }: Case, names: readonly string[]): string {
  const others = names.map((peer) => {
    const ratio = ratios[peer];
    return (ratio === undefined ? '' : `× ${ratio.toFixed(2)}`).padStart(13);
  });
  return [name.padEnd(34), `${ours} ${unit}`.padStart(12), ...others].join('').trimEnd();
}
