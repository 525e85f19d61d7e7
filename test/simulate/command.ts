/** The command `simulate`: options in, a report out. */
import { parseArgs } from 'node:util';
import type { Sample } from './crowd.ts';
import { replayLine, type Report, type simulate, type SimulateOptions } from './simulate.ts';

/** What the command is given by the process, or by a test. */
export type CommandParts = {
  readonly write: (text: string) => void;
  readonly writeError: (text: string) => void;
  readonly simulate: typeof simulate;
};

/** Runs it and gives the exit code: 1 for a run that failed, 2 for options that mean nothing. */
export async function runCommand(args: readonly string[], parts: CommandParts): Promise<number> {
  const { write, writeError } = parts;
  const parsed = parseOptions(args);
  if ('problem' in parsed) {
    writeError(`${parsed.problem}\n`);
    return 2;
  }
  if ('help' in parsed) {
    write(parsed.help);
    return 0;
  }
  const { options, isJson } = parsed;
  const startedMs = performance.now();
  const before = process.cpuUsage();
  try {
    const report = await parts.simulate(options, (sample) => {
      if (!isJson) write(`${printSample(sample)}\n`);
    });
    const { user, system } = process.cpuUsage(before);
    const cost = costOf(report, (performance.now() - startedMs) / 1_000, (user + system) / 1e6);
    write(
      isJson ? `${JSON.stringify({ ...report, cost }, undefined, 2)}\n` : printReport(report, cost),
    );
    return 0;
  } catch (error) {
    writeError(`${error instanceof Error ? error.stack : String(error)}\n`);
    writeError(`replay: ${replayLine(options)}\n`);
    return 1;
  }
}

type Parsed =
  | { readonly options: SimulateOptions; readonly isJson: boolean }
  | { readonly problem: string }
  | { readonly help: string };

const DEFAULTS = { peers: '1000', trackers: '13', seconds: '60', seed: '1', loss: '0.05' } as const;

const HELP = `npm run simulate -- [options]

  --peers N      nodes (${DEFAULTS.peers})
  --trackers N   nodes that the others know from the start (${DEFAULTS.trackers})
  --seconds N    virtual time (${DEFAULTS.seconds})
  --seed N       where all chance comes from (${DEFAULTS.seed})
  --loss SHARE   of datagrams, from 0 to 1 (${DEFAULTS.loss})
  --json         the report as JSON
`;

function parseOptions(args: readonly string[]): Parsed {
  const text = (name: keyof typeof DEFAULTS) =>
    ({ type: 'string', default: DEFAULTS[name] }) as const;
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        peers: text('peers'),
        trackers: text('trackers'),
        seconds: text('seconds'),
        seed: text('seed'),
        loss: text('loss'),
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) return { help: HELP };
    const options = {
      peers: whole('peers', values.peers, 1),
      trackers: whole('trackers', values.trackers, 1),
      seconds: whole('seconds', values.seconds, 1),
      seed: whole('seed', values.seed, 0),
      loss: Number(values.loss),
    };
    if (!(options.loss >= 0 && options.loss <= 1)) {
      return { problem: `--loss ${values.loss}: give a number from 0 to 1` };
    }
    return { options, isJson: values.json };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

function whole(name: string, text: string, min: number): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= min) return value;
  throw new Error(`--${name} ${text}: give a whole number from ${min}`);
}

/** What a run took on this machine, which others may be using too. */
type Cost = {
  readonly wallSeconds: number;
  /** All threads together, the collector's and the compiler's included. */
  readonly cpuSeconds: number;
  readonly eventsPerSecond: number;
  readonly eventsPerCpuSecond: number;
  /** The most memory that the process had. */
  readonly memoryMiB: number;
};

function costOf({ events }: Report, wallSeconds: number, cpuSeconds: number): Cost {
  return {
    wallSeconds,
    cpuSeconds,
    eventsPerSecond: Math.round(events / wallSeconds),
    eventsPerCpuSecond: Math.round(events / cpuSeconds),
    memoryMiB: Math.round(process.resourceUsage().maxRSS / 1_024),
  };
}

function printSample({ second, mean, min, complete }: Sample): string {
  const share = `${(complete * 100).toFixed(2)} % have 20`;
  return `${second} s: ${mean.toFixed(2)} neighbours each, ${min} at least, ${share}`;
}

function printReport({ events, traceHash }: Report, cost: Cost): string {
  const { wallSeconds, cpuSeconds, eventsPerSecond, memoryMiB } = cost;
  const time = `${wallSeconds.toFixed(1)} s, ${cpuSeconds.toFixed(1)} s of processor time`;
  return `${events} events in ${time}: ${eventsPerSecond} a second; ${memoryMiB} MiB\ntrace ${traceHash}\n`;
}
