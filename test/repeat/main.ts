/** `npm run repeat -- 100`: the unit suite a hundred times in a row, each time with another seed and in another order. */
import { spawnSync } from 'node:child_process';
import { drawSeed } from '../seed.ts';
import { orderOf, repeat } from './repeat.ts';

process.exitCode = repeat(process.argv.slice(2), {
  write: (text) => void process.stdout.write(text),
  drawSeed,
  now: () => performance.now(),
  run(seed) {
    const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--project', 'unit', ...orderOf(seed)];
    const { status, stderr, stdout } = spawnSync(process.execPath, vitest, {
      env: { ...process.env, TEST_SEED: String(seed) },
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
    });
    return { passed: status === 0, output: `${stdout}${stderr}` };
  },
});
