import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import * as fc from 'fast-check';
import { format, resolveConfig } from 'prettier';
import { expect, test } from 'vitest';
import { parseIpv4, parseIpv6 } from '../../../runtime/address/ip.ts';
import { defaultConfiguration } from '../../../runtime/config/defaults.ts';
import { IP_PATTERN, IPV4_PATTERN, IPV6_PATTERN } from '../../../runtime/config/ip-pattern.ts';
import { configJsonSchema } from '../../../runtime/config/json-schema.ts';
import { parseConfig, problemsOfAliases } from '../../../runtime/config/parse.ts';
import { isRecord } from '../../../runtime/config/shape.ts';

const ajv = new Ajv2020({
  allErrors: true,
  strictTypes: false,
  strictRequired: false,
  strictTuples: false,
});
const validate = ajv.compile(configJsonSchema);

test('the published schema is what the tables make; `vitest -u` writes it', async () => {
  const file = '../../../runtime/node.schema.json';
  const style = await resolveConfig(new URL(file, import.meta.url).pathname);
  const text = await format(JSON.stringify(configJsonSchema), { ...style, parser: 'json' });
  await expect(text).toMatchFileSnapshot(file);
});

/** What is wrong with it that JSON Schema can say. */
function structuralProblems(value: unknown): readonly string[] {
  const parsed = parseConfig(value);
  if (parsed.ok) return [];
  const others = isRecord(value) ? problemsOfAliases(value['keys'], value['overlays']) : [];
  const texts = new Set(others.map(({ path, message }) => `${path}: ${message}`));
  return parsed.error
    .map(({ path, message }) => `${path}: ${message}`)
    .filter((problem) => !texts.has(problem));
}

function expectAgreement(value: unknown): void {
  const problems = structuralProblems(value);
  const isValid = validate(value);
  const said = { schema: validate.errors ?? [], parser: problems, value };
  if (isValid !== (problems.length === 0)) {
    throw new Error(`parser and schema disagree: ${JSON.stringify(said, null, 1)}`);
  }
}

const SEEDS: readonly unknown[] = [
  defaultConfiguration,
  {
    ...defaultConfiguration,
    interfaces: [
      ...defaultConfiguration.interfaces,
      { interface: 'UDPIPv6', ip: '::1', port: 8090 },
    ],
  },
  ...['default', 'own-overlay', 'every-setting'].map((name): unknown => {
    const url = new URL(`../../fixtures/python-configurations/${name}.json`, import.meta.url);
    return JSON.parse(readFileSync(url, 'utf8'));
  }),
];

test.each(SEEDS.map((seed, at) => [at, seed] as const))('sample %i has no fault', (_, seed) => {
  expect(structuralProblems(seed)).toEqual([]);
  expectAgreement(seed);
});

/** Names and values that stand somewhere in a configuration, to be put elsewhere. */
const NAMES = [...new Set(SEEDS.flatMap(namesIn))];
const VALUES = [...new Set(SEEDS.flatMap(leavesIn))];

function namesIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  const below = Object.values(value).flatMap(namesIn);
  return Array.isArray(value) ? below : [...Object.keys(value), ...below];
}

function leavesIn(value: unknown): readonly unknown[] {
  if (typeof value !== 'object' || value === null) return [value];
  return Object.values(value).flatMap(leavesIn);
}

/** Paths to everything in it. */
function pathsIn(value: unknown): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [[]];
  const below = Object.entries(value).flatMap(([name, part]) =>
    pathsIn(part).map((path) => [name, ...path]),
  );
  return [[], ...below];
}

type Change = {
  readonly at: number;
  readonly kind: string;
  readonly with: unknown;
  readonly name: string;
};

const otherName = (name: string): string =>
  name.includes('_')
    ? name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase())
    : name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

