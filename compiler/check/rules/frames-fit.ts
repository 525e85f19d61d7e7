import { diagnose } from '../../diagnostics/diagnostic.ts';
import { createLayout, FRAME_MAX } from '../../ir/layout.ts';
import { forEachType, type CheckContext } from '../context.ts';
import { shapeOf } from '../type-shape.ts';

/** A framed struct or union has a value whose size the frame's 16-bit length can say. */
export function framesFit(context: CheckContext): void {
  const structs = context.structs();
  const layout = createLayout((name) => structs.get(name), { kind: 'accepted' });
  forEachType(context, ({ type }) => {
    const shape = shapeOf(type);
    if (shape.kind !== 'named' || shape.isInline) return;
    const declared =
      context.symbols.findStruct(shape.name) ?? context.symbols.findUnion(shape.name);
    if (declared === undefined) return;
    const { min } = layout.ofDeclared(shape.name.text);
    if (min <= FRAME_MAX) return;
    const parameters = { what: declared.kind, name: shape.name.text };
    context.report(
      diagnose('layout/frame-too-small', parameters, {
        at: type.span,
        label: `at least ${min} bytes behind a 16-bit length`,
        notes: [`a frame holds at most ${FRAME_MAX} bytes`],
        help: [`write \`inline ${shape.name.text}\`, or make it smaller`],
      }),
    );
  });
}
