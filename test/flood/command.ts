/** The command `flood`: options in, a line for each kind out. */
import { parseArgs } from 'node:util';
import { type Kind, KINDS } from './packets.ts';
import { type KindReport, missedGoals, printReport } from './report.ts';
import type { FloodOptions } from './rig.ts';

/** What the command is given by the process, or by a test. */
export type CommandParts = {
  readonly write: (text: string) => void;
  readonly writeError: (text: string) => void;
  readonly flood: (kind: Kind, options: FloodOptions) => Promise<KindReport>;
};

const DEFAULTS = { pps: '20000', seconds: '10', requests: '100' } as const;

const HELP = `npm run flood -- [options]

  --pps N        junk packets a second (${DEFAULTS.pps})
  --seconds N    for each kind (${DEFAULTS.seconds})
  --requests N   of the honest client, a second (${DEFAULTS.requests})
  --kind NAME    one of ${KINDS.join(', ')}; all unless given, and it may be given again
  --json         the report as JSON

The goals are for a machine that does nothing else.
`;

/** Runs it and gives the exit code: 1 when a goal is missed, 2 for options that mean nothing. */
export async function runCommand(args: readonly string[], parts: CommandParts): Promise<number> {
  const { write, writeError } = parts;
  if (args.includes('--help')) {
    write(HELP);
    return 0;
  }
  let parsed: ReturnType<typeof parseOptions>;
  try {
    parsed = parseOptions(args);
  } catch (error) {
    writeError(`${error instanceof Error ? error.message : String(error)}\n\n${HELP}`);
    return 2;
  }
  const { kinds, options, isJson } = parsed;
  const reports: KindReport[] = [];
  for (const kind of kinds) {
    const report = await parts.flood(kind, options);
    reports.push(report);
    if (!isJson) write(`${printReport(report)}\n`);
  }
  const missed = reports.filter((report) => missedGoals(report).length > 0);
  if (isJson) {
    const kindsOut = reports.map((report) => ({ ...report, missed: missedGoals(report) }));
    write(
      `${JSON.stringify({ options, kinds: kindsOut, ok: missed.length === 0 }, undefined, 2)}\n`,
    );
  }
  return missed.length === 0 ? 0 : 1;
}

function parseOptions(args: readonly string[]): {
  readonly kinds: readonly Kind[];
  readonly options: FloodOptions;
  readonly isJson: boolean;
} {
  const text = (name: keyof typeof DEFAULTS) =>
    ({ type: 'string', default: DEFAULTS[name] }) as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      pps: text('pps'),
      seconds: text('seconds'),
      requests: text('requests'),
      kind: { type: 'string', multiple: true },
      json: { type: 'boolean', default: false },
    },
  });
  const wanted = values.kind ?? KINDS;
  for (const kind of wanted) {
    if (KINDS.every((known) => known !== kind)) {
      throw new Error(`--kind ${kind}: give one of ${KINDS.join(', ')}`);
    }
  }
  return {
    kinds: KINDS.filter((kind) => wanted.includes(kind)),
    options: {
      pps: positive('pps', values.pps),
      seconds: positive('seconds', values.seconds),
      requests: positive('requests', values.requests),
    },
    isJson: values.json,
  };
}

function positive(name: string, text: string): number {
  const value = Number(text);
  if (value > 0 && Number.isFinite(value)) return value;
  throw new Error(`--${name} ${text}: give a number above 0`);
}
