import type { Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';

/** @throws UsageError for bytes that are no UTF-8: read as something else, they would be others. */
export function decodeUtf8(shown: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new UsageError(`${shown} is not UTF-8; nothing was written`);
  }
}

/**
 * All of standard input as text.
 * @throws UsageError when there is none, or it is no UTF-8.
 */
export async function readInput(input: Terminal['input']): Promise<string> {
  const bytes = await input?.();
  if (bytes === undefined) throw new UsageError('nothing is read from standard input here');
  return decodeUtf8('standard input', bytes);
}
