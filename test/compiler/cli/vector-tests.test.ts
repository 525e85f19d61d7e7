/** Tests made of vectors, from the schema to `node --test`. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { format } from 'prettier';
import { afterAll, expect, test } from 'vitest';
import { run } from '../../../compiler/cli/run.ts';
import { ROOT } from '../emit/temporary-modules.ts';

// Inside the project, so that the modules find the runtime, and node its types.
mkdirSync(join(ROOT, '.cache'), { recursive: true });
const directory = mkdtempSync(join(ROOT, '.cache', 'vectors-'));
afterAll(() => rmSync(directory, { recursive: true }));

const SCHEMA = `/// A place.
struct Point {
  x: u8
  y: i16 -5..5
}

/// What a note holds, as JSON.
codec json: string<u8> via { ts: "./json.ts#json" }

/// A note.
struct Note {
  json: json
}

/// Draws.
community Shapes = sha1("shapes") {

  /// A shape.
  signed message Shape = 1 {
    /// At most what a datagram holds.
    points: list<inline Point, u8, ..9>
    kind: Kind
    marks: Mark
  }
}

/// Kinds.
enum Kind: u8 {
  line = 1
}

/// Marks.
flags Mark: u8 {
  thick = 1
  dashed = 2
}

vector "a line" Shape {
  points: [{ x: 0, y: 0 }, { x: 1, y: -5 }]
  kind: line
  marks: [thick, dashed]
} = hex"0200000001fffb0103"
vector "null" Note { json: "null" } = hex"046e756c6c"
malformed "y beyond its range" Point hex"000006"
malformed "no JSON" Note hex"017b"
`;

const JSON_CODEC = `export const json = {
  decode: (text: string): unknown => JSON.parse(text),
  encode: (value: unknown): string => JSON.stringify(value),
};
`;

function write(file: string, text: string): void {
  mkdirSync(dirname(join(directory, file)), { recursive: true });
  writeFileSync(join(directory, file), text);
}

const TESTS = 'test/made/shapes.vectors.test.ts';

write('schemas/shapes.ipv8', SCHEMA);
write('schemas/json.ts', JSON_CODEC);
write(
  'ipv8.config.json',
  JSON.stringify({ tests: 'test/made', codegen: '../../runtime/codegen.ts' }),
);

async function ipv8c(...args: readonly string[]) {
  return runIn(directory, args);
}

async function runIn(cwd: string, args: readonly string[]) {
  const said = { out: '', err: '' };
  const code = await run(args, {
    out: (text) => void (said.out += text),
    err: (text) => void (said.err += text),
    cwd,
    env: {},
    isTTY: false,
    columns: 100,
  });
  return { code, ...said };
}

function nodeTest(...files: readonly string[]) {
  const args = ['--import', 'tsx', '--test', '--test-reporter=tap', ...files];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: directory,
    encoding: 'utf8',
  });
  return { status, said: `${stdout}${stderr}` };
}

test('vectors become tests, which hold the generated classes to them', async () => {
  expect(await ipv8c('compile')).toEqual({ code: 0, out: 'written 2, unchanged 0\n', err: '' });
  const first = nodeTest(TESTS);
  expect(first).toMatchObject({ status: 0 });
  const names = ['Shape: a line', 'Note: null', 'Point refuses: y beyond its range'];
  for (const [at, name] of [...names, 'Note refuses: no JSON'].entries()) {
    expect(first.said).toContain(`\nok ${at + 1} - ${name}\n`);
  }
  expect(await ipv8c('compile', '--check')).toMatchObject({ code: 0, out: 'unchanged 2\n' });

  // A class that writes other bytes fails them.
  const module = join(directory, 'generated/shapes.ts');
  const good = readFileSync(module, 'utf8');
  writeFileSync(module, good.replace('out.i16(', 'out.u16('));
  const broken = nodeTest(TESTS);
  expect(broken.status).toBe(1);
  expect(broken.said).toContain('not ok 1 - Shape: a line');
  // So does one that takes what is malformed.
  writeFileSync(module, good.replace(/input\.range\((input\.i16\([^)]*\)), -5, 5,[^)]*\)/, '$1'));
  expect(nodeTest(TESTS).said).toContain('not ok 3 - Point refuses: y beyond its range');
  writeFileSync(module, good);
}, 60_000);

test('tests compile under strict flags, and what they compile to runs', async () => {
  await ipv8c('compile');
  const compilerOptions = {
    target: 'es2022',
    lib: ['es2023', 'es2024.string'],
    types: ['node'],
    module: 'nodenext',
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    noUnusedLocals: true,
    noPropertyAccessFromIndexSignature: true,
    verbatimModuleSyntax: true,
    erasableSyntaxOnly: true,
    isolatedModules: true,
    rewriteRelativeImportExtensions: true,
    rootDir: ROOT,
    outDir: 'built',
  };
  write('tsconfig.json', JSON.stringify({ compilerOptions, include: [TESTS] }));
  write('package.json', '{ "type": "module" }');
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
  const { stdout } = spawnSync(process.execPath, [tsc, '-p', directory], { encoding: 'utf8' });
  expect(stdout).toBe('');
  const built = join(directory, 'built', relative(ROOT, directory), TESTS.replace(/ts$/, 'js'));
  const { status, stdout: said } = spawnSync(process.execPath, ['--test', built], {
    encoding: 'utf8',
  });
  expect(status, said).toBe(0);
}, 60_000);

test('compile --check compares tests too, and finds those that no vector gives', async () => {
  await ipv8c('compile');
  const made = readFileSync(join(directory, TESTS), 'utf8');
  write(TESTS, made.replace('fffb', 'fffc'));
  expect(await ipv8c('compile', '--check')).toMatchObject({
    code: 101,
    out: `different: ${TESTS}\n`,
  });
  rmSync(join(directory, TESTS));
  expect(await ipv8c('compile', '--check')).toMatchObject({
    code: 101,
    out: `missing: ${TESTS}\n`,
  });
  expect(await ipv8c('compile')).toMatchObject({ code: 0, out: 'written 1, unchanged 1\n' });
  expect(readFileSync(join(directory, TESTS), 'utf8')).toBe(made);

  write('schemas/shapes.ipv8', SCHEMA.slice(0, SCHEMA.indexOf('vector "a line"')));
  const extra = `extra, no schema here gives it: ${TESTS}\n`;
  expect(await ipv8c('compile')).toMatchObject({ code: 0, err: extra });
  expect(await ipv8c('compile', '--check')).toMatchObject({ code: 101 });
  write('schemas/shapes.ipv8', SCHEMA);
});

test('a schema on standard input gives its module alone', async () => {
  const said = { out: '', err: '' };
  await run(['compile', '-'], {
    out: (text) => void (said.out += text),
    err: (text) => void (said.err += text),
    cwd: directory,
    env: {},
    isTTY: false,
    columns: 100,
    input: async () => Buffer.from('/// A.\nstruct A { a: u8 }\nvector "v" A { a: 1 } = hex"01"\n'),
  });
  expect(said.err).toBe('');
  expect(said.out).toContain('export class A {');
  expect(said.out).not.toContain('node:test');
});

test('the recorded vectors of the schemas of this project hold', async () => {
  const cwd = join(directory, 'own');
  const config = {
    schemas: ['../../../schemas'],
    out: 'made',
    tests: 'tests',
    codegen: '../../../runtime/codegen.ts',
  };
  write('own/ipv8.config.json', JSON.stringify(config));
  expect(await runIn(cwd, ['compile'])).toMatchObject({ code: 0 });
  const files = readdirSync(join(cwd, 'tests')).map((name) => join(cwd, 'tests', name));
  expect(files.length).toBeGreaterThan(1);
  const { said, status } = nodeTest(...files);
  expect(status, said).toBe(0);
  expect(Number(/^# pass (\d+)$/m.exec(said)?.[1])).toBeGreaterThan(10);
  for (const file of files) {
    const text = readFileSync(file, 'utf8');
    const formatted = await format(text, {
      parser: 'typescript',
      printWidth: 100,
      singleQuote: true,
    });
    expect(text).toBe(formatted);
  }
}, 60_000);
