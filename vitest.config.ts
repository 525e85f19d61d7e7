import { availableParallelism } from 'node:os';
import { configDefaults, defineConfig } from 'vitest/config';
import { drawSeed } from './test/seed.ts';

/**
 * Tests that start processes or threads of their own, use sockets or the clock of the machine,
 * measure the heap, or fuzz. All others are unit tests: `test/no-waiting.ts` holds them to it.
 */
const END_TO_END = [
  'test/bench/**',
  'test/ci.test.ts',
  'test/compiler/cli/awkward-files.test.ts',
  'test/compiler/cli/compile.test.ts',
  'test/compiler/cli/init.test.ts',
  'test/compiler/cli/lock-command.test.ts',
  'test/compiler/cli/process.test.ts',
  'test/compiler/cli/prove.test.ts',
  'test/compiler/cli/report-formats.test.ts',
  'test/compiler/cli/target-option.test.ts',
  'test/compiler/cli/tracker.test.ts',
  'test/compiler/cli/vector-tests.test.ts',
  'test/compiler/cli/watch.test.ts',
  'test/compiler/emit/emitter.test.ts',
  'test/compiler/emit/requests.test.ts',
  'test/compiler/emit/tree-shaking.test.ts',
  'test/compiler/guide/targets.test.ts',
  'test/compiler/ir/decode-cost.test.ts',
  'test/compiler/language-server/hostile.test.ts',
  'test/compiler/language-server/server.test.ts',
  'test/compiler/prove/python-side.test.ts',
  'test/compiler/stub/compiles.test.ts',
  'test/compiler/targets/wireshark/**',
  'test/conformance/python-environment.test.ts',
  'test/conformance/run-case.test.ts',
  'test/examples/**',
  'test/flood/**',
  'test/fuzz/faults.test.ts',
  'test/fuzz/fuzz.test.ts',
  'test/operations/**',
  'test/package.test.ts',
  'test/readme.test.ts',
  'test/runtime/bootstrap/lan-namespace.test.ts',
  'test/runtime/endpoint/udp-endpoint.test.ts',
  'test/runtime/env/**',
  'test/runtime/nat/namespaces/**',
  'test/runtime/node/families.test.ts',
  'test/runtime/node/loopback.test.ts',
  'test/runtime/pages/**',
  'test/typescript-versions/**',
];

export default defineConfig({
  test: {
    // The parallel suites share two cores in CI; a slow machine is no failure.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // One seed for all that is drawn by chance in this run.
    env: { TEST_SEED: process.env['TEST_SEED'] ?? String(drawSeed()) },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...END_TO_END],
          setupFiles: ['test/setup.ts', 'test/unit-setup.ts'],
          // Files share processes, so that what they import is loaded once: no test may leave anything behind.
          isolate: false,
          // The parent process only waits for them.
          maxWorkers: availableParallelism(),
        },
      },
      {
        extends: true,
        test: {
          name: 'end-to-end',
          include: END_TO_END.map((path) => path.replace(/\*\*$/, '**/*.test.ts')),
          setupFiles: ['test/setup.ts'],
          // Behind the unit tests, whose processes would otherwise begin anew between two of its files.
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
  resolve: {
    alias: {
      'ipv8/codegen': new URL('./runtime/codegen.ts', import.meta.url).pathname,
      'ipv8/simulation': new URL('./runtime/simulation/index.ts', import.meta.url).pathname,
      'ipv8/compiler': new URL('./compiler/index.ts', import.meta.url).pathname,
      ipv8: new URL('./runtime/index.ts', import.meta.url).pathname,
    },
  },
});
