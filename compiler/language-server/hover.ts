import { type Hover, MarkupKind, type Position } from 'vscode-languageserver';
import { positionAt } from '../source/position.ts';
import { textOf } from '../source/span.ts';
import type { Entity } from './entities.ts';
import { occurrenceAt } from './occurrences.ts';
import { offsetOf, rangeOf } from './places.ts';
import type { View } from './view.ts';

/** What stands at the position: its head, what is written about it, and where it is declared. */
export function hover(view: View, position: Position): Hover | null {
  const occurrence = occurrenceAt(view, offsetOf(view.schema.source, position));
  if (occurrence === undefined || occurrence.entities.length === 0) return null;
  return {
    range: rangeOf(occurrence.name.span),
    contents: {
      kind: MarkupKind.Markdown,
      value: occurrence.entities.map(describe).join('\n\n---\n\n'),
    },
  };
}

function describe(entity: Entity): string {
  const { doc, name, span } = entity.node;
  const head = (/^[^\r\n]*?(?=\s*(?:\{|\r|\n|$))/.exec(textOf(span))?.[0] ?? '').trimEnd();
  const { source, start } = name.span;
  const place = `\`${source.path}:${positionAt(source, start).line}\``;
  return [`\`\`\`ipv8\n${head}\n\`\`\``, doc, place].filter((part) => part !== '').join('\n\n');
}
