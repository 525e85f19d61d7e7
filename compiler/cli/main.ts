#!/usr/bin/env node
/** The executable `ipv8c`. */
import { run } from './run.ts';
import { processTerminal } from './terminal.ts';

// Whoever reads has seen enough, as `head` has: there is nobody left to tell.
process.stdout.on('error', (error: Error & { readonly code?: string }) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

process.exitCode = await run(process.argv.slice(2), processTerminal());
