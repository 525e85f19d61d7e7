/**
 * Bundles the simulation and runs it.
 *
 * As one JavaScript file, because what runs TypeScript directly gives each function its name at run
 * time, which takes a third of the memory of ten thousand nodes. With a heap that is little larger
 * than the nodes need, because V8 would let it grow to twice that before it collects.
 */
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';

const OUT = '.cache/simulate.js';

/** Half of what young objects may take. */
const YOUNG_MIB = 16;

/** Measured: 55 KB for a node with its neighbours, and the program itself; the rest is room to collect less often. */
const NODE_KIB = 78;
const LEAST_MIB = 512;

await build({
  entryPoints: ['test/simulate/main.ts'],
  outfile: OUT,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  packages: 'external',
  logLevel: 'warning',
});
const args = process.argv.slice(2);
// What the options mean is for the program to say.
const { values } = parseArgs({ args, options: { peers: { type: 'string' } }, strict: false });
const heapMib = Math.max(LEAST_MIB, Math.ceil((Number(values.peers) * NODE_KIB) / 1_000) + 40 || 0);
const flags = [
  `--max-old-space-size=${heapMib}`,
  // V8 takes a heap near its limit for a program that should give memory back, and collects the young
  // objects in steps of half a megabyte, each of which costs as much as one of sixteen.
  '--no-memory-reducer',
  `--min-semi-space-size=${YOUNG_MIB}`,
  `--max-semi-space-size=${YOUNG_MIB}`,
];
const { status } = spawnSync(process.execPath, [...flags, OUT, ...args], { stdio: 'inherit' });
process.exitCode = status ?? 1;
