/** What encoding and decoding cost, beside other codecs. */
import { type ChildProcess, fork } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { median } from '../measure.ts';
import { installPeers, PEERS } from '../peers.ts';
import { type Case, caseOf, machine, type Report } from '../report.ts';
import { type Operation, OPERATIONS } from './contender.ts';
import type { MessageName } from './messages.ts';
import { generatePeers } from './prepare.ts';
import { startPython } from './python.ts';
import type { Introduction, Question } from './worker.ts';

/** What is measured. */
export type CodecOptions = {
  readonly rounds: number;
  /** Processor time of one figure of one round. */
  readonly milliseconds: number;
  readonly messages: readonly MessageName[];
  readonly withPeers: boolean;
  readonly log: (line: string) => void;
};

const OURS = 'ipv8c';

/** Modules by the names of who they measure. */
const OWN: Readonly<Record<string, string>> = {
  [OURS]: new URL('contenders/ipv8.ts', import.meta.url).pathname,
  'hand-written': new URL('contenders/hand-written.ts', import.meta.url).pathname,
};
const OTHERS: Readonly<Record<string, string>> = Object.fromEntries(
  ['protobufjs', 'protobuf-es', 'msgpackr', 'hyperschema', 'bebop'].map((name) => [
    name,
    `${PEERS}codec/${name}.js`,
  ]),
);

const TSX = pathToFileURL(
  new URL('../../../node_modules/tsx/dist/loader.mjs', import.meta.url).pathname,
).href;

/** A contender that has started, and shown that every value comes back. */
export type Worker = Introduction & {
  readonly name: string;
  readonly ask: (question: Question) => Promise<number>;
  readonly end: () => void;
};

/** Every contender once per round and figure, so that what else the machine does meets them alike. */
export async function runCodecBench(options: CodecOptions): Promise<Report> {
  const { log, messages, milliseconds, rounds } = options;
  const unavailable: Record<string, string> = {};
  const workers: Worker[] = [];
  try {
    for (const [name, module] of Object.entries(usable(options, unavailable))) {
      const worker = await start(name, module);
      if (typeof worker !== 'string') workers.push(worker);
      else if (module === OWN[name]) throw new Error(`${name}: ${worker}`);
      else unavailable[name] = worker;
    }
    if (options.withPeers) {
      const python = await startPython(log).catch(String);
      if (typeof python === 'string') unavailable['py-ipv8'] = python;
      else workers.push(python);
    }
    const cases: Case[] = messages.map((message) => sizes(message, workers));
    for (const message of messages) {
      for (const operation of OPERATIONS) {
        const able = workers.filter((worker) => can(worker, operation));
        const times = new Map<string, number[]>(able.map(({ name }) => [name, []]));
        for (let round = 0; round < rounds; round++) {
          for (const { ask, name } of able) {
            times.get(name)?.push(await ask({ message, operation, milliseconds }));
          }
        }
        const medians = new Map([...times].map(([name, all]) => [name, median(all)]));
        const figures = caseOf({
          name: `${message} ${operation}`,
          unit: 'ns',
          ours: OURS,
          medians,
        });
        cases.push(figures);
        log(`${figures.name}: ${figures.ours} ns, × ours ${JSON.stringify(figures.ratios)}`);
      }
    }
    const versions = Object.assign(
      { node: process.version },
      ...workers.map((worker) => worker.versions),
    ) as Report['versions'];
    return { machine: machine(), versions, cases, unavailable };
  } finally {
    for (const { end } of workers) end();
  }
}

/** Contenders that may run here. */
function usable(
  { log, withPeers }: CodecOptions,
  unavailable: Record<string, string>,
): Readonly<Record<string, string>> {
  if (!withPeers) return OWN;
  log('installing the peers');
  const problem = installPeers();
  const problems =
    problem === undefined
      ? generatePeers()
      : Object.fromEntries(Object.keys(OTHERS).map((name) => [name, problem]));
  Object.assign(unavailable, problems);
  const whole = Object.entries(OTHERS).filter(([name]) => !Object.hasOwn(problems, name));
  return { ...OWN, ...Object.fromEntries(whole) };
}

/** The worker, or why it did not start. */
async function start(name: string, module: string): Promise<Worker | string> {
  const worker = fork(new URL('worker.ts', import.meta.url), [module], {
    execArgv: ['--import', TSX],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let complaint = '';
  worker.stderr?.on('data', (text: Buffer) => (complaint += text.toString()));
  const first = await new Promise<Introduction | undefined>((resolve) => {
    worker.once('message', (message) => resolve(message as Introduction));
    worker.once('exit', () => resolve(undefined));
  });
  if (first === undefined) return complaint.trim().slice(-300);
  return {
    name,
    ...first,
    ask: (question) => askOver(worker, question),
    end: () => worker.disconnect(),
  };
}

function askOver(worker: ChildProcess, question: Question): Promise<number> {
  return new Promise((resolve, reject) => {
    const ended = (): void => reject(new Error('a worker ended'));
    worker.once('exit', ended);
    worker.once('message', (time) => {
      worker.off('exit', ended);
      resolve(time as number);
    });
    worker.send(question);
  });
}

/** Not everyone can write where it is told to. */
function can({ hasEncodeInto }: Worker, operation: Operation): boolean {
  return operation !== 'encodeInto' || hasEncodeInto;
}

function sizes(message: MessageName, workers: readonly Worker[]): Case {
  const known = workers.flatMap(({ name, sizes: all }) => {
    const size = all[message];
    return size === undefined ? [] : [[name, size] as const];
  });
  return caseOf({ name: `${message} size`, unit: 'bytes', ours: OURS, medians: new Map(known) });
}
