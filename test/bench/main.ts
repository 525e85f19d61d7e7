/** `npm run bench:compile`. */
import { Command, InvalidArgumentError } from 'commander';
import { runBench, SIZES } from './compile.ts';
import type { Report } from './report.ts';

const options = new Command('npm run bench:compile --')
  .description('Measures the compiler beside others; each runs in a process of its own.')
  .option('--no-peers', 'ours alone')
  .option('--rounds <count>', 'runs of ours', count, 5)
  .option('--peer-rounds <count>', 'runs of the others, some of which take a minute', count, 3)
  .option('--json', 'one object: machine, versions, cases, unavailable')
  .allowExcessArguments(false)
  .parse()
  .opts<{
    readonly json?: true;
    readonly peers: boolean;
    readonly rounds: number;
    readonly peerRounds: number;
  }>();

const report = await runBench({
  command: [new URL('../../dist/bin/main.js', import.meta.url).pathname],
  rounds: options.rounds,
  peerRounds: options.peerRounds,
  withPeers: options.peers,
  sizes: SIZES,
  log: (line) => void process.stderr.write(`${line}\n`),
});
process.stdout.write(options.json ? `${JSON.stringify(report, null, 2)}\n` : printReport(report));

function count(text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new InvalidArgumentError('It is a whole number from 1.');
  return Number(text);
}

function printReport({ cases, machine, unavailable, versions }: Report): string {
  const lines = [
    Object.values(machine).join(', '),
    Object.entries(versions)
      .map(([name, version]) => `${name} ${version}`)
      .join(', '),
  ];
  for (const { name, ours, peers, ratios } of cases) {
    lines.push('', name, row('ipv8c', ours, ''));
    for (const [peer, time] of Object.entries(peers)) {
      lines.push(row(peer, time, `${ratios[peer] ?? ''} × ours`));
    }
  }
  for (const [peer, reason] of Object.entries(unavailable)) lines.push('', `${peer}: ${reason}`);
  return `${lines.join('\n')}\n`;
}

function row(name: string, time: number, ratio: string): string {
  return `  ${name.padEnd(22)}${time.toFixed(1).padStart(10)} ms  ${ratio}`.trimEnd();
}
