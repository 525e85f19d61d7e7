/** How a change of the wire is told: where it stands, where it stood, and both verdicts. */
import type { DiagnosticCode, Parameters } from '../diagnostics/catalog.ts';
import { diagnose, type Diagnostic, type Suggestion } from '../diagnostics/diagnostic.ts';
import type { Place } from '../ir/model.ts';
import { lineText } from '../source/position.ts';
import type { Source } from '../source/source.ts';
import type { Span } from '../source/span.ts';
import type { Obstacle } from './reads.ts';

/** A name at its place in one of the two models. */
export type Spot = { readonly name: string; readonly place: Place };

/** The texts that places of a model lie in, by the paths of its modules. */
export type SourceOf = (path: string) => Source | undefined;

export type Evidence = {
  readonly now: Spot;
  /** Undefined for what was not there. */
  readonly was: Spot | undefined;
  /** What peers with the older schema make of bytes of the newer. */
  readonly oldReadsNew: Obstacle;
  readonly newReadsOld: Obstacle;
  readonly help?: string | undefined;
  readonly suggestions?: readonly Suggestion[];
};

/** Says one change. */
export type Tell = <Code extends DiagnosticCode>(
  code: Code,
  parameters: Parameters<Code>,
  evidence: Evidence,
) => Diagnostic;

export function createTell(now: SourceOf, was: SourceOf): Tell {
  return (code, parameters, evidence) => {
    const { oldReadsNew, newReadsOld, help, suggestions } = evidence;
    const at = spanOf(evidence.now, now);
    const old = evidence.was === undefined ? undefined : spanOf(evidence.was, was);
    if (at === undefined) throw new Error(`no source for ${evidence.now.place.path}`);
    return diagnose(code, parameters, {
      at,
      others: old === undefined ? [] : [{ span: old, text: 'agreed on here' }],
      notes: [
        `peers of the old schema reading new bytes: ${verdict(oldReadsNew)}`,
        `peers of the new schema reading old bytes: ${verdict(newReadsOld)}`,
      ],
      help: help === undefined ? [] : [help],
      suggestions: suggestions ?? [],
    });
  };
}

function verdict(obstacle: Obstacle): string {
  return obstacle === undefined ? 'they understand' : `they ${obstacle}`;
}

/** The name in its line, or the whole line where it does not say the name. */
function spanOf({ name, place }: Spot, sourceOf: SourceOf): Span | undefined {
  const source = sourceOf(place.path);
  const start = source?.lineStarts[place.line - 1];
  if (source === undefined || start === undefined) return undefined;
  const text = lineText(source, place.line);
  const at = new RegExp(String.raw`(?<!\w)${name}(?!\w)`).exec(text)?.index;
  if (at !== undefined) return { source, start: start + at, end: start + at + name.length };
  const indent = text.length - text.trimStart().length;
  return { source, start: start + indent, end: start + text.length };
}
