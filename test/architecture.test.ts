/** The layout's rules: who may import whom, what may be named where, how long things may get. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = new URL('..', import.meta.url).pathname;

/** What each folder may import besides itself. A dot stands for the folder's own top-level file. */
const COMPILER: { readonly [folder: string]: readonly string[] } = {
  source: [],
  diagnostics: ['source'],
  ir: ['source'],
  syntax: ['source', 'diagnostics'],
  ast: ['source', 'diagnostics', 'syntax'],
  wire: ['ir'],
  values: ['ir', 'wire'],
  capture: [],
  check: ['source', 'diagnostics', 'ast', 'ir', 'syntax', 'wire'],
  format: ['source', 'syntax', 'ast'],
  emit: ['ir', 'diagnostics', 'source'],
  targets: ['ir', 'wire', 'values'],
  prove: ['ir', 'wire', 'values', 'targets'],
  stub: ['source', 'diagnostics', 'check', 'ir', 'emit'],
  program: ['source', 'diagnostics', 'syntax', 'ast', 'check', 'ir', 'emit'],
  'language-server': [
    'program',
    'source',
    'diagnostics',
    'syntax',
    'ast',
    'check',
    'ir',
    'format',
    'stub',
  ],
  editor: ['syntax', 'check', 'language-server'],
  lock: ['source', 'diagnostics', 'ir'],
  import: ['source', 'diagnostics', 'check', 'program', 'format'],
  guide: ['diagnostics', 'program', 'ir', 'emit'],
  cli: [
    'lock',
    'import',
    'language-server',
    'program',
    'source',
    'diagnostics',
    'format',
    'emit',
    'targets',
    'stub',
    'ir',
    'wire',
    'values',
    'prove',
    'capture',
  ],
  'index.ts': ['program', 'source', 'diagnostics', 'ir', 'emit', 'stub', 'targets'],
};

const RUNTIME: { readonly [folder: string]: readonly string[] } = {
  base: [],
  address: ['base'],
  env: ['base', 'address'],
  codec: ['base', 'address'],
  crypto: ['base', 'env', 'codec'],
  budget: ['base', 'address', 'env', 'crypto'],
  peer: ['base', 'address', 'codec', 'crypto'],
  protocol: ['base', 'address', 'codec', 'peer'],
  'codegen.ts': ['base', 'address', 'codec', 'protocol'],
  generated: ['codegen.ts'],
  tasks: ['base', 'env'],
  operations: ['base', 'address', 'env', 'peer'],
  endpoint: ['base', 'address', 'env', 'budget', 'operations'],
  packet: ['base', 'address', 'codec', 'crypto', 'peer', 'protocol'],
  network: ['base', 'address', 'env', 'codec', 'peer'],
  walker: ['base', 'address', 'env', 'peer', 'network'],
  bootstrap: ['base', 'address', 'env', 'tasks'],
  community: [
    'base',
    'address',
    'env',
    'codec',
    'codegen.ts',
    'generated',
    'crypto',
    'budget',
    'peer',
    'protocol',
    'packet',
    'tasks',
    'endpoint',
    'network',
    'operations',
    'walker',
  ],
  communities: [
    'base',
    'address',
    'env',
    'codec',
    'codegen.ts',
    'generated',
    'crypto',
    'budget',
    'peer',
    'protocol',
    'packet',
    'tasks',
    'endpoint',
    'network',
    'walker',
    'community',
    'config',
  ],
  config: ['base', 'address', 'crypto', 'env'],
  node: [
    'base',
    'address',
    'env',
    'crypto',
    'budget',
    'peer',
    'protocol',
    'packet',
    'tasks',
    'endpoint',
    'network',
    'operations',
    'walker',
    'bootstrap',
    'community',
    'communities',
    'config',
  ],
  tracker: [
    'base',
    'address',
    'env',
    'budget',
    'crypto',
    'packet',
    'peer',
    'tasks',
    'endpoint',
    'network',
    'operations',
    'community',
    'config',
    'node',
    'generated',
  ],
  simulation: [
    'base',
    'address',
    'env',
    'crypto',
    'peer',
    'protocol',
    'packet',
    'tasks',
    'endpoint',
    'network',
    'community',
    'node',
    'config',
  ],
  'index.ts': [
    'base',
    'address',
    'env',
    'codec',
    'crypto',
    'budget',
    'peer',
    'protocol',
    'tasks',
    'endpoint',
    'network',
    'operations',
    'walker',
    'bootstrap',
    'community',
    'communities',
    'config',
    'node',
    'tracker',
  ],
};

