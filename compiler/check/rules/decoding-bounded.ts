import { diagnose } from '../../diagnostics/diagnostic.ts';
import { createDecodeCosts, DECODE_COST_MAX } from '../../ir/decode-cost.ts';
import type { CheckContext } from '../context.ts';
import { fieldNodeOf, messagePlacesOf } from '../message-places.ts';

/** One datagram cannot make the decoder keep more than a mebibyte of memory. */
export function decodingBounded(context: CheckContext): void {
  const costs = createDecodeCosts(context.packetSizes().structs);
  for (const { message, node } of messagePlacesOf(context)) {
    const memory = costs.ofFields(message.fields);
    if (memory <= DECODE_COST_MAX) continue;
    const alone = message.fields.map((field) => ({ field, cost: costs.ofFields([field]) }));
    const worst = alone.reduce((most, one) => (one.cost > most.cost ? one : most));
    const blamed = fieldNodeOf(node.fields, worst.field);
    context.report(
      diagnose(
        'size/decode-cost',
        { name: message.name, size: mebibytes(memory) },
        {
          at: node.name.span,
          others: blamed === undefined ? [] : [{ span: blamed.name.span, text: 'most of it' }],
          notes: [
            `a datagram has at most 65507 bytes; they may cost ${mebibytes(DECODE_COST_MAX)}`,
          ],
          help: ['bound how many elements there are, or read them as bytes and one by one'],
        },
      ),
    );
  }
}

function mebibytes(size: number): string {
  return `${(size / 1_048_576).toFixed(1)} MiB`;
}
