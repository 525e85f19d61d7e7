/** Generated modules and the package's declarations compile untouched, old compilers included. */
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compile, installCompilers, TYPE_ROOTS, type Version, VERSIONS } from './compilers.ts';

const ROOT = new URL('../..', import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'ipv8-typescript-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What the project's own code is compiled under: generated code bears it in any project. */
const FLAGS = [
  'strict',
  'exactOptionalPropertyTypes',
  'noUncheckedIndexedAccess',
  'noImplicitOverride',
  'noImplicitReturns',
  'noFallthroughCasesInSwitch',
  'noPropertyAccessFromIndexSignature',
  'noUnusedLocals',
  'noUnusedParameters',
  'verbatimModuleSyntax',
  'erasableSyntaxOnly',
  'isolatedModules',
];

/** Every entry of the package, and one mistake, which only who reads the declarations can find. */
const USE = `import * as runtime from 'ipv8';
import { type Address, Writer } from 'ipv8/codegen';
import * as simulation from 'ipv8/simulation';
import * as compiler from 'ipv8/compiler';

export const all = [runtime, Writer, simulation, compiler];
export const address: Address = { kind: 'ipv4', host: '127.0.0.1', port: '8090' };
`;

function write(path: string, text: string): void {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

beforeAll(() => {
  installCompilers();
  const installed = join(folder, 'node_modules/ipv8');
  const options = ['-p', 'tsconfig.build.json', '--outDir', join(installed, 'dist')];
  const tsc = join(ROOT, 'node_modules/.bin/tsc');
  const build = spawnSync(tsc, options, { cwd: ROOT, encoding: 'utf8' });
  if (build.status !== 0) throw new Error(build.stdout + build.stderr);
  cpSync(join(ROOT, 'package.json'), join(installed, 'package.json'));
  write('package.json', '{ "type": "module" }');
  // Here modules are generated against the sources of the runtime; a project has the package.
  write('runtime/codegen.ts', "export * from 'ipv8/codegen';\n");
  // Beside schemas stand the codecs that their authors wrote, which generated code imports.
  for (const name of ['generated', 'test/generated', 'test/schemas']) {
    cpSync(join(ROOT, name), join(folder, name), { recursive: true });
  }
  write('use/use.ts', USE);
}, 300_000);

/** The flags of the list that a compiler has. */
function flagsOf(version: Version): readonly string[] {
  const help = compile(version, '--help', '--all');
  return FLAGS.filter((flag) => help.includes(`--${flag}\n`));
}

/** The lines that a compiler says about the files of some folders. */
function check(version: Version, include: readonly string[], options: object): readonly string[] {
  const compilerOptions = {
    target: 'es2022',
    lib: ['es2023'],
    module: 'nodenext',
    noEmit: true,
    skipLibCheck: false,
    types: ['node'],
    typeRoots: [TYPE_ROOTS],
    ...Object.fromEntries(flagsOf(version).map((flag) => [flag, true])),
    ...options,
  };
  write('tsconfig.json', JSON.stringify({ compilerOptions, include }));
  const said = compile(version, '-p', folder, '--pretty', 'false');
  return said.split(/\r?\n/).filter((line) => /^\S/.test(line));
}

test('each compiler has all flags but the one that is younger than it', () => {
  const missing = VERSIONS.map((version) => {
    const known = flagsOf(version);
    return [version, FLAGS.filter((flag) => !known.includes(flag))];
  });
  expect(Object.fromEntries(missing)).toEqual({
    '5.4': ['erasableSyntaxOnly'],
    '5.7': ['erasableSyntaxOnly'],
    '6': [],
    '7': [],
  });
});

test.each(VERSIONS)('generated modules compile with TypeScript %s', (version) => {
  const folders = ['generated', 'test/generated'];
  expect(check(version, folders, { allowImportingTsExtensions: true })).toEqual([]);
});

// Declarations name each other as `.ts`, which a project without the flag for it can read too.
test.each(VERSIONS)("the package's declarations compile with TypeScript %s", (version) => {
  const said = check(version, ['use'], {});
  expect(said).toHaveLength(1);
  expect(said[0]).toMatch(/use\/use\.ts\(7,\d+\): error TS2322: /);
});

test('signatures say Uint8Array: its type parameter is younger than TypeScript 5.4', () => {
  const files = ['node_modules/ipv8/dist', 'generated', 'test/generated'].flatMap((name) =>
    readdirSync(join(folder, name), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => join(name, file)),
  );
  expect(files.length).toBeGreaterThan(100);
  const wrong = files.filter((file) =>
    /\b(?:Uint8Array|DataView)</.test(readFileSync(join(folder, file), 'utf8')),
  );
  expect(wrong).toEqual([]);
});
