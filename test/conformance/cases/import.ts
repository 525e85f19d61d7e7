/** Payload modules of the installed py-ipv8 → a schema → Python again: each class keeps its bytes. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadConfig } from '../../../compiler/cli/config.ts';
import { findPythonFiles } from '../../../compiler/cli/python-files.ts';
import { importPython, type Imported } from '../../../compiler/import/import-python.ts';
import type { Message, Model, Struct } from '../../../compiler/ir/model.ts';
import { createModelNames } from '../../../compiler/targets/python/model-names.ts';
import { createDeclarations, type Declarations } from '../../../compiler/wire/declarations.ts';
import { encodeValue } from '../../../compiler/wire/encode-value.ts';
import { interpretHex } from '../../../compiler/wire/interpret.ts';
import { expect, expectEqual, type Case, type Context } from '../case.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const VECTORS = new URL('../../vectors/payloads.json', import.meta.url);

type Payload = {
  readonly id: string;
  readonly module: string;
  readonly class: string;
  readonly format_list: readonly unknown[];
  readonly hex: string;
  /** What py-ipv8 packs when it packs what it unpacked, where that is something else. */
  readonly reencoded_hex?: string;
  readonly reencode_error?: object;
  /** Set where what was packed is not what was given. */
  readonly note?: string;
};

type Truncation = Payload & {
  readonly prefixes: readonly {
    readonly length: number;
    readonly until?: number;
    readonly ok: boolean;
  }[];
};

type Recorded = { readonly cases: readonly Payload[]; readonly truncations: readonly Truncation[] };

type Root = Struct | Message;

/** One payload class, and what it is in the schema. */
type Class = { readonly module: string; readonly name: string; readonly root: Root };

/** All of py-ipv8 that has payloads. */
const LIBRARY = ['attestation', 'community.py', 'dht', 'messaging', 'peerdiscovery'] as const;

async function run(context: Context): Promise<void> {
  const imported = await importInstalled(context, LIBRARY);
  const errors = imported.diagnostics.filter(({ severity }) => severity === 'error');
  expectEqual(
    errors.map(({ title }) => title),
    [],
    'what could not be imported',
  );
  const recorded = await recordedOf((module) => !module.startsWith('ipv8.test.'));
  const classes = classesOf(imported, recorded);
  expectEqual(classes.size, 60, 'the number of imported payload classes');
  await compare(context, imported, { classes, recorded });
}

/** What the tests of py-ipv8 pack: every style, and things that nobody sends. */
async function runTests(context: Context): Promise<void> {
  const names = ['test_lazy_payload', 'test_payload_dataclass', 'test_serialization'];
  const files = names.map((name) => `test/messaging/${name}.py`);
  const imported = await importInstalled(context, files);
  const recorded = await recordedOf((module) => module.startsWith('ipv8.test.'));
  await compare(context, imported, { classes: classesOf(imported, recorded), recorded });
}

async function importInstalled(context: Context, paths: readonly string[]): Promise<Imported> {
  const script = 'import ipv8; print(ipv8.__path__[0])';
  const { stdout } = await context.tool('python', ['-c', script]);
  const files = paths.map((path) => join(stdout.trim(), path));
  const terminal = {
    cwd: context.folder,
    out: () => {},
    err: () => {},
    env: {},
    isTTY: false,
    columns: undefined,
  };
  const found = await findPythonFiles(files, await loadConfig(context.folder), terminal);
  return importPython(found.files);
}

/** Of modules that are installed with py-ipv8; the files of its documentation are not. */
async function recordedOf(isWanted: (module: string) => boolean): Promise<Recorded> {
  const all = JSON.parse(await readFile(VECTORS, 'utf8')) as Recorded;
  const isOf = ({ module }: Payload): boolean => module.startsWith('ipv8.') && isWanted(module);
  return { cases: all.cases.filter(isOf), truncations: all.truncations.filter(isOf) };
}

/** Every recorded class, by its module and name; one that was not imported fails the case. */
function classesOf(imported: Imported, { cases }: Recorded): ReadonlyMap<string, Class> {
  const roots = new Map(rootsOf(imported.program.model).map((root) => [root.name, root] as const));
  const found = new Map<string, Class>();
  for (const { module, className, name } of imported.origins) {
    const root = roots.get(name);
    if (root !== undefined) found.set(`${module}.${className}`, { module, name: className, root });
  }
  const wanted = [...new Set(cases.map(keyOf))];
  expectEqual(
    wanted.filter((key) => !found.has(key)),
    [],
    'the list of payloads left out',
  );
  return new Map([...found].filter(([key]) => wanted.includes(key)));
}

