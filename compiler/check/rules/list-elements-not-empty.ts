import { diagnose } from '../../diagnostics/diagnostic.ts';
import { forEachType, type CheckContext } from '../context.ts';
import { lowerType } from '../lower-type.ts';
import { canBeEmpty } from '../sizes.ts';
import { shapeOf } from '../type-shape.ts';

/**
 * Every element of a list takes bytes: otherwise a count of four bytes is four billion elements.
 */
export function listElementsNotEmpty(context: CheckContext): void {
  const structs = context.structs();
  forEachType(context, ({ type }) => {
    const shape = shapeOf(type);
    if (shape.kind !== 'list') return;
    const element = lowerType(context.symbols, shape.element);
    if (element === undefined || !canBeEmpty(element, structs)) return;
    const notes = ['a count of a few bytes would make a decoder read elements without end'];
    context.report(diagnose('layout/empty-element', {}, { at: shape.element.span, notes }));
  });
}
