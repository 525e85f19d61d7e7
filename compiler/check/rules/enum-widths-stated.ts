import { endOf } from '../../source/span.ts';
import { diagnose } from '../../diagnostics/diagnostic.ts';
import { enumsOf, typesOf, type CheckContext } from '../context.ts';
import { PREFIXES, shapeOf } from '../type-shape.ts';

/** An enum's width is `u8`, `u16` or `u32`; one without a width is used in `bits` only. */
export function enumWidthsStated(context: CheckContext): void {
  for (const { name, width, members } of enumsOf(context)) {
    if (members.length === 0) {
      context.report(diagnose('layout/empty-enum', { name: name.text }, { at: name.span }));
    }
    if (width === undefined || Object.hasOwn(PREFIXES, width.text)) continue;
    const notes = ['widths are `u8`, `u16` and `u32`'];
    const details = { at: width.span, notes };
    context.report(diagnose('layout/enum-width', { width: width.text }, details));
  }
  for (const { type } of typesOf(context)) {
    const shape = shapeOf(type);
    if (shape.kind !== 'named' || shape.isInline) continue;
    const used = context.symbols.findEnum(shape.name);
    if (used === undefined || used.width !== undefined) continue;
    context.report(
      diagnose(
        'layout/enum-without-width',
        { name: used.name.text },
        {
          at: type.span,
          others: [{ span: used.name.span, text: 'declared without a width' }],
          suggestions: [
            {
              text: 'an enum has its width behind its name',
              edits: [{ span: endOf(used.name.span), replacement: ': u8' }],
              applicability: 'maybe-incorrect',
            },
          ],
        },
      ),
    );
  }
}
