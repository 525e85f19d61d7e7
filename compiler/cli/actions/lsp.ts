import { serve } from '../../language-server/server.ts';
import { languageWorld } from '../language-world.ts';

/** `ipv8c lsp`: serves an editor; the process ends when the editor says so, or is gone. */
export function lsp(): Promise<never> {
  serve({ input: process.stdin, output: process.stdout }, languageWorld);
  // The connection ends the process.
  return new Promise(() => undefined);
}
