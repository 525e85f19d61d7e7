import type { EnumNode } from '../../ast/nodes.ts';
import { endOf, type Span } from '../../source/span.ts';
import { diagnose } from '../../diagnostics/diagnostic.ts';
import { enumsOf, forEachType, type CheckContext } from '../context.ts';
import { PREFIXES, shapeOf } from '../type-shape.ts';

const OWNERS: Readonly<Record<EnumNode['kind'], string>> = {
  enum: 'an enum has its width behind its',
  flags: 'flags have a width behind their',
  union: 'a union has the width of its tag behind its',
};

/**
 * The width of an enum, of flags or of a union's tag is `u8`, `u16` or `u32`; an enum without one is used in `bits`
 * only.
 */
export function enumWidthsStated(context: CheckContext): void {
  for (const { kind, name, width, members } of enumsOf(context)) {
    if (members.length === 0) {
      context.report(
        diagnose('layout/empty-enum', { what: kind, name: name.text }, { at: name.span }),
      );
    }
    if (width === undefined) {
      if (kind !== 'enum') reportMissing(context, { kind, name }, name.span);
      continue;
    }
    if (Object.hasOwn(PREFIXES, width.text)) continue;
    const notes = ['widths are `u8`, `u16` and `u32`'];
    const details = { at: width.span, notes };
    context.report(diagnose('layout/enum-width', { width: width.text, what: kind }, details));
  }
  forEachType(context, ({ type }) => {
    const shape = shapeOf(type);
    if (shape.kind !== 'named' || shape.isInline) return;
    const used = context.symbols.findEnum(shape.name);
    if (used === undefined || used.width !== undefined) return;
    reportMissing(context, used, type.span);
  });
}

function reportMissing(
  context: CheckContext,
  { kind, name }: Pick<EnumNode, 'kind' | 'name'>,
  at: Span,
): void {
  const owner = OWNERS[kind];
  context.report(
    diagnose(
      'layout/enum-without-width',
      { what: kind, name: name.text },
      {
        at,
        others: at === name.span ? [] : [{ span: name.span, text: 'declared without a width' }],
        suggestions: [
          {
            text: `${owner} name`,
            edits: [{ span: endOf(name.span), replacement: ': u8' }],
            applicability: 'maybe-incorrect',
          },
        ],
      },
    ),
  );
}
