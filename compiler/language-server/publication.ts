import type { PublishDiagnosticsParams } from 'vscode-languageserver';
import { DiagnosticSeverity } from 'vscode-languageserver';
import { diagnosticsOf } from './diagnostics.ts';
import type { Checked } from './workspace.ts';
import type { World } from './world.ts';

/** What is said about one document. */
export type Published = PublishDiagnosticsParams['diagnostics'];

/**
 * What is wrong with every configuration and document, by its URI; empty for those that are sound. A
 * document that stands in several units is judged by the one that was asked for it.
 */
export function gatherDiagnostics(
  { projects, units }: Checked,
  world: Pick<World, 'uriOf'>,
): ReadonlyMap<string, Published> {
  const gathered = new Map<string, Published>();
  const own = new Set<string>();
  for (const { problem } of projects) {
    if (problem !== undefined) gathered.set(world.uriOf(problem.file), [problemOf(problem.text)]);
  }
  for (const { analysis, roots } of units) {
    for (const { path } of analysis.program.sources) {
      const uri = analysis.uriOf(path);
      if (own.has(uri) || (gathered.has(uri) && !roots.has(path))) continue;
      if (roots.has(path)) own.add(uri);
      gathered.set(uri, [...diagnosticsOf(analysis, path)]);
    }
  }
  return gathered;
}

function problemOf(message: string): Published[number] {
  const start = { line: 0, character: 0 };
  return {
    range: { start, end: start },
    severity: DiagnosticSeverity.Error,
    source: 'ipv8',
    message,
  };
}
