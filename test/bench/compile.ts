/** What compiling costs, beside other compilers. */
import { type Contender, measure } from './measure.ts';
import { installPeers, type Peer, peers as allPeers, versionsOf } from './peers.ts';
import { caseOf, machine, type Case, type Report, round } from './report.ts';
import { measureWatch, type WatchSize } from './watch.ts';
import { type Files, schemas, type Size } from './workloads.ts';

/** What is measured. */
export type BenchOptions = {
  /** The arguments of Node that run our command. */
  readonly command: readonly string[];
  readonly rounds: number;
  /** Of the cases with peers, some of which take a minute. */
  readonly peerRounds: number;
  readonly withPeers: boolean;
  readonly sizes: {
    readonly cold: readonly Size[];
    readonly growth: readonly number[];
    readonly formatLines: number;
    readonly watch: WatchSize;
  };
  /** Hears what is going on. */
  readonly log: (line: string) => void;
};

/** The issue's sizes. */
export const SIZES: BenchOptions['sizes'] = {
  cold: [
    { messages: 2000, files: 1 },
    { messages: 2000, files: 20 },
  ],
  growth: [250, 500, 1000, 2000, 4000],
  formatLines: 10_000,
  watch: { files: 200, messagesPerFile: 10, edits: 40 },
};

const OURS = 'ipv8c';
/** What starting Node costs anyone. */
const NODE = 'node -e 0';

const IDLE: Contender = { name: NODE, files: {}, command: process.execPath, args: ['-e', '0'] };

/** Measures everything, one after the other. */
export async function runBench(options: BenchOptions): Promise<Report> {
  const { command, log, rounds, sizes } = options;
  const unavailable: Record<string, string> = {};
  const cases: Case[] = [];
  const add = (name: string, contenders: readonly Contender[], times: number): void => {
    log(`${name}, ${times} rounds`);
    const { medians, failed } = measure(contenders, times);
    for (const [peer, reason] of failed) {
      if (peer === OURS || peer === NODE) throw new Error(`${name}: ${peer}: ${reason}`);
      unavailable[peer] = reason;
    }
    cases.push(caseOf({ name, unit: 'ms', ours: OURS, medians }));
    log(`  ${[...medians].map(([who, time]) => `${who} ${round(time)}`).join(', ')}`);
  };
  const ours = (args: readonly string[], files: Files, output?: string): Contender => ({
    name: OURS,
    files,
    command: process.execPath,
    args: [...command, ...args],
    ...(output === undefined ? {} : { output }),
  });
  const compile = (size: Size): Contender =>
    ours(['compile'], { 'ipv8.config.json': '{}', ...schemas(size, 'ipv8') }, 'generated');

  const peers = usablePeers(options, unavailable);
  for (const size of sizes.cold) {
    const where = size.files === 1 ? 'one file' : `${size.files} files`;
    const others = peers.filter(({ language }) => size.files === 1 || language !== 'tsp');
    const contenders = [IDLE, compile(size), ...others.map((peer) => peerOf(peer, size))];
    add(`compile ${size.messages} messages in ${where}, cold`, contenders, options.peerRounds);
  }
  for (const messages of sizes.growth) {
    add(`grow to ${messages} messages`, [IDLE, compile({ messages, files: 1 })], rounds);
  }
  add('--version', [IDLE, ours(['--version'], {})], rounds * 3);
  const lines = schemas({ messages: Math.ceil(sizes.formatLines / 8), files: 1 }, 'ipv8');
  const untidy = mapValues(lines, (text) => text.replaceAll(': ', ' :  '));
  add(`format ${sizes.formatLines} lines`, [IDLE, ours(['format', 'schemas'], untidy)], rounds);

  const { edits, files } = sizes.watch;
  const name = `rebuild 1 of ${files} files under --watch`;
  log(`${name}, ${edits} edits`);
  const medians = new Map([[OURS, await measureWatch(command, sizes.watch)]]);
  cases.push(caseOf({ name, unit: 'ms', ours: OURS, medians }));
  return { machine: machine(), versions: versions(peers), cases, unavailable };
}

function usablePeers(
  { log, withPeers }: BenchOptions,
  unavailable: Record<string, string>,
): readonly Peer[] {
  if (!withPeers) return [];
  log('installing the peers');
  const problem = installPeers();
  if (problem === undefined) return allPeers;
  for (const { name } of allPeers) unavailable[name] = problem;
  return [];
}

function peerOf(peer: Peer, size: Size): Contender {
  return { ...peer, files: { ...schemas(size, peer.language), ...peer.files } };
}

function versions(peers: readonly Peer[]): Report['versions'] {
  return Object.assign({ node: process.version }, ...peers.map(versionsOf)) as Report['versions'];
}

function mapValues(files: Files, change: (text: string) => string): Files {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [path, change(text)]));
}
