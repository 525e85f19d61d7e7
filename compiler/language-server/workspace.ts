/** Open documents and the schemas around them: texts in, checked programs out. */
import { Symbols } from '../check/symbols.ts';
import { createProgramCache, type ProgramCache } from '../program/program.ts';
import type { Analysis, View } from './view.ts';
import type { Project, World } from './world.ts';

/** A set of schemas that was checked together. */
export type Unit = {
  readonly project: Project;
  /** The paths it was asked for; what they import is in the program too. */
  readonly roots: ReadonlySet<string>;
  readonly analysis: Analysis;
};

export type Checked = {
  /** Configured schemas together, each loose document alone. */
  readonly units: readonly Unit[];
  /** Those without a unit as well. */
  readonly projects: readonly Project[];
};

/** The state of a server. Whatever was changed last counts for every question that follows. */
export type Workspace = {
  open(uri: string, text: string): void;
  close(uri: string): void;
  /** Directories whose projects are checked though none of their documents is open. */
  setFolders(uris: readonly string[]): void;
  /** Directories of files that belong to schemas: their projects are checked too. */
  setNeighbours(uris: readonly string[]): void;
  /** Files have changed on disk: what is known of them is forgotten. */
  forgetFiles(): void;
  /** From now on the client tells what changes on disk: what was read is kept until then. */
  keepFiles(): void;
  /** Grows with every change. */
  revision(): number;
  /** Everything checked as it is now. */
  checked(): Promise<Checked>;
  /** A document and its program; undefined when it is not open. */
  view(uri: string): Promise<View | undefined>;
  openUris(): readonly string[];
};

type Documents = ReadonlyMap<string, string>;

/** Where a document stands: in a project, or by itself when it is no file. */
type Home = { readonly uri: string; readonly project: Project; readonly path: string };

type Loaded = Checked & { readonly homes: readonly Home[] };

export function createWorkspace(world: World): Workspace {
  const documents = new Map<string, string>();
  const projects = new Map<string, Promise<Project>>();
  let folders: readonly string[] = [];
  let neighbours: readonly string[] = [];
  let revision = 0;
  let loaded: { readonly revision: number; readonly units: Promise<Loaded> } | undefined;

  const turn = createCaches();
  const disk = createDisk(world);
  const changed = (): void => void revision++;
  const findProject = (directory: string): Promise<Project> => {
    const known = projects.get(directory) ?? world.findProject(directory);
    projects.set(directory, known);
    return known;
  };
  const load = (): Promise<Loaded> => {
    if (loaded?.revision !== revision) {
      const inputs = {
        documents: new Map(documents),
        folders: [...folders, ...neighbours],
        findProject,
        cacheOf: turn(),
      };
      loaded = { revision, units: loadUnits({ ...world, read: disk.read }, inputs) };
    }
    return loaded.units;
  };
  const forgetFiles = (): void => {
    projects.clear();
    disk.forget();
    changed();
  };
  return {
    open(uri, text) {
      // A schema that is new to the editor may be new to its project.
      if (!documents.has(uri)) forgetFiles();
      documents.set(uri, text);
      changed();
    },
    close(uri) {
      documents.delete(uri);
      forgetFiles();
    },
    setFolders(uris) {
      folders = uris;
      changed();
    },
    setNeighbours(uris) {
      neighbours = uris;
      changed();
    },
    forgetFiles,
    keepFiles: disk.keep,
    revision: () => revision,
    checked: load,
    view: async (uri) => viewOf(await load(), uri),
    openUris: () => [...documents.keys()],
  };
}

/** Reads files: each time, or once until it is told to forget them. */
function createDisk({ read }: World) {
  const texts = new Map<string, Promise<string | undefined>>();
  let isKept = false;
  return {
    keep: (): void => void (isKept = true),
    forget: (): void => texts.clear(),
    read: (file: string): Promise<string | undefined> => {
      const text = texts.get(file) ?? read(file);
      if (isKept) texts.set(file, text);
      return text;
    },
  };
}