function rootsOf(model: Model): readonly Root[] {
  return model.modules
    .flatMap((module) => module.declarations)
    .flatMap((one): readonly Root[] => {
      if (one.kind === 'community') return one.messages;
      return one.kind === 'struct' ? [one] : [];
    });
}

function keyOf({ module, class: name }: Payload): string {
  return `${module}.${name}`;
}

type Compared = { readonly classes: ReadonlyMap<string, Class>; readonly recorded: Recorded };

async function compare(context: Context, imported: Imported, compared: Compared): Promise<void> {
  const { classes, recorded } = compared;
  const declarations = createDeclarations(imported.program.model);
  const wrong: string[] = [];
  for (const payload of recorded.cases) {
    const root = classes.get(keyOf(payload))?.root;
    if (root !== undefined) wrong.push(...comparePayload(payload, root, declarations));
  }
  for (const payload of recorded.truncations) {
    const root = classes.get(keyOf(payload))?.root;
    if (root !== undefined) wrong.push(...compareCuts(payload, root, declarations));
  }
  expectEqual(wrong, [], 'the list of bytes that the schema reads or writes in another way');
  await comparePython(context, imported, compared);
}

function comparePayload(payload: Payload, root: Root, declarations: Declarations): string[] {
  const read = interpretHex(root, payload.hex, { declarations });
  if (!read.ok) return [`${payload.id}: ${read.error.reason}`];
  const written = encodeValue(root, read.value, declarations);
  if (!written.ok) return [`${payload.id}: ${written.detail}`];
  return written.hex === payload.hex ? [] : [`${payload.id}: written as ${written.hex}`];
}

/** Bytes cut at every length are accepted and refused as py-ipv8 does it. */
function compareCuts(payload: Truncation, root: Root, declarations: Declarations): string[] {
  // Whether a key is one is not for the layout to say, nor what Python takes out of its last bytes.
  const isReadOn =
    payload.format_list.includes('node-list') || payload.class === 'SimilarityResponsePayload';
  return payload.prefixes.flatMap(({ length, ok, until = length }) =>
    Array.from({ length: until - length + 1 }, (_, at) => length + at).flatMap((cut) => {
      const hex = payload.hex.slice(0, 2 * cut);
      const read = interpretHex(root, hex, { declarations, compat: true });
      return read.ok === ok || (read.ok && isReadOn) ? [] : [`${payload.id}@${cut}: ok ${read.ok}`];
    }),
  );
}

/** Makes Python of the schema again, and has py-ipv8 pack with its own classes and with those. */
async function comparePython(
  context: Context,
  imported: Imported,
  { classes, recorded }: Compared,
): Promise<void> {
  const schema = join(context.folder, 'imported.ipv8');
  await writeFile(schema, imported.text);
  const command = ['compiler/cli/main.ts', 'compile', schema, '--target', 'python'];
  const args = ['--import', 'tsx', ...command, '--out', join(context.folder, 'generated')];
  const compiled = await context.spawn(process.execPath, args, ROOT).output;
  expectEqual(compiled.code, 0, `what ipv8c ends with, having written ${compiled.stderr}`);

  const names = createModelNames(imported.program.model);
  const payloads = [...classes].map(([key, { module, name, root }]) => ({
    module,
    class: name,
    name: 'id' in root ? names.ofPayload(root) : names.ofDeclaration(root.name),
    // A codec's value is made by code that the schema does not hold.
    codecs: root.fields.filter(({ type }) => type.kind === 'codec').map((field) => field.name),
    cases: recorded.cases
      .filter((one) => keyOf(one) === key)
      .map(({ hex, id, ...one }) => ({
        id,
        hex,
        repacks: [one.reencoded_hex, one.reencode_error, one.note].every(
          (text) => text === undefined,
        ),
      })),
  }));
  await writeFile(join(context.folder, 'payloads.json'), JSON.stringify(payloads));
  await context.python('imported_payloads.py', [context.folder]).finish();
  const text = await readFile(join(context.folder, 'compared.json'), 'utf8');
  const found = JSON.parse(text) as { readonly values: number; readonly wrong: readonly string[] };
  expectEqual(found.wrong, [], 'the list of payloads that Python packs in another way');
  expect(found.values > recorded.cases.length, `only ${found.values} values were compared`);
}

export const cases: readonly Case[] = [
  { name: 'import-payloads', run },
  { name: 'import-test-payloads', run: runTests },
];
