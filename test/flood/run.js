/** Bundles the rig's programs, since what runs TypeScript directly is slower than what is measured, and runs them. */
import { spawnSync } from 'node:child_process';
import { build } from 'esbuild';

const OUT = '.cache/flood';

await build({
  entryPoints: ['main', 'victim', 'flooder'].map((name) => `test/flood/${name}.ts`),
  outdir: OUT,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  packages: 'external',
  logLevel: 'warning',
});
const args = [`${OUT}/main.js`, ...process.argv.slice(2)];
const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' });
process.exitCode = status ?? 1;
