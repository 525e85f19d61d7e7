import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: ['test/setup.ts'],
    // The parallel suites share two cores in CI; a slow machine is no failure.
    testTimeout: 60_000,
    hookTimeout: 60_000,
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
