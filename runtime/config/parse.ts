/** Anything, for instance from JSON, to a configuration or to everything that is wrong with it. */
import { createAddress } from '../address/text.ts';
import { fromBase64 } from '../base/bytes.ts';
import { fail, ok } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import { CURVE_OF_LEVEL } from '../crypto/keys.ts';
import type { KeyLevel } from '../crypto/keys.ts';
import { choice, elements, fields, isRecord, note, number, text } from './checks.ts';
import type { Found } from './checks.ts';
import { INTERFACES } from './config.ts';
import type { Config, InterfaceConfig, KeyConfig } from './config.ts';
import type { ConfigProblem } from './config-error.ts';
import { unknownName } from './near-names.ts';
import { parseOverlay } from './parse-overlay.ts';

const LOG_LEVELS = ['DEBUG', 'INFO', 'WARNING', 'ERROR', 'CRITICAL'] as const;
// The keys of a record over KeyLevel are exactly the levels.
const KEY_LEVELS = Object.keys(CURVE_OF_LEVEL) as KeyLevel[];

/**
 * The configuration, made anew, or all its problems: those of single settings in their order, then
 * those between them.
 */
export function parseConfig(value: unknown): Result<Config, readonly ConfigProblem[]> {
  const problems: ConfigProblem[] = [];
  const root = fields({ value, path: '', problems }, [
    'interfaces',
    'keys',
    'logger',
    'workingDirectory',
    'walkerInterval',
    'overlays',
  ]);
  if (root === undefined) return fail(problems);
  const config = {
    interfaces: parseInterfaces(root.interfaces),
    keys: parseKeys(root.keys),
    logger: { level: parseLevel(root.logger) ?? 'INFO' },
    workingDirectory: text(root.workingDirectory) ?? '.',
    walkerInterval: number(root.walkerInterval, { min: 0, isAbove: true }) ?? 0,
    overlays: elements(root.overlays).flatMap((overlay) => parseOverlay(overlay) ?? []),
  };
  checkOverlayKeys(root.overlays, root.keys);
  return problems.length > 0 ? fail(problems) : ok(config);
}

function parseInterfaces(found: Found): readonly InterfaceConfig[] {
  const all = elements(found);
  if (Array.isArray(found.value) && all.length !== 1) {
    note(found, `a node opens exactly one socket, and there are ${all.length} interfaces.`);
  }
  return all.flatMap((one) => parseInterface(one) ?? []);
}

function parseInterface(found: Found): InterfaceConfig | undefined {
  const parts = fields(found, ['interface', 'ip', 'port']);
  if (parts === undefined) return undefined;
  const name = choice(parts.interface, 'interface', INTERFACES);
  const ip = text(parts.ip);
  const port = number(parts.port, { min: 0, max: 65535, isWhole: true });
  if (name === undefined || ip === undefined || port === undefined) return undefined;
  const { kind, host } = createAddress(ip, port);
  const wanted = name === 'UDPIPv4' ? 'ipv4' : 'ipv6';
  if (kind === wanted) return { interface: name, ip: host, port };
  const example = name === 'UDPIPv4' ? '127.0.0.1' : '::1';
  return note(parts.ip, `${name} needs an address such as ${example}, not "${ip}".`);
}

function parseLevel(found: Found): Config['logger']['level'] | undefined {
  if (found.value === undefined) return undefined;
  const parts = fields(found, ['level']);
  return parts === undefined ? undefined : choice(parts.level, 'log level', LOG_LEVELS);
}

function parseKeys(found: Found): readonly KeyConfig[] {
  const aliases = new Set<string>();
  return elements(found).flatMap((one) => {
    const key = parseKey(one);
    if (key === undefined) return [];
    if (aliases.has(key.alias)) note(one, `there is another key "${key.alias}" before this one.`);
    aliases.add(key.alias);
    return [key];
  });
}

function parseKey(found: Found): KeyConfig | undefined {
  const parts = fields(found, ['alias', 'generation?', 'file?', 'bin?']);
  if (parts === undefined) return undefined;
  const alias = text(parts.alias);
  const file = text(parts.file);
  if (parts.bin.value !== undefined) {
    if (parts.file.value !== undefined || parts.generation.value !== undefined) {
      note(found, 'a key that is given as "bin" has neither "generation" nor "file".');
    }
    const bin = text(parts.bin);
    if (bin !== undefined && !isBase64(bin)) note(parts.bin, 'this must be base64.');
    return alias === undefined || bin === undefined ? undefined : { alias, bin };
  }
  if (parts.generation.value === undefined) note(parts.generation, 'this is missing.');
  const generation = choice(parts.generation, 'key level', KEY_LEVELS);
  if (alias === undefined || generation === undefined) return undefined;
  return file === undefined ? { alias, generation } : { alias, generation, file };
}

function isBase64(value: string): boolean {
  try {
    fromBase64(value);
    return true;
  } catch {
    return false;
  }
}

/**
 * Every overlay's key has to be there. Asked of the raw values, and only when every key has an
 * alias: a broken key should not cause a second complaint.
 */
function checkOverlayKeys(overlays: Found, keys: Found): void {
  if (!Array.isArray(keys.value)) return;
  const aliases = keys.value.map((key: unknown) => (isRecord(key) ? key['alias'] : undefined));
  const known = aliases.filter(
    (alias): alias is string => typeof alias === 'string' && alias !== '',
  );
  if (known.length < aliases.length || !Array.isArray(overlays.value)) return;
  for (const [at, overlay] of overlays.value.entries()) {
    const alias: unknown = isRecord(overlay) ? overlay['key'] : undefined;
    if (typeof alias !== 'string' || alias === '' || known.includes(alias)) continue;
    const message = `${unknownName('key', alias, known)} Add it with addKey or addEphemeralKey.`;
    overlays.problems.push({ path: `${overlays.path}[${at}].key`, message });
  }
}
