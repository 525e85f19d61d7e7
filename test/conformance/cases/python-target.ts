/**
 * Modules that `--target python` writes: what mypy and ruff say of them, and what they do under
 * py-ipv8 with the bytes that it recorded.
 */
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, expectEqual, type Case, type Context } from '../case.ts';
import { recordedPayloads } from '../recorded-payloads.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const HERE = fileURLToPath(new URL('..', import.meta.url));

const AWKWARD = 'test/conformance/schemas';

/** Compiles the schemas of the library and of tests, each to a folder of its own. */
async function compile(context: Context): Promise<readonly string[]> {
  return [await compileTo(context, 'schemas'), await compileTo(context, 'test/schemas')];
}

/** Also schemas whose names are hard to take, and a package, whose modules import each other otherwise. */
async function compileAll(context: Context): Promise<readonly string[]> {
  const awkward = await compileTo(context, AWKWARD);
  await cp(join(ROOT, AWKWARD, 'overlay_codecs.py'), join(awkward, 'overlay_codecs.py'));
  await mkdir(join(context.folder, 'package'));
  await writeFile(join(context.folder, 'package/__init__.py'), '"""Generated."""\n');
  const inPackage = await compileTo(context, 'schemas', 'package');
  return [...(await compile(context)), awkward, inPackage];
}

async function compileTo(context: Context, schemas: string, name = schemas): Promise<string> {
  const out = join(context.folder, name.replaceAll('/', '_'));
  const words = ['compile', schemas, '--target', 'python', '--out', out];
  const command = ['--import', 'tsx', 'compiler/cli/main.ts', ...words];
  await context.spawn(process.execPath, command, ROOT).finish();
  return out;
}

async function check(
  context: Context,
  folder: string,
  [program = '', ...args]: readonly string[],
): Promise<void> {
  const { code, stderr, stdout } = await context.tool(program, args, folder);
  const text = `${stdout}${stderr}`.slice(-2_000);
  expect(code === 0, `${program} ${args.join(' ')} says of ${folder}:\n${text}`);
}

async function checkTypes(context: Context): Promise<void> {
  const config = join(HERE, 'mypy.ini');
  for (const folder of await compileAll(context)) {
    // As it comes, without the annotations of py-ipv8, and with them.
    await check(context, folder, ['mypy', '--strict', '.']);
    await check(context, folder, ['mypy', '--config-file', config, '.']);
  }
}

async function checkStyle(context: Context): Promise<void> {
  const config = ['--config', join(HERE, 'ruff.toml')];
  for (const folder of await compileAll(context)) {
    await check(context, folder, ['ruff', 'check', '--isolated', '.']);
    // From elsewhere ruff takes generated modules for installed ones.
    await check(context, context.folder, ['ruff', 'check', '--isolated', folder]);
    await check(context, folder, ['ruff', 'format', '--isolated', '--check', '.']);
    // Names and comments of the awkward schemas are made to break rules of style.
    if (!folder.endsWith('conformance_schemas')) {
      await check(context, folder, ['ruff', 'check', ...config, '.']);
    }
  }
}

async function checkPayloads(context: Context): Promise<void> {
  // Every module is imported; one of a package is not, by itself.
  const folders = (await compileAll(context)).filter((one) => !one.endsWith('package'));
  const { cases, classes } = await recordedPayloads();
  expect(classes === 60, `${classes} payload classes of the library are recorded, not 60`);
  const file = join(context.folder, 'cases.json');
  await writeFile(file, JSON.stringify(cases));
  const { stdout } = await context.python('payloads.py', [file, ...folders]).finish();
  const found = JSON.parse(stdout) as { readonly failures: string[]; readonly checks: number };
  expect(found.failures.length === 0, found.failures.slice(0, 10).join('\n'));
  expect(found.checks > cases.length, `only ${found.checks} checks were made`);
}

async function checkCommunities(context: Context): Promise<void> {
  const folders = await compile(context);
  await context.python('generated_communities.py', folders).finish();
}

/** The files that the guide shows, run as it says. */
async function checkPage(context: Context): Promise<void> {
  const page = await readFile(join(ROOT, 'compiler/guide/python.md'), 'utf8');
  const folder = await compileTo(context, 'schemas');
  for (const name of ['lamport_overlay.py', 'main.py']) {
    const text = page.split(`\`\`\`python\n# ${name}\n`)[1]?.split('```')[0];
    expect(text !== undefined, `python.md shows no ${name}`);
    await writeFile(join(folder, name), text);
  }
  const { stdout } = await context.python('page.py', [folder]).finish();
  const shown = /^\$ python main\.py\n([^]*?)```/m.exec(page)?.[1];
  expectEqual(stdout, shown, 'what main.py prints');
}

export const cases: readonly Case[] = [
  { name: 'python-target-types', secondsMax: 300, run: checkTypes },
  { name: 'python-target-style', secondsMax: 120, run: checkStyle },
  { name: 'python-target-payloads', secondsMax: 180, run: checkPayloads },
  { name: 'python-target-communities', secondsMax: 120, run: checkCommunities },
  { name: 'python-target-page', run: checkPage },
];