/**
 * What the interpreter of the model shares with generated code, so that they cannot disagree, and
 * captures with addresses; all of it is without state.
 */
const SHARED_WITH_RUNTIME = [
  'runtime/codegen.ts',
  'runtime/address/ip.ts',
  'runtime/address/text.ts',
  'runtime/base/bytes.ts',
] as const;

/** Third-party packages and where they come in. */
const PACKAGES: { readonly [name: string]: readonly string[] } = {
  '@lezer/python': ['compiler/import/python/'],
  chevrotain: ['compiler/syntax/', 'compiler/diagnostics/'],
  'ts-morph': ['compiler/stub/'],
  'magic-string': ['compiler/stub/'],
  'fastest-levenshtein': ['compiler/', 'runtime/config/'],
  'vscode-languageserver': ['compiler/language-server/'],
  vscode: ['compiler/editor/extension'],
  'vscode-languageclient': ['compiler/editor/extension'],
  'vscode-languageserver-textdocument': ['compiler/language-server/'],
  commander: ['compiler/cli/'],
  '@noble/curves': ['runtime/crypto/'],
  '@noble/hashes': ['runtime/crypto/', 'compiler/check/', 'compiler/lock/', 'runtime/simulation/'],
  '@noble/ciphers': ['runtime/crypto/'],
  'sodium-native': ['runtime/crypto/providers/sodium'],
};

type SourceFile = {
  readonly path: string;
  readonly text: string;
  readonly imports: readonly string[];
};

function sourceFiles(folder: string): SourceFile[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.includes('node_modules'))
    .map((name) => {
      const path = join(folder, name);
      const text = readFileSync(join(ROOT, path), 'utf8');
      return { path, text, imports: importsOf(text) };
    });
}

