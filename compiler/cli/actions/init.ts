import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadProgram } from '../../program/program.ts';
import { runCompilation, writeOutputs } from '../compilation.ts';
import { CONFIG_FILE } from '../config.ts';
import { EXIT_CODE, type ExitCode } from '../exit-code.ts';
import { filesBelow, readText, schemaPath } from '../node-host.ts';
import { type PackageRoot, packageRoot } from '../package-root.ts';
import type { Terminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';
import { stub } from './stub.ts';

/** What `ipv8c init` was asked for. */
export type InitCommand = { readonly name: string; readonly directory?: string };

/** A file of the new project, by its path in it. */
type NewFile = { readonly path: string; readonly text: string };

const TEMPLATE = 'compiler/template/';
const ENDING = '.template';
const STUB = { paths: [], check: false, format: 'human' } as const;
const SCHEMA = 'schemas/community.ipv8';

/** `ipv8c init`: writes a project that compiles, runs and passes its test. */
export async function init(command: InitCommand, terminal: Terminal): Promise<ExitCode> {
  if (!/^[A-Za-z][A-Za-z0-9]*$/.test(command.name)) {
    throw new UsageError(`"${command.name}" is no name: letters and digits, a letter in front`);
  }
  const community = command.name.charAt(0).toUpperCase() + command.name.slice(1);
  const name = kebabCase(community);
  const directory = resolve(terminal.cwd, command.directory ?? name);
  const root = await packageRoot();
  if (root === undefined)
    throw new UsageError('the template lies in the package, which is not here');
  const identity = randomBytes(20).toString('hex');
  const schema = {
    path: `schemas/${name}.ipv8`,
    text: await fillFile(root, SCHEMA, { community, identity }),
  };
  await expectSound(schema, community);
  const templates = await findTemplates(root);
  const handlers = `source/${name}.ts`;
  if (templates.some((one) => inProject(one, name) === handlers))
    throw new UsageError(`no community can be called ${community}: every project has ${handlers}`);
  const paths = [...templates.map((one) => inProject(one, name)), handlers, `generated/${name}.ts`];
  expectNone(directory, paths, terminal);

  await writeNew(directory, schema);
  await writeNew(directory, { path: CONFIG_FILE, text: await fillFile(root, CONFIG_FILE, {}) });
  const inside = { ...terminal, cwd: directory, out: () => undefined };
  await writeOutputs(await runCompilation({ paths: [] }, inside));
  await stub({ ...STUB, name: community, out: handlers }, inside);
  const exported = /^export const (\w+)/m.exec(
    (await readText(join(directory, handlers))) ?? '',
  )?.[1];
  const values = { community, name, handlers: exported ?? community, ...root.versions };
  for (const one of templates) {
    if (one === SCHEMA || one === CONFIG_FILE) continue;
    const text = await fillFile(root, one, values);
    await writeNew(directory, { path: inProject(one, name), text });
  }
  const shown = relative(terminal.cwd, directory);
  for (const path of paths.toSorted()) terminal.out(`written ${join(shown, path)}\n`);
  const enter = shown === '' ? '' : `cd ${shown} && `;
  terminal.out(`next: ${enter}npm install && npm test\n`);
  return EXIT_CODE.fine;
}

/** `MyChat` → `my-chat`. */
function kebabCase(name: string): string {
  return name.replace(/(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, '-').toLowerCase();
}

/** @throws UsageError when no community can have that name. */
async function expectSound({ path, text }: NewFile, community: string): Promise<void> {
  const host = { read: () => Promise.resolve(text), resolve: () => path };
  const { diagnostics } = await loadProgram(host, [path]);
  const [fault] = diagnostics.map(({ title }) => title);
  if (fault !== undefined)
    throw new UsageError(`no community can be called ${community}: ${fault}`);
}

/** @throws UsageError that names every file that is there already. */
function expectNone(directory: string, paths: readonly string[], { cwd }: Terminal): void {
  const present = paths.filter((path) => existsSync(join(directory, path)));
  if (present.length === 0) return;
  const shown = present.map((path) => relative(cwd, join(directory, path)));
  throw new UsageError(`nothing is overwritten, and there is ${shown.join(', ')}`);
}

async function writeNew(directory: string, { path, text }: NewFile): Promise<void> {
  const file = join(directory, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text, { flag: 'wx' });
}

/** The template's files, by their paths in it. */
async function findTemplates(root: PackageRoot): Promise<readonly string[]> {
  const folder = fileURLToPath(new URL(TEMPLATE, root.directory));
  const files = await filesBelow(folder, ENDING);
  return files.map((file) => schemaPath(folder, file).slice(0, -ENDING.length));
}

/** Where a file of the template goes. */
function inProject(path: string, name: string): string {
  return path.replace('community.', `${name}.`);
}

/** The text of a file of the template, with a value in every `{{place}}`. */
async function fillFile(
  root: PackageRoot,
  path: string,
  values: Readonly<Record<string, string>>,
): Promise<string> {
  const text = await readFile(new URL(`${TEMPLATE}${path}${ENDING}`, root.directory), 'utf8');
  return text.replace(/\{\{([^}]+)\}\}/g, (_, place: string) => {
    const value = values[place];
    if (value === undefined) throw new Error(`${path}: nothing is known of ${place}`);
    return value;
  });
}
