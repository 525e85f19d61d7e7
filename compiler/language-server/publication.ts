import type { PublishDiagnosticsParams } from 'vscode-languageserver';
import { DiagnosticSeverity } from 'vscode-languageserver';
import { diagnosticsOf } from './diagnostics.ts';
import type { Unit } from './workspace.ts';
import type { World } from './world.ts';

type Published = PublishDiagnosticsParams['diagnostics'];

/**
 * What is wrong with every document of every unit, by its URI; empty for those that are sound. A
 * document that stands in several units is judged by the one that was asked for it.
 */
export function gatherDiagnostics(
  units: readonly Unit[],
  world: Pick<World, 'uriOf'>,
): ReadonlyMap<string, Published> {
  const gathered = new Map<string, Published>();
  const own = new Set<string>();
  for (const { analysis, project, roots } of units) {
    if (project.problem !== undefined) {
      gathered.set(world.uriOf(project.problem.file), [problemOf(project.problem.text)]);
    }
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
