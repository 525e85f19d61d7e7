import { diagnose } from '../../diagnostics/diagnostic.ts';
import { forEachType, type CheckContext } from '../context.ts';
import { isUnknownType, shapeOf } from '../type-shape.ts';

/** Every type has the parameters that it takes, and no others. */
export function typesWellFormed(context: CheckContext): void {
  forEachType(context, ({ type, field }) => {
    // What is wrong with a name that nobody declared is the name.
    if (field.isBroken || isUnknownType(context, type)) return;
    const shape = shapeOf(type);
    if (shape.kind !== 'malformed') return;
    const details = { at: shape.span, help: [shape.help] };
    context.report(diagnose('layout/malformed-type', { problem: shape.problem }, details));
  });
}
