import { diagnose } from '../../diagnostics/diagnostic.ts';
import { fieldOwnersOf, forEachType, type CheckContext } from '../context.ts';
import { lowerType } from '../lower-type.ts';
import { runsToEnd } from '../sizes.ts';
import { shapeOf } from '../type-shape.ts';

/** What runs to the end is the last field, and no element of a list. */
export function restLast(context: CheckContext): void {
  const structs = context.structs();
  for (const { fields } of fieldOwnersOf(context)) {
    for (const field of fields.slice(0, -1)) {
      const type = field.type && lowerType(context.symbols, field.type);
      if (field.type === undefined || type === undefined || !runsToEnd(type, structs)) continue;
      const after = fields[fields.indexOf(field) + 1];
      context.report(
        diagnose(
          'layout/rest-not-last',
          { field: field.name.text },
          {
            at: field.type.span,
            label: 'runs to the end of the packet or frame',
            others:
              after === undefined
                ? []
                : [{ span: after.name.span, text: 'nothing is left for this' }],
          },
        ),
      );
    }
  }
  forEachType(context, ({ type }) => {
    const shape = shapeOf(type);
    if (shape.kind !== 'list') return;
    const element = lowerType(context.symbols, shape.element);
    if (element === undefined || !runsToEnd(element, structs)) return;
    const notes = ['the first element would take what belongs to the others'];
    context.report(diagnose('layout/rest-inside', {}, { at: shape.element.span, notes }));
  });
}
