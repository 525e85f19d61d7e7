import { expect, test } from 'vitest';
import { runCommand } from './command.ts';
import type { Kind } from './packets.ts';
import type { KindReport } from './report.ts';

const GOOD: Omit<KindReport, 'kind'> = {
  pps: 19_990,
  received: 200_000,
  lost: 3,
  requests: 1_000,
  success: 0.95,
  loopP99Ms: 20,
  idleLoopP99Ms: 5,
  rssGrowthMiB: 20,
  heldGrowthMiB: -1,
  cpuUsEach: 11.04,
  outcomes: { handled: 1_000, 'rate-limited': 150_000, 'bad-signature': 9, decode: 1 },
};

async function command(args: readonly string[], change: Partial<KindReport> = {}) {
  const texts = { out: '', error: '' };
  const asked: string[] = [];
  const code = await runCommand(args, {
    write: (text) => void (texts.out += text),
    writeError: (text) => void (texts.error += text),
    async flood(kind: Kind, options) {
      asked.push(`${kind} ${options.pps} ${options.seconds} ${options.requests}`);
      return { kind, ...GOOD, ...change };
    },
  });
  return { code, asked, ...texts };
}

test('--help names every option, and floods nobody', async () => {
  const { code, out, asked } = await command(['--help']);
  expect(code).toBe(0);
  expect(asked).toEqual([]);
  for (const option of ['pps', 'seconds', 'requests', 'kind', 'json']) {
    expect(out).toContain(`--${option} `);
  }
});

test('a line for each kind, which says what was measured and that it is enough', async () => {
  const { code, out, asked } = await command(['--seconds', '5']);
  expect(code).toBe(0);
  expect(asked).toEqual([
    'short 20000 5 100',
    'prefix 20000 5 100',
    'signature 20000 5 100',
    'keys 20000 5 100',
    'replay 20000 5 100',
    'introductions 20000 5 100',
    'stores 20000 5 100',
  ]);
  expect(out.split('\n')[2]).toBe(
    'signature      19990 pps  95.0 % of 1000 requests answered  loop p99 20.0 ms (idle 5.0)  ' +
      'memory +20.0 MiB (held −1.0)  11.0 µs each  lost by the system 3  ' +
      'rate-limited 150000, handled 1000, bad-signature 9  ok',
  );
});

test.each([
  [{ success: 0.949 }, 'success below 95 %'],
  [{ success: Number.NaN }, 'success below 95 %'],
  [{ rssGrowthMiB: 20.1 }, 'memory grew by more than 20 MiB'],
  [{ loopP99Ms: 20.1 }, 'loop delayed by more than 15 ms over idle'],
])('%o misses a goal, and the command fails', async (change, missed) => {
  const { code, out } = await command(['--kind', 'keys'], change);
  expect(code).toBe(1);
  expect(out).toContain(`MISSED: ${missed}\n`);
  const json = await command(['--kind', 'keys', '--json'], change);
  expect(json.code).toBe(1);
  expect(JSON.parse(json.out)).toMatchObject({ ok: false, kinds: [{ missed: [missed] }] });
});

test.each([
  [['--kind', 'rain'], '--kind rain: give one of short, prefix,'],
  [['--pps', '0'], '--pps 0: give a number above 0'],
  [['--seconds', 'x'], '--seconds x: give a number above 0'],
  [['--fast'], "Unknown option '--fast'"],
])('%j means nothing', async (args, problem) => {
  const { code, asked, error } = await command(args);
  expect(code).toBe(2);
  expect(error).toContain(problem);
  expect(asked).toEqual([]);
});
