/** `npm run bench:compile -- [--json] [--no-peers] [--rounds N] [--peer-rounds N]`. */
import { parseArgs } from 'node:util';
import { runBench, type Report, SIZES } from './compile.ts';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    'no-peers': { type: 'boolean', default: false },
    rounds: { type: 'string', default: '5' },
    'peer-rounds': { type: 'string', default: '3' },
  },
});

const report = await runBench({
  command: [new URL('../../dist/bin/main.js', import.meta.url).pathname],
  rounds: Number(values.rounds),
  peerRounds: Number(values['peer-rounds']),
  withPeers: !values['no-peers'],
  sizes: SIZES,
  log: (line) => void process.stderr.write(`${line}\n`),
});
process.stdout.write(values.json ? `${JSON.stringify(report, null, 2)}\n` : printReport(report));

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
