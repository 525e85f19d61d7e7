/** What a configuration may hold, as shapes: the one table of parser and JSON Schema. */
import { CURVE_OF_LEVEL } from '../crypto/keys.ts';
import type { KeyLevel } from '../crypto/keys.ts';
import type { LogLevel } from '../env/log.ts';
import type { Config, InterfaceConfig, KeyConfig } from './config.ts';
import { defaultConfiguration } from './defaults.ts';
import { IPV4_PATTERN, IPV6_PATTERN } from './ip-pattern.ts';
import { dependingOn, object, optional, otherwise, variant } from './object-shape.ts';
import { overlayShape } from './overlay-shape.ts';
import {
  anyText,
  choice,
  described,
  elements,
  isRecord,
  list,
  matching,
  number,
  text,
} from './shape.ts';
import type { Shape } from './shape.ts';

const LOG_LEVELS = ['DEBUG', 'INFO', 'WARNING', 'ERROR', 'CRITICAL', 'NOTSET'] as const;
// The keys of a record over KeyLevel are exactly the levels.
const KEY_LEVELS = Object.keys(CURVE_OF_LEVEL) as KeyLevel[];

/** Base64 in whole groups of four; not empty. */
const BASE64_PATTERN = '^(?=.)(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$';

const port = described(
  'The port to try first; the next free one above is used when it is taken. 0 lets the system choose.',
  number({ min: 0, max: 65_535, isWhole: true }),
);

function interfaceAt<const Name extends InterfaceConfig['interface']>(
  name: Name,
  pattern: string,
  example: string,
) {
  return object({
    interface: choice('interface', [name]),
    ip: described(
      `An address of this machine, as ${example}.`,
      matching(pattern, (ip) => `${name} needs an address such as ${example}, not "${ip}".`),
    ),
    port,
  });
}

const interfaceShape: Shape<InterfaceConfig> = variant('interface', 'interface', {
  UDPIPv4: interfaceAt('UDPIPv4', IPV4_PATTERN, '127.0.0.1'),
  UDPIPv6: interfaceAt('UDPIPv6', IPV6_PATTERN, '::1'),
});

const FAMILIES = ['UDPIPv4', 'UDPIPv6'] as const;
const atLeastOne = list(interfaceShape, {
  min: 1,
  complaint: () => 'a node needs an interface, UDPIPv4 or UDPIPv6 or one of each.',
});

/** One socket for each family at most. */
const interfacesShape: Shape<readonly InterfaceConfig[]> = {
  read(found) {
    const names = new Set<unknown>();
    for (const { value, path, problems } of Array.isArray(found.value)
      ? (elements(found) ?? [])
      : []) {
      const name = isRecord(value) ? value['interface'] : undefined;
      if (typeof name === 'string' && names.has(name)) {
        problems.push({ path, message: `there is another ${name} before this one.` });
      }
      names.add(name);
    }
    return atLeastOne.read(found);
  },
  schema: {
    ...atLeastOne.schema,
    allOf: FAMILIES.map((name) => ({
      contains: { properties: { interface: { const: name } }, required: ['interface'] },
      minContains: 0,
      maxContains: 1,
    })),
  },
};

const alias = described('What overlays call this key.', text);
const file = optional(
  described(
    'Where the key is kept: read from there, or written there when there is no such file. Empty or left out: nowhere.',
    anyText,
  ),
);

const keyShape: Shape<KeyConfig> = dependingOn('bin', {
  present: object({
    alias,
    bin: described(
      'A private key in base64: whoever reads it can be this peer.',
      matching(BASE64_PATTERN, () => 'this must be base64.'),
    ),
    file,
  }),
  absent: object({
    alias,
    generation: described('The curve of a key that is made.', choice('key level', KEY_LEVELS)),
    file,
  }),
});

/** NOTSET is what Python calls logging everything. */
function logLevel(shape: Shape<LogLevel | 'NOTSET'>): Shape<LogLevel> {
  return {
    read(found) {
      const level = shape.read(found);
      return level === 'NOTSET' ? 'DEBUG' : level;
    },
    schema: shape.schema,
  };
}

/** `$schema` names the JSON Schema for editors and is not part of what is read. */
export const configShape: Shape<Config & { readonly $schema?: string }> = object({
  $schema: optional(described('Where this schema is, for editors.', anyText)),
  interfaces: otherwise(
    defaultConfiguration.interfaces,
    described('Where the node listens; 0.0.0.0, port 8090.', interfacesShape),
  ),
  keys: described('Private keys by their aliases, all different.', list(keyShape)),
  logger: otherwise(
    defaultConfiguration.logger,
    object({
      level: described(
        'Log lines below this level are left out; INFO.',
        logLevel(choice('log level', LOG_LEVELS)),
      ),
    }),
  ),
  workingDirectory: otherwise(
    defaultConfiguration.workingDirectory,
    described('Where relative key files are; where the program was started.', text),
  ),
  walkerInterval: otherwise(
    defaultConfiguration.walkerInterval,
    described('Seconds in which each walker steps once; 0.5.', number({ min: 0, isAbove: true })),
  ),
  overlays: described('The overlays to join.', list(overlayShape)),
  peersFile: optional(
    described('Where the addresses of known peers are kept between runs; nowhere.', text),
  ),
});
