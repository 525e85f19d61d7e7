/** What the schema language does not take is taken out again, with its reason. */
import { diagnose, type Diagnostic } from '../../diagnostics/diagnostic.ts';
import { loadProgram, type Program } from '../../program/program.ts';
import { positionAt } from '../../source/position.ts';
import type { Draft } from './draft.ts';
import type { Named } from './names.ts';
import { printSchema } from './print.ts';

export type Accepted = {
  readonly text: string;
  /** The program of that text; it has no errors. */
  readonly program: Program;
  readonly diagnostics: readonly Diagnostic[];
  readonly leftOut: ReadonlySet<Named>;
};

const PATH = 'imported.ipv8';

/** Checks the drafts as a schema, and leaves out what has errors and what needs it. */
export async function acceptDrafts(
  drafts: readonly Draft[],
  names: ReadonlyMap<Named, string>,
): Promise<Accepted> {
  const leftOut = new Set<Named>();
  const diagnostics: Diagnostic[] = [];
  for (;;) {
    const { owners, text } = printSchema(drafts, names, leftOut);
    const host = {
      read: (path: string) => Promise.resolve(path === PATH ? text : undefined),
      resolve: (_: string, specifier: string) => specifier,
    };
    const program = await loadProgram(host, [PATH]);
    const errors = program.diagnostics.filter(({ severity }) => severity === 'error');
    if (errors.length === 0) return { text, program, diagnostics, leftOut };
    const before = leftOut.size;
    for (const error of errors) {
      const { source, start } = error.primary.span;
      const owner = owners[positionAt(source, start).line];
      if (owner === undefined || leftOut.has(owner)) continue;
      leftOut.add(owner);
      diagnostics.push(refusal(owner, names, error));
    }
    if (leftOut.size === before) {
      throw new Error(`an import gave a schema that nobody declared: ${errors[0]?.title ?? ''}`);
    }
  }
}

function refusal(owner: Named, names: ReadonlyMap<Named, string>, error: Diagnostic): Diagnostic {
  const parameters = { owner: names.get(owner) ?? '', problem: error.title };
  return diagnose('python/refused', parameters, {
    at: owner.origin,
    notes: [...error.notes, `\`ipv8c explain ${error.code}\` says more`],
    help: error.help,
  });
}
