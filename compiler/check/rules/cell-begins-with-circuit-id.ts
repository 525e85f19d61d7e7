import { diagnose } from '../../diagnostics/diagnostic.ts';
import { messagesOf, type CheckContext } from '../context.ts';

/**
 * A message that travels in cells begins with `circuit_id: u32`: there the cell's header carries
 * it.
 */
export function cellBeginsWithCircuitId(context: CheckContext): void {
  for (const { name, via, fields } of messagesOf(context)) {
    const cell = via.find(({ text }) => text === 'cell');
    if (cell === undefined) continue;
    const first = fields[0];
    if (first?.name.text === 'circuit_id' && first.type?.name.text === 'u32') continue;
    context.report(
      diagnose(
        'layout/cell-circuit-id',
        { name: name.text },
        {
          at: first?.name.span ?? name.span,
          label: 'the first field is `circuit_id: u32`',
          others: [{ span: cell.span, text: 'because of this' }],
        },
      ),
    );
  }
}