function applied(seed: unknown, { at, kind, with: value, name }: Change): unknown {
  const root = structuredClone(seed);
  const paths = pathsIn(root);
  const path = paths[at % paths.length] ?? [];
  const last = path.at(-1);
  if (last === undefined) return kind === 'replace' ? value : root;
  let place: unknown = root;
  for (const step of path.slice(0, -1)) place = isObject(place) ? Reflect.get(place, step) : place;
  if (!isObject(place)) return root;
  if (kind === 'replace') Reflect.set(place, last, value);
  else if (kind === 'delete' && Array.isArray(place)) place.splice(Number(last), 1);
  else if (kind === 'delete') Reflect.deleteProperty(place, last);
  else if (kind === 'repeat' && Array.isArray(place)) place.push(Reflect.get(place, last));
  else if (kind === 'add' && !Array.isArray(place)) Reflect.set(place, name, value);
  else if (kind === 'rename' && !Array.isArray(place)) {
    const moved: unknown = Reflect.get(place, last);
    Reflect.deleteProperty(place, last);
    Reflect.set(place, otherName(last), moved);
  } else if (kind === 'twice' && !Array.isArray(place)) {
    Reflect.set(place, otherName(last), Reflect.get(place, last));
  }
  return root;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

const values = fc.oneof(
  fc.constantFrom(...VALUES),
  fc.constantFrom(-1, 0, 0.5, 1, 256, 257, 65_535, 65_536, 1e300, '', 'x', '::1', '1.2.3.4', null),
  fc.constantFrom<unknown>([], {}, [[]], [{}], ['started'], [['127.0.0.1', 1]], [['::', 65_535]]),
  fc.jsonValue({ maxDepth: 2 }),
  fc.ipV6(),
);
const changes = fc.record({
  at: fc.nat(1_000),
  kind: fc.constantFrom('replace', 'replace', 'delete', 'repeat', 'add', 'rename', 'twice'),
  with: values,
  name: fc.oneof(fc.constantFrom(...NAMES), fc.constantFrom(...NAMES).map(otherName), fc.string()),
});

test('parser and schema accept and refuse the same', () => {
  let accepted = 0;
  fc.assert(
    fc.property(
      fc.constantFrom(...SEEDS),
      fc.array(changes, { minLength: 1, maxLength: 4 }),
      (seed, all) => {
        let value = seed;
        for (const change of all) value = applied(value, change);
        expectAgreement(value);
        if (structuralProblems(value).length === 0) accepted += 1;
      },
    ),
    { numRuns: 1_000 },
  );
  // Both answers came often enough to have been compared.
  expect(accepted).toBeGreaterThan(100);
  expect(accepted).toBeLessThan(900);
});

test('parser and schema agree on any JSON', () => {
  fc.assert(fc.property(fc.jsonValue(), expectAgreement));
});

const GROUPS = fc.array(fc.constantFrom('0', 'ab', 'FFFF', '12345', '', '1.2.3.4', '1.2.3.256'), {
  maxLength: 9,
});
const addressTexts = fc.oneof(
  fc.ipV4(),
  fc.ipV4Extended(),
  fc.ipV6(),
  GROUPS.map((groups) => groups.join(':')),
  fc.tuple(GROUPS, GROUPS).map(([left, right]) => `${left.join(':')}::${right.join(':')}`),
  fc
    .array(fc.constantFrom('0', '00', '7', '255', '256', ''), { maxLength: 5 })
    .map((parts) => parts.join('.')),
);

test('the patterns of IP addresses match what the parser of addresses reads', () => {
  const [four, six, either] = [IPV4_PATTERN, IPV6_PATTERN, IP_PATTERN].map(
    (pattern) => new RegExp(pattern, 'u'),
  );
  fc.assert(
    fc.property(addressTexts, (address) => {
      const isIpv4 = parseIpv4(address) !== undefined;
      const isIpv6 = parseIpv6(address) !== undefined;
      expect(four?.test(address)).toBe(isIpv4);
      expect(six?.test(address)).toBe(isIpv6);
      expect(either?.test(address)).toBe(isIpv4 || isIpv6);
    }),
    { numRuns: 2_000 },
  );
});
