import { diagnose } from '../../diagnostics/diagnostic.ts';
import { forEachType, type CheckContext } from '../context.ts';
import { FIXED_SIZE_MAX } from '../lower-type.ts';
import { shapeOf } from '../type-shape.ts';

/** `bytes[N]` has at least one byte, and no more than a datagram. */
export function sizesValid(context: CheckContext): void {
  forEachType(context, ({ type }) => {
    const shape = shapeOf(type);
    if (shape.kind !== 'fixed-bytes') return;
    const size = context.symbols.evaluate(shape.size);
    if (size === undefined || (size >= 1n && size <= BigInt(FIXED_SIZE_MAX))) return;
    const notes = [`a size is 1 to ${FIXED_SIZE_MAX}`];
    const details = { at: shape.size.span, notes };
    context.report(diagnose('layout/size-out-of-range', { size: String(size) }, details));
  });
}
