/** Tables of what is on the wire, in Markdown. */
import type { Size } from '../ir/layout.ts';
import type { Field } from '../ir/model.ts';
import { typeText } from '../ir/type-text.ts';
import { grouped, type Measures, sizeText } from './sizes.ts';

/** A longer table hides what it shows. */
const ROWS_MAX = 64;

/** `offset`, `bytes`, `field` and `type` of fields in a row. */
export function layoutTable(fields: readonly Field[], { layout }: Measures): string {
  let offset: Size = { min: 0, max: 0, isOpen: false };
  const rows = fields.map((field) => {
    const size = layout.ofField(field);
    const row = [offsetText(offset), sizeText(size), field.name, `\`${typeText(field.type)}\``];
    offset = {
      min: offset.min + size.min,
      max: offset.max + size.max,
      isOpen: offset.isOpen || size.isOpen,
    };
    return row;
  });
  return table(['offset', 'bytes', 'field', 'type'], rows);
}

/** Where in its struct or message a field begins. */
export function offsetOfField(
  fields: readonly Field[],
  field: Field,
  { layout }: Measures,
): string {
  return offsetText(layout.ofFields(fields.slice(0, fields.indexOf(field))));
}

function offsetText({ isOpen, max, min }: Size): string {
  if (min === max && !isOpen) return grouped(min);
  return isOpen ? `${grouped(min)}…` : `${grouped(min)}..${grouped(max)}`;
}

/** Cut when it is long. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const shown = rows.slice(0, ROWS_MAX);
  const more = rows.length > shown.length ? [[`… ${rows.length - shown.length} more`]] : [];
  return [head, head.map(() => '---'), ...shown, ...more]
    .map((row) => `| ${row.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`)
    .join('\n');
}
