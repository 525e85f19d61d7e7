/** Anything, for instance from JSON, to a configuration or to everything that is wrong with it. */
import { fail, ok } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import type { Config } from './config.ts';
import type { ConfigProblem } from './config-error.ts';
import { configShape } from './config-shape.ts';
import { unknownName } from './near-names.ts';
import { isRecord } from './shape.ts';

/**
 * The configuration, made anew, or all its problems: those of single settings in their order, then
 * those between them. Settings may have py-ipv8's names too, so that its dictionaries are read.
 */
export function parseConfig(value: unknown): Result<Config, readonly ConfigProblem[]> {
  const problems: ConfigProblem[] = [];
  const config = configShape.read({ value, path: '', problems });
  if (isRecord(value)) problems.push(...problemsOfAliases(value['keys'], value['overlays']));
  if (config === undefined || problems.length > 0) return fail(problems);
  const { $schema: _, ...read } = config;
  return ok(read);
}

/**
 * What no single setting shows: aliases that stand there twice, and keys that are not there. Asked
 * of the raw values, and only when every key has an alias: a broken key should not cause a second
 * complaint.
 */
export function problemsOfAliases(keys: unknown, overlays: unknown): readonly ConfigProblem[] {
  if (!Array.isArray(keys)) return [];
  const problems: ConfigProblem[] = [];
  const known: string[] = [];
  for (const [at, key] of keys.entries()) {
    const alias: unknown = isRecord(key) ? key['alias'] : undefined;
    if (typeof alias !== 'string' || alias === '') continue;
    if (known.includes(alias)) {
      const message = `there is another key "${alias}" before this one.`;
      problems.push({ path: `keys[${at}]`, message });
    }
    known.push(alias);
  }
  if (known.length < keys.length || !Array.isArray(overlays)) return problems;
  for (const [at, overlay] of overlays.entries()) {
    const alias: unknown = isRecord(overlay) ? overlay['key'] : undefined;
    if (typeof alias !== 'string' || alias === '' || known.includes(alias)) continue;
    const message = `${unknownName('key', alias, [...new Set(known)])} Add it with addKey or addEphemeralKey.`;
    problems.push({ path: `overlays[${at}].key`, message });
  }
  return problems;
}
