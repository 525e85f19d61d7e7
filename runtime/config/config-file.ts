/** Configurations kept as JSON in files. */
import { createNodeStorage } from '../env/node-storage.ts';
import type { Storage } from '../env/storage.ts';
import type { Config } from './config.ts';
import { ConfigError } from './config-error.ts';
import { parseConfig } from './parse.ts';

/**
 * The configuration in a JSON file. `$schema` may name `node_modules/ipv8/runtime/node.schema.json`,
 * with which editors complete and check it.
 * @throws ConfigError with everything that is wrong, the file's name in front of each place.
 */
export async function readConfigFile(
  path: string,
  storage: Storage = createNodeStorage(),
): Promise<Config> {
  const read = await storage.read(path);
  if (!read.ok) {
    throw new ConfigError([{ path, message: `the file cannot be read: ${read.error.message}.` }]);
  }
  const parsed = parseConfig(parseJson(new TextDecoder().decode(read.value), path));
  if (parsed.ok) return parsed.value;
  const problems = parsed.error.map((problem) => ({
    path: problem.path === '' ? path : `${path}: ${problem.path}`,
    message: problem.message,
  }));
  throw new ConfigError(problems);
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    // V8 says where in characters, and in lines only since Node 22.
    const at = /at position (\d+)/.exec(reason)?.[1];
    const place = at === undefined ? path : `${path}:${lineAndColumn(text, Number(at))}`;
    throw new ConfigError([{ path: place, message: `this is no JSON: ${reason}.` }]);
  }
}

function lineAndColumn(text: string, at: number): string {
  const lines = text.slice(0, at).split('\n');
  return `${lines.length}:${(lines.at(-1) ?? '').length + 1}`;
}
