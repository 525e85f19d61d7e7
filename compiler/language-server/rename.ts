import type { Position, Range, WorkspaceEdit } from 'vscode-languageserver';
import { Symbols } from '../check/symbols.ts';
import type { Edit } from '../diagnostics/diagnostic.ts';
import type { Program } from '../program/program.ts';
import { applyEdits, reload, workspaceEdit } from './edits.ts';
import { type Entity, isSame, type Occurrence } from './entities.ts';
import { occurrenceAt, occurrencesOf, placesOf } from './occurrences.ts';
import { offsetOf, rangeOf } from './places.ts';
import type { Analysis, View } from './view.ts';

/** A longer name helps nobody. */
const NAME_LENGTH_MAX = 200;

/** The name that would be renamed; null where there is none that can be. */
export function prepareRename(
  view: View,
  position: Position,
): { readonly range: Range; readonly placeholder: string } | null {
  const occurrence = occurrenceAt(view, offsetOf(view.schema.source, position));
  if (occurrence === undefined || occurrence.entities.length === 0) return null;
  return { range: rangeOf(occurrence.name.span), placeholder: occurrence.name.text };
}

export type Renamed =
  | { readonly ok: true; readonly edit: WorkspaceEdit }
  | { readonly ok: false; readonly reason: string };

/**
 * Every place of a name under its new one, in all schemas of the program. Refused when the program
 * would then have a fault that it does not have, or would read differently.
 */
export async function rename(view: View, position: Position, name: string): Promise<Renamed> {
  const occurrence = occurrenceAt(view, offsetOf(view.schema.source, position));
  if (occurrence === undefined || occurrence.entities.length === 0) {
    return refuse('nothing that has a name of its own stands here');
  }
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name) || name === '_' || name.length > NAME_LENGTH_MAX) {
    return refuse(`\`${name.slice(0, NAME_LENGTH_MAX)}\` is not a name`);
  }
  const places = tiedPlaces(view, occurrence.entities);
  const edits = places.map((place): Edit => ({ span: place.name.span, replacement: name }));
  const program = await reload(view, applyEdits(edits));
  const fault = newFault(view.program, program);
  if (fault !== undefined) return refuse(fault);
  const after = countNamed({ program, symbols: new Symbols(program.schemas) }, name);
  if (name !== occurrence.name.text && after !== countNamed(view, name) + places.length) {
    return refuse(`\`${name}\` would mean something else here`);
  }
  return { ok: true, edit: workspaceEdit(view, edits) };
}

function refuse(reason: string): Renamed {
  return { ok: false, reason };
}

function countNamed(analysis: Pick<Analysis, 'program' | 'symbols'>, name: string): number {
  return analysis.program.schemas
    .flatMap(({ schema }) => occurrencesOf(analysis, schema))
    .filter((one) => one.name.text === name && one.entities.length > 0).length;
}

/** Places of the entities, and of those that must be called the same: fields that pair messages. */
function tiedPlaces(analysis: Analysis, entities: readonly Entity[]): readonly Occurrence[] {
  for (let tied = entities; ;) {
    const places = placesOf(analysis, tied);
    const more = places
      .flatMap((place) => place.entities)
      .filter((one, at, all) => all.findIndex((other) => isSame(one, other)) === at);
    if (more.length === tied.length) return places;
    tied = more;
  }
}

/** An error of the second program that the first has fewer of; what is wrong with a name first. */
function newFault(before: Program, after: Program): string | undefined {
  const counts = new Map<string, number>();
  const errors = ({ diagnostics }: Program) =>
    diagnostics.filter(({ severity }) => severity === 'error');
  for (const { code } of errors(before)) counts.set(code, (counts.get(code) ?? 0) + 1);
  const faults = errors(after).filter(({ code }) => {
    const left = (counts.get(code) ?? 0) - 1;
    counts.set(code, left);
    return left < 0;
  });
  const first = faults.find(({ code }) => /^name\/(?:duplicate|built-in)/.test(code)) ?? faults[0];
  return first?.title;
}
