/** `language.md`, made from the forms, the types as they compile, and the catalog. */
import { catalog, type DiagnosticCode, summaryOf } from '../diagnostics/catalog.ts';
import type { Size } from '../ir/layout.ts';
import { type Form, FORMS } from './forms.ts';
import { typeRows } from './types.ts';

/** The text of the page. */
export async function languageReference(): Promise<string> {
  const parts = [
    HEAD,
    ...FORMS.map(formText),
    await typesText(),
    diagnosticsText(Object.keys(catalog) as DiagnosticCode[]),
  ];
  return `${parts.join('\n\n')}\n`;
}

const HEAD = `# The schema language

Made by \`npm run generate:guide\` from the compiler itself; its examples are compiled by a test. A first schema is in the
[README](../../README.md), the way from py-ipv8 in [from-py-ipv8.md](from-py-ipv8.md).

In the syntax \`[ ]\` may be left out, \`{ … }\` behind a choice repeats, \`|\` separates choices, and words in capitals are yours.`;

function formText({ title, syntax, text, example }: Form): string {
  return [
    `## ${title}`,
    fenced('', syntax.join('\n')),
    text,
    fenced('ipv8', example.trimEnd()),
  ].join('\n\n');
}

function fenced(language: string, text: string): string {
  return `\`\`\`${language}\n${text}\n\`\`\``;
}

async function typesText(): Promise<string> {
  const rows = (await typeRows()).map(({ type, format, size, typescript }) => {
    const known = format === '' ? '–' : code(format);
    return `| ${code(type)} | ${known} | ${sizeText(size)} | ${code(typescript)} |`;
  });
  return `## Built-in types

Integers are big-endian, and those of 64 bits are \`bigint\`. \`array\` is little-endian, as py-ipv8 writes it. \`Point\` stands for any struct, here
of four bytes.

| type | py-ipv8 | bytes | TypeScript |
|---|---|---|---|
${rows.join('\n')}`;
}

function sizeText({ min, max, isOpen }: Size): string {
  if (min === max && !isOpen) return String(min);
  return isOpen || max > 65_507 ? `${min} and more` : `${min} to ${max}`;
}

/** A bar would end the cell of a table. */
function code(text: string): string {
  return `\`${text.replaceAll('|', String.raw`\|`)}\``;
}

function diagnosticsText(codes: readonly DiagnosticCode[]): string {
  const rows = codes.map((one) => {
    const page = `../reference/${one}.md`;
    return `| [${one}](${page}) | ${catalog[one].severity} | ${summaryOf(one).replaceAll('|', String.raw`\|`)} |`;
  });
  return `## Diagnostics

\`ipv8c explain CODE\` prints the page of a code. A warning can be allowed where it is meant.

| code | severity | title |
|---|---|---|
${rows.join('\n')}`;
}
