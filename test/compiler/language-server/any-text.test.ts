import * as fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { codeActions } from '../../../compiler/language-server/code-actions.ts';
import { completion } from '../../../compiler/language-server/completion.ts';
import { definition } from '../../../compiler/language-server/definition.ts';
import { diagnosticsOf } from '../../../compiler/language-server/diagnostics.ts';
import { documentSymbols } from '../../../compiler/language-server/document-symbols.ts';
import { hover } from '../../../compiler/language-server/hover.ts';
import { inlayHints } from '../../../compiler/language-server/inlay-hints.ts';
import { highlights, references } from '../../../compiler/language-server/references.ts';
import { rename } from '../../../compiler/language-server/rename.ts';
import { semanticTokens } from '../../../compiler/language-server/semantic-tokens.ts';
import { positionOf } from '../../../compiler/language-server/places.ts';
import { applied, viewOf } from './views.ts';
import { runs } from '../../effort.ts';

const WHOLE = readFileSync(new URL('../editor/everything.ipv8', import.meta.url), 'utf8');
const NEAR = '/// Near.\nstruct Near { a: u8 }\n';

/** The schema that shows everything, with a piece taken out, put in or doubled. */
const damaged = fc
  .record({
    start: fc.nat(WHOLE.length),
    length: fc.nat(80),
    insert: fc.constantFrom('', '{', '}', '"', '🦜', '\r', '#allow(', 'inline ', '= ', '\uD800'),
    isDoubled: fc.boolean(),
  })
  .map(({ insert, isDoubled, length, start }) => {
    const end = isDoubled ? Math.max(0, start - length) : start + length;
    return { text: WHOLE.slice(0, start) + insert + WHOLE.slice(end), at: start };
  });

test('in no text does any feature fail at any place', async () => {
  await fc.assert(
    fc.asyncProperty(damaged, fc.nat(40), async ({ at, text }, away) => {
      const { view } = await viewOf({ 'everything.ipv8': text, 'near.ipv8': NEAR });
      const { source } = view.schema;
      const position = positionOf(source, Math.max(0, at - 20 + away));
      const range = { start: positionOf(source, 0), end: positionOf(source, text.length) };
      expect(semanticTokens(view).data.every((one) => Number.isInteger(one) && one >= 0)).toBe(
        true,
      );
      hover(view, position);
      definition(view, position);
      highlights(view, position);
      references(view, position, { withDefinition: true });
      completion(view, position);
      inlayHints(view, range);
      diagnosticsOf(view, 'everything.ipv8');
      for (const { range: whole, selectionRange } of documentSymbols(view.schema)) {
        expect(whole.start.line).toBeLessThanOrEqual(selectionRange.start.line);
        expect(whole.end.line).toBeGreaterThanOrEqual(selectionRange.end.line);
      }
      await codeActions(view, { range, only: undefined });
    }),
    runs(15),
  );
}, 120_000);

test('a rename there and back gives the text that was, for every name', async () => {
  const { view } = await viewOf({ 'everything.ipv8': WHOLE, 'near.ipv8': NEAR });
  const names = view.schema.declarations.flatMap((node) => [
    node.name,
    ...(node.kind === 'community' ? node.messages.map(({ name }) => name) : []),
    ...(node.kind === 'struct' ? node.fields.map(({ name }) => name) : []),
  ]);
  expect(names.length).toBeGreaterThan(30);
  for (const { span, text } of names) {
    const position = positionOf(span.source, span.start);
    const there = await rename(view, position, 'XYZ');
    if (!there.ok) throw new Error(`${text}: ${there.reason}`);
    const texts = applied(view, there.edit);
    const after = await viewOf({ 'everything.ipv8': WHOLE, 'near.ipv8': NEAR, ...texts });
    const back = await rename(after.view, position, text);
    if (!back.ok) throw new Error(`${text}: ${back.reason}`);
    expect(applied(after.view, back.edit)).toEqual({ 'everything.ipv8': WHOLE });
  }
}, 120_000);