/** One cache per unit; those that a turn did not ask for are gone after the next. */
function createCaches(): () => (unit: string) => ProgramCache {
  let last = new Map<string, ProgramCache>();
  return () => {
    const before = last;
    const now = new Map<string, ProgramCache>();
    last = now;
    return (unit) => {
      const cache = before.get(unit) ?? createProgramCache();
      now.set(unit, cache);
      return cache;
    };
  };
}

type Inputs = {
  readonly documents: Documents;
  readonly folders: readonly string[];
  readonly findProject: (directory: string) => Promise<Project>;
  /** What is known of the last load of a unit. */
  readonly cacheOf: (unit: string) => ProgramCache;
};

async function loadUnits(world: World, inputs: Inputs): Promise<Loaded> {
  const homes: Home[] = [];
  for (const uri of inputs.documents.keys()) homes.push(await homeOf(world, uri, inputs));
  const projects = new Map(homes.map(({ project }) => [project.directory, project]));
  for (const uri of inputs.folders) {
    const directory = world.fileOf(uri);
    if (directory === undefined) continue;
    const project = await inputs.findProject(directory);
    projects.set(project.directory, project);
  }
  const units: Unit[] = [];
  for (const project of projects.values()) {
    const here = homes.filter((home) => home.project.directory === project.directory);
    units.push(...(await loadProject(world, { project, homes: here, inputs })));
  }
  return { units, homes, projects: [...projects.values()] };
}

async function homeOf(world: World, uri: string, { findProject }: Inputs): Promise<Home> {
  const file = world.fileOf(uri);
  if (file === undefined) {
    return { uri, path: uri, project: { directory: uri, schemas: [], problem: undefined } };
  }
  const project = await findProject(world.directoryOf(file));
  return { uri, project, path: world.pathOf(project.directory, file) };
}

type ProjectInputs = {
  readonly project: Project;
  readonly homes: readonly Home[];
  readonly inputs: Inputs;
};

async function loadProject(world: World, one: ProjectInputs): Promise<readonly Unit[]> {
  const { homes, project } = one;
  const units: Unit[] = [];
  if (project.schemas.length > 0) units.push(await loadUnit(world, one, project.schemas));
  for (const { path } of homes) {
    const isKnown = units[0]?.analysis.program.sources.some((source) => source.path === path);
    if (isKnown !== true) units.push(await loadUnit(world, one, [path]));
  }
  return units;
}

async function loadUnit(
  world: World,
  { homes, inputs, project }: ProjectInputs,
  roots: readonly string[],
): Promise<Unit> {
  const uris = new Map(homes.map(({ path, uri }) => [path, uri]));
  const fileAt = (path: string): string => world.fileAt(project.directory, path);
  const host = {
    read: async (path: string): Promise<string | undefined> => {
      const uri = uris.get(path);
      return uri === undefined ? world.read(fileAt(path)) : inputs.documents.get(uri);
    },
    resolve: world.resolve,
  };
  const program = await inputs.cacheOf([project.directory, ...roots].join('\n')).load(host, roots);
  const analysis: Analysis = {
    program,
    symbols: new Symbols(program.schemas),
    uriOf: (path) => uris.get(path) ?? world.uriOf(fileAt(path)),
    resolve: world.resolve,
  };
  return { project, roots: new Set(roots), analysis };
}

function viewOf({ homes, units }: Loaded, uri: string): View | undefined {
  const home = homes.find((one) => one.uri === uri);
  if (home === undefined) return undefined;
  const candidates = units.filter(({ project }) => project.directory === home.project.directory);
  // A loose schema that another one imports is in two units: its own comes first.
  const ordered = candidates.toSorted(
    (a, b) => Number(b.roots.has(home.path)) - Number(a.roots.has(home.path)),
  );
  for (const { analysis } of ordered) {
    const linked = analysis.program.schemas.find(({ schema }) => schema.source.path === home.path);
    if (linked !== undefined) return { ...analysis, schema: linked.schema };
  }
  return undefined;
}
