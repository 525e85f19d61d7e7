import { diagnose } from '../../diagnostics/diagnostic.ts';
import { hasCodec } from '../../ir/has-codec.ts';
import { interpretHex } from '../../wire/interpret.ts';
import type { VectorContext } from '../check-vectors.ts';

/** Malformed bytes are refused by strict decoding. What a codec refuses, its own code tells. */
export function malformedRefused(context: VectorContext): void {
  const { declarations, node, report, root, vector } = context;
  if (vector.value !== undefined) return;
  const read = interpretHex(root, vector.hex, { declarations });
  if (!read.ok || hasCodec(root.fields, declarations.lookup)) return;
  const { length } = read.tree;
  const details = {
    at: node.bytes.span,
    label: `${length === 1 ? '1 byte' : `${length} bytes`}, each of which fits its field`,
    others: [{ span: node.of.span, text: 'decodes them' }],
    help: ['give bytes that do not fit, or a value in a `vector` of these bytes'],
  };
  report(diagnose('vector/accepted', { name: vector.name, of: root.name }, details));
}
