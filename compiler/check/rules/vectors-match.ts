import { diagnose, replaceBy } from '../../diagnostics/diagnostic.ts';
import type { VectorContext } from '../check-vectors.ts';
import { bytesWindow, compareBytes } from '../../wire/compare-bytes.ts';
import { encodeValue } from '../../wire/encode-value.ts';
import { interpret } from '../../wire/interpret.ts';
import { nodeAt } from '../../wire/wire-node.ts';

/** The value of a vector encodes to its bytes. */
export function vectorsMatch({ declarations, node, report, root, vector }: VectorContext): void {
  if (vector.value === undefined) return;
  const name = { name: vector.name };
  const encoded = encodeValue(root, vector.value, declarations);
  if (!encoded.ok) {
    const details = {
      at: node.value?.span ?? node.bytes.span,
      label: `\`${encoded.path}\`: ${encoded.detail}`,
      help: ['a vector is of a value that may be sent: give one within those bounds'],
    };
    report(diagnose('vector/mismatch', name, details));
    return;
  }
  const difference = compareBytes(encoded.hex, vector.hex);
  if (difference === undefined) return;
  const { at, mine, theirs } = difference;
  const read = interpret(root, encoded.bytes, { declarations });
  const field = nodeAt(read.tree, at).path;
  const inField = mine === undefined || field === '' ? '' : ` in \`${field}\``;
  const label =
    theirs === undefined
      ? `end at offset ${at}, where${inField} more follows`
      : mine === undefined
        ? `go on at offset ${at}, where the value ends`
        : `differ at offset ${at},${inField}: ${theirs} for ${mine}`;
  const notes = [
    `the value is   ${bytesWindow(encoded.hex, at)}`,
    `the bytes are  ${bytesWindow(vector.hex, at)}`,
  ];
  const fix = replaceBy(node.bytes.span, `hex"${encoded.hex}"`, 'write the bytes of the value');
  report(
    diagnose('vector/mismatch', name, { at: node.bytes.span, label, notes, suggestions: [fix] }),
  );
}
