/** The compiler's only door to the world. Paths are written with `/`. */
export type SourceHost = {
  /** The text of a schema; undefined when there is no such file. */
  read(path: string): Promise<string | undefined>;
  /** The path that `specifier` means when the schema at `from` imports it. */
  resolve(from: string, specifier: string): string;
};
