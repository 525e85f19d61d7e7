/** What the language server needs of the machine it runs on. */
import type { Community, Model } from '../ir/model.ts';
import type { StubRequest } from '../stub/request.ts';

/** The schemas that are checked together, and where they lie. */
export type Project = {
  /** Absolute; paths of schemas in the program start here. */
  readonly directory: string;
  /** What the configuration names, by paths from `directory` with `/`. */
  readonly schemas: readonly string[];
  /** What is wrong with the configuration, and where it is; the defaults count then. */
  readonly problem: { readonly file: string; readonly text: string } | undefined;
};

/** A file beside the schemas of the configuration at `directory`. */
export type Beside = {
  readonly model: Model;
  readonly directory: string;
  readonly file: string;
};

/** Files are absolute paths of this machine; paths stand in programs, with `/`. */
export type World = {
  /** The file that a URI means; undefined for what is not a file of this machine. */
  fileOf(uri: string): string | undefined;
  uriOf(file: string): string;
  directoryOf(file: string): string;
  pathOf(directory: string, file: string): string;
  fileAt(directory: string, path: string): string;
  /** The project of what lies in a directory. Never fails. */
  findProject(directory: string): Promise<Project>;
  /** What handlers of a community in a file are written with. Undefined when it cannot be told. */
  stubRequest(community: Community, beside: Beside): Promise<StubRequest | undefined>;
  /** The text of a file; undefined where there is none that can be read. */
  read(file: string): Promise<string | undefined>;
  /** The path that `specifier` means when the schema at `from` imports it. */
  resolve(from: string, specifier: string): string;
  /** Acts after a while; what it returns calls that off. */
  after(milliseconds: number, action: () => void): () => void;
};
