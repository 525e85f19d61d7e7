/** The machine as the language server sees it. */
import { stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Community } from '../ir/model.ts';
import type { StubRequest } from '../stub/request.ts';
import type { Beside, Project, World } from '../language-server/world.ts';
import { type Config, CONFIG_FILE, loadConfig } from './config.ts';
import { createNodeHost, findSchemas, readText, type SchemaFile, schemaPath } from './node-host.ts';
import { stubRequest as requestOf } from './stub-request.ts';
import { UsageError } from './usage-error.ts';

export const languageWorld: World = {
  fileOf,
  uriOf: (file) => pathToFileURL(file).href,
  directoryOf: dirname,
  pathOf: schemaPath,
  fileAt: resolve,
  findProject,
  stubRequest,
  read: readRegular,
  resolve: createNodeHost('.').resolve,
  after(milliseconds, action) {
    const timer = setTimeout(action, milliseconds);
    return () => clearTimeout(timer);
  },
};

function fileOf(uri: string): string | undefined {
  try {
    return fileURLToPath(uri);
  } catch {
    // Not a file, or not even a URI: `untitled:Untitled-1`.
    return undefined;
  }
}

/** While a person types, an import can name anything: a directory, a device without end. */
async function readRegular(file: string): Promise<string | undefined> {
  try {
    return (await stat(file)).isFile() ? await readText(file) : undefined;
  } catch {
    return undefined;
  }
}

async function findProject(directory: string): Promise<Project> {
  try {
    const config = await loadConfig(directory);
    const schemas = [...(await configuredSchemas(config)).keys()];
    return { directory: config.directory, schemas, problem: undefined };
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    const file = await nearestConfig(directory);
    return { directory: dirname(file), schemas: [], problem: { file, text } };
  }
}

/** By their paths in the program. */
async function configuredSchemas(config: Config): Promise<ReadonlyMap<string, SchemaFile>> {
  const found = new Map<string, SchemaFile>();
  for (const path of config.schemas) {
    // One directory that is not there must not hide the others.
    for (const one of await schemasAt(resolve(config.directory, path))) {
      const name = schemaPath(config.directory, one.file);
      if (!found.has(name)) found.set(name, one);
    }
  }
  return found;
}

async function stubRequest(
  community: Community,
  { directory, file, model }: Beside,
): Promise<StubRequest | undefined> {
  try {
    const config = await loadConfig(directory);
    return await requestOf(community, {
      model,
      files: await configuredSchemas(config),
      config,
      file,
    });
  } catch (error) {
    // The configuration has changed meanwhile, or two schemas are one module: compiling says so.
    if (error instanceof UsageError) return undefined;
    throw error;
  }
}

/** The configuration that could not be read: one that exists. */
async function nearestConfig(from: string): Promise<string> {
  for (let directory = from; ; directory = dirname(directory)) {
    const file = resolve(directory, CONFIG_FILE);
    if ((await readRegular(file)) !== undefined) return file;
    if (dirname(directory) === directory) return resolve(from, CONFIG_FILE);
  }
}

async function schemasAt(path: string): Promise<readonly SchemaFile[]> {
  try {
    return await findSchemas([path]);
  } catch (error) {
    if (error instanceof UsageError) return [];
    throw error;
  }
}
