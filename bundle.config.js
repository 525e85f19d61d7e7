/**
 * Puts the command into few files, `dist/bin/`: finding and opening hundreds of modules took longer than
 * most commands need. Each command stays a part of its own, loaded when it runs.
 */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';

const OUT = process.argv[2] ?? 'dist/bin';

/** Large, native or loaded by one command alone: they stay packages. */
const EXTERNAL = [
  'ts-morph',
  'sodium-native',
  'vscode-languageserver',
  'vscode-languageserver/*',
  'vscode-languageserver-textdocument',
];

rmSync(OUT, { recursive: true, force: true });
const { metafile } = await build({
  entryPoints: ['compiler/cli/main.ts'],
  outdir: OUT,
  chunkNames: 'parts/[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  external: EXTERNAL,
  metafile: true,
  logLevel: 'warning',
  // What commander and its like ask of CommonJS.
  banner: {
    js: "import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);",
  },
});

/** Folders of the packages that went into the bundle. */
const packages = new Set(
  Object.keys(metafile.inputs).flatMap(
    (path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? [],
  ),
);
const notices = [...packages].sort().map((folder) => {
  const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
  const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one));
  const text = file === undefined ? '' : readFileSync(`${folder}/${file}`, 'utf8').trim();
  return `${name} ${version} (${license})\n\n${text}\n`;
});
writeFileSync(`${OUT}/licenses.txt`, notices.join('\n---\n\n'));
