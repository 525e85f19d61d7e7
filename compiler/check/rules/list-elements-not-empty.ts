import { diagnose } from '../../diagnostics/diagnostic.ts';
import { typesOf, type CheckContext } from '../context.ts';
import { lowerType } from '../lower-type.ts';
import { canBeEmpty } from '../sizes.ts';
import { shapeOf } from '../type-shape.ts';

/**
 * Every element of a list takes bytes: otherwise a count of four bytes is four billion elements.
 */
export function listElementsNotEmpty(context: CheckContext): void {
  const structs = context.structs();
  for (const { type } of typesOf(context)) {
    const shape = shapeOf(type);
    if (shape.kind !== 'list') continue;
    const element = lowerType(context.symbols, shape.element);
    if (element === undefined || !canBeEmpty(element, structs)) continue;
    const notes = ['a count of a few bytes would make a decoder read elements without end'];
    context.report(diagnose('layout/empty-element', {}, { at: shape.element.span, notes }));
  }
}