function importsOf(text: string): string[] {
  const found = text.matchAll(
    /(?:^|\n)\s*(?:import|export)\b[^'";]*?from\s*'([^']+)'|\bimport\(\s*'([^']+)'\s*\)|(?:^|\n)import\s*'([^']+)'/g,
  );
  return [...found].map((match) => match[1] ?? match[2] ?? match[3] ?? '');
}

const compiler = sourceFiles('compiler');
const runtime = sourceFiles('runtime');
const written = [...compiler, ...runtime, ...sourceFiles('examples')];
const generated = sourceFiles('generated');

/** The part of a path that the tables name: a folder, or a file directly under the top. */
function room(path: string): string {
  const parts = path.split('/');
  if (parts[0] === 'generated') return 'generated';
  return parts[1] ?? '';
}

function code(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '');
}

function wrongImports(
  files: readonly SourceFile[],
  table: { readonly [folder: string]: readonly string[] },
) {
  const wrong: string[] = [];
  for (const file of files) {
    for (const specifier of file.imports.filter((name) => name.startsWith('.'))) {
      const target = relative(ROOT, join(ROOT, dirname(file.path), specifier));
      const isSameTop =
        target.split('/')[0] === file.path.split('/')[0] || room(target) === 'generated';
      const isCommand = file.path.startsWith('compiler/cli/') && target === 'runtime/index.ts';
      const isShared =
        /^compiler\/(wire|values|prove|targets|capture)\//.test(file.path) &&
        SHARED_WITH_RUNTIME.some((one) => one === target);
      const from = room(file.path);
      const to = room(target);
      const isAllowed =
        isCommand || isShared || (isSameTop && (from === to || table[from]?.includes(to) === true));
      if (!isAllowed) wrong.push(`${file.path} imports ${target}`);
    }
  }
  return wrong;
}

test('compiler folders import only what stands below them', () => {
  expect(wrongImports(compiler, COMPILER)).toEqual([]);
});

test('runtime folders import only what stands below them', () => {
  expect(wrongImports(runtime, RUNTIME)).toEqual([]);
});

test.each([
  ['compiler', COMPILER],
  ['runtime', RUNTIME],
])('the import table of %s has no cycle', (_, table) => {
  const done = new Set<string>();
  const visit = (folder: string, path: readonly string[]): void => {
    expect(path, `cycle through ${folder}`).not.toContain(folder);
    if (done.has(folder)) return;
    for (const below of table[folder] ?? []) visit(below, [...path, folder]);
    done.add(folder);
  };
  for (const folder of Object.keys(table)) visit(folder, []);
});

test('every dependency has its line in CONTRIBUTING', () => {
  const manifest = readFileSync(join(ROOT, 'package.json'), 'utf8');
  const groups = Object.entries(JSON.parse(manifest) as Record<string, object>)
    .filter(([group]) => /dependencies$/i.test(group))
    .flatMap(([, packages]) => Object.keys(packages));
  const rows = readFileSync(join(ROOT, 'CONTRIBUTING.md'), 'utf8').match(/^\| `.*$/gm) ?? [];
  const explained = rows.map((row) => row.split('|')[1] ?? '').join(' ');
  expect(groups.length).toBeGreaterThan(10);
  expect(groups.filter((name) => !explained.includes(`\`${name}\``))).toEqual([]);
});

test('every folder has its line in the tables', () => {
  const rooms = (files: readonly SourceFile[]): string[] => [
    ...new Set(files.map((file) => room(file.path))),
  ];
  expect(rooms(compiler).filter((name) => !(name in COMPILER))).toEqual([]);
  expect(rooms(runtime).filter((name) => !(name in RUNTIME))).toEqual([]);
});

test('generated code imports the codegen entry and its own siblings only', () => {
  const wrong = generated.flatMap((file) =>
    file.imports
      .filter((name) => name !== '../runtime/codegen.ts' && !/^\.\/[a-z-]+\.ts$/.test(name))
      .map((name) => `${file.path} imports ${name}`),
  );
  expect(wrong).toEqual([]);
});

test('packages and node modules come in at their own doors', () => {
  const nodeDoors = ['compiler/cli/', 'compiler/editor/', 'runtime/env/', 'runtime/crypto/'];
  const wrong: string[] = [];
  for (const file of [...compiler, ...runtime]) {
    for (const specifier of file.imports.filter((name) => !name.startsWith('.'))) {
      const name = specifier
        .split('/')
        .slice(0, specifier.startsWith('@') ? 2 : 1)
        .join('/');
      const doors = specifier.startsWith('node:') ? nodeDoors : (PACKAGES[name] ?? []);
      if (!doors.some((door) => file.path.startsWith(door)))
        wrong.push(`${file.path} imports ${specifier}`);
    }
  }
  expect(wrong).toEqual([]);
});

const AMBIENT =
  /\b(Date|performance|setTimeout|setInterval|setImmediate|Buffer|process|console|queueMicrotask)\b(?=[.(<\s])|\bMath\.random\b/;

test('time, chance and the process are named in env only', () => {
  const wrong = [...compiler, ...runtime]
    .filter(
      (file) =>
        !/^(runtime\/env\/|runtime\/crypto\/|compiler\/cli\/)/.test(file.path) &&
        AMBIENT.test(code(file.text)),
    )
    .map((file) => `${file.path}: ${AMBIENT.exec(code(file.text))?.[0]}`);
  expect(wrong).toEqual([]);
});

const BANNED: readonly (readonly [string, RegExp])[] = [
  ['enum', /^\s*(export )?(const )?enum\s/m],
  ['namespace', /^\s*(export )?(declare )?namespace\s/m],
  ['any', /(:|<|\bas)\s*any\b/],
  ['default export', /^export default/m],
  [
    'inheritance',
    /\bclass\b[^{]*\bextends\s+(?!Error\b|RangeError\b|TypeError\b|(?:Cst|Recovery|Field|Data|Value|Community)Parser\b)/,
  ],
  ['a checker silenced', /@ts-(ignore|nocheck)|(eslint|oxlint)-disable/],
];

test.each(BANNED)('nothing written here uses %s', (_, pattern) => {
  expect(written.filter((file) => pattern.test(code(file.text))).map((file) => file.path)).toEqual(
    [],
  );
});

test('files have 400 lines at most', () => {
  const long = written
    .filter(({ path }) => !path.endsWith('.gen.ts'))
    .map((file) => [file.path, file.text.trimEnd().split('\n').length] as const)
    .filter(([, lines]) => lines > 400);
  expect(long).toEqual([]);
});

test('functions stay under 70 lines', () => {
  const long: string[] = [];
  for (const file of written) {
    const lines = file.text.split('\n');
    for (const [at, line] of lines.entries()) {
      const indent = /^(\s*)(export )?(async )?function\b/.exec(line)?.[1];
      if (indent === undefined || line.trimEnd().endsWith('}')) continue;
      const end = lines.findIndex((other, index) => index > at && other === `${indent}}`);
      if (end - at > 70) long.push(`${file.path}:${at + 1} (${end - at} lines)`);
    }
  }
  expect(long).toEqual([]);
});

test('file names are kebab-case', () => {
  const wrong = written.filter(
    (file) => !/(^|\/)[a-z0-9]+(-[a-z0-9]+)*(\.gen)?\.ts$/.test(file.path),
  );
  expect(wrong.map((file) => file.path)).toEqual([]);
});
