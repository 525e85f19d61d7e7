/** The log against the standard's JSON schema, and against what the schema cannot say. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { expect, test } from 'vitest';
import { catalog } from '../../../compiler/diagnostics/catalog.ts';
import { renderSarif } from '../../../compiler/diagnostics/sarif.ts';
import { DIAGNOSTICS } from './awkward.ts';

type Text = { readonly text: string };
type Place = {
  readonly id?: number;
  readonly message?: Text;
  readonly physicalLocation: {
    readonly artifactLocation: { readonly uri: string };
    readonly region: Readonly<Record<string, number>>;
  };
};
type Result = {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly message: Text;
  readonly locations: readonly Place[];
  readonly relatedLocations?: readonly Place[];
  readonly fixes?: readonly {
    readonly description: Text;
    readonly artifactChanges: readonly {
      readonly artifactLocation: { readonly uri: string };
      readonly replacements: readonly {
        readonly deletedRegion: Readonly<Record<string, number>>;
        readonly insertedContent: Text;
      }[];
    }[];
  }[];
};
type Rule = {
  readonly id: string;
  readonly shortDescription: Text;
  readonly defaultConfiguration: { readonly level: string };
};
type Log = {
  readonly version: string;
  readonly $schema: string;
  readonly runs: readonly {
    readonly tool: { readonly driver: { name: string; version: string; rules: readonly Rule[] } };
    readonly columnKind: string;
    readonly results: readonly Result[];
  }[];
};

function logOf(diagnostics: typeof DIAGNOSTICS): Log {
  return JSON.parse(renderSarif(diagnostics, { version: '1.2.3', pathOf: (path) => path })) as Log;
}

const schemaFile = createRequire(import.meta.url).resolve(
  'schemastore/schemas/json/sarif-2.1.0.json',
);
// A pattern of the schema is no regular expression with the flag u.
const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
addFormats.default(ajv);
const isSarif = ajv.compile(JSON.parse(readFileSync(schemaFile, 'utf8')) as object);

const log = logOf(DIAGNOSTICS);
const results = log.runs[0]?.results ?? [];

test('one log, one run, every code of the catalog a rule', () => {
  expect(log.version).toBe('2.1.0');
  expect(log.$schema).toMatch(/sarif-schema-2\.1\.0\.json$/);
  expect(Object.keys(log).sort()).toEqual(['$schema', 'runs', 'version']);
  expect(log.runs).toHaveLength(1);
  const run = log.runs[0];
  expect(run?.columnKind).toBe('utf16CodeUnits');
  expect(run?.tool.driver).toMatchObject({ name: 'ipv8c', version: '1.2.3' });
  const rules = run?.tool.driver.rules ?? [];
  expect(rules.map(({ id }) => id)).toEqual(Object.keys(catalog));
  for (const rule of rules) {
    expect(rule.shortDescription.text).not.toMatch(/^…$|\{\w/);
    expect(['error', 'warning']).toContain(rule.defaultConfiguration.level);
  }
});

test('a result names its rule, its places and its fixes', () => {
  expect(results).toHaveLength(2);
  for (const { ruleId, ruleIndex, level, locations } of results) {
    expect(log.runs[0]?.tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
    expect(['error', 'warning']).toContain(level);
    expect(locations).toHaveLength(1);
  }
  const [first, second] = results;
  expect(first?.locations[0]?.physicalLocation).toEqual({
    artifactLocation: { uri: 'dir%20with%20space/%C3%BC%2C%3A%251.ipv8' },
    region: { startLine: 1, startColumn: 8, endLine: 2, endColumn: 2 },
  });
  expect(first?.relatedLocations?.map(({ id }) => id)).toEqual([0]);
  expect(first?.fixes).toHaveLength(1);
  const changes = first?.fixes?.[0]?.artifactChanges ?? [];
  expect(changes.map(({ artifactLocation }) => artifactLocation.uri)).toEqual([
    'dir%20with%20space/%C3%BC%2C%3A%251.ipv8',
    'b.ipv8',
  ]);
  expect(changes[1]?.replacements).toEqual([
    {
      deletedRegion: { startLine: 1, startColumn: 2, endLine: 1, endColumn: 2 },
      insertedContent: { text: '' },
    },
  ]);
  expect(second).not.toHaveProperty('relatedLocations');
  expect(second).not.toHaveProperty('fixes');
});

test('messages hold no placeholder, no link and no control character', () => {
  const texts = results.flatMap((result) => [
    result.message.text,
    ...[...result.locations, ...(result.relatedLocations ?? [])].flatMap(
      ({ message }) => message?.text ?? [],
    ),
    ...(result.fixes ?? []).map(({ description }) => description.text),
  ]);
  expect(texts.length).toBeGreaterThan(4);
  for (const text of texts) {
    expect(text.replaceAll('{{', '').replaceAll('}}', '')).not.toMatch(/[{}]/);
    expect(text).not.toMatch(/(?<!\\)\[[^\]]*\]\(/);
    expect(text).not.toMatch(/\p{Cs}|\u2028|(?!\n)\p{Cc}/u);
  }
});

test('a run that found nothing says so', () => {
  expect(logOf([]).runs[0]?.results).toEqual([]);
});

test("the standard's schema accepts the log", () => {
  for (const one of [log, logOf([])]) {
    isSarif(one);
    expect(isSarif.errors ?? []).toEqual([]);
  }
});

test("the standard's schema refuses a log that is bent", () => {
  expect(isSarif({ ...log, version: '2.0.0' })).toBe(false);
  const [first] = results;
  const bent = { ...log, runs: [{ ...log.runs[0], results: [{ ...first, level: 'fatal' }] }] };
  expect(isSarif(bent)).toBe(false);
});
