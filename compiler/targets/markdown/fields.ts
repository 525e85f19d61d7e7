/** Fields as a table of bytes. */
import { type Layout, type Size } from '../../ir/layout.ts';
import type { ConstantValue, Field } from '../../ir/model.ts';
import { typeText } from '../../ir/type-text.ts';
import { code, namesIn } from './links.ts';

/** What a table of fields is made with. */
export type FieldsContext = {
  readonly layout: Layout;
  /** A link to a declaration. */
  readonly link: (name: string) => string;
};

/** Offset, size, name, type and meaning of each field; a sentence where there is none. */
export function fieldsTable(fields: readonly Field[], { layout, link }: FieldsContext): string {
  if (fields.length === 0) return 'No fields.\n';
  const rows: string[][] = [];
  let offset: number | undefined = 0;
  for (const field of fields) {
    const size = layout.ofField(field);
    const text = code(typeText(field.type));
    // A name without a page is not said twice.
    const names = namesIn(field.type).map(link);
    const type = [text, ...names.filter((name) => name !== text)].join(' ');
    const constant = field.constant === undefined ? '' : `Always ${constantText(field.constant)}. `;
    rows.push([
      offset === undefined ? '…' : String(offset),
      sizeText(size),
      code(field.name),
      type,
      `${constant}${cell(field.doc)}`.trim(),
    ]);
    offset = offset === undefined || !isFixed(size) ? undefined : offset + size.min;
  }
  return table(['offset', 'bytes', 'field', 'type', ''], rows);
}

/** `4`, `2 to 172`, `at least 2`. */
export function sizeText(size: Size): string {
  if (isFixed(size)) return String(size.min);
  return size.isOpen ? `at least ${size.min}` : `${size.min} to ${size.max}`;
}

function isFixed({ isOpen, max, min }: Size): boolean {
  return !isOpen && min === max;
}

function constantText(constant: ConstantValue): string {
  if (constant.kind === 'bytes') return code(`hex"${constant.hex}"`);
  return code(String(constant.value));
}

/** A table; what stands in it must have no line ends and no bare `|`. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`;
  return line(head) + line(head.map(() => '---')) + rows.map(line).join('');
}

/** A doc comment as it can stand in a table. */
export function cell(doc: string): string {
  return prose(doc).replaceAll('|', '\\|').replaceAll('\n', ' ');
}

/** A doc comment as it can stand in a page: what would be HTML is text. */
export function prose(doc: string): string {
  return doc.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
