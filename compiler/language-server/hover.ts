import { type Hover, MarkupKind, type Position } from 'vscode-languageserver';
import type { CommunityNode, DeclarationNode, EnumNode } from '../ast/nodes.ts';
import { typeText } from '../ir/type-text.ts';
import { aroundText } from '../check/size-text.ts';
import { positionAt } from '../source/position.ts';
import { textOf } from '../source/span.ts';
import { describeCode } from './codes.ts';
import { lex } from '../syntax/lexer.ts';
import { BUILT_IN_DOCS } from './built-ins.ts';
import type { Entity } from './entities.ts';
import { headOf } from './head-of.ts';
import { CARRIERS, isKeyword, KEYWORDS } from './keywords.ts';
import { layoutTable, offsetOfField, table } from './layout-table.ts';
import { occurrenceAt } from './occurrences.ts';
import { offsetOf, rangeOf } from './places.ts';
import { measuresOf, type Measures, packetText, sizeText } from './sizes.ts';
import type { View } from './view.ts';

/** What stands at the position: its head, its bytes, what is written about it, and its place. */
export function hover(view: View, position: Position): Hover | null {
  const offset = offsetOf(view.schema.source, position);
  const occurrence = occurrenceAt(view, offset);
  if (occurrence === undefined) return hoverWord(view, offset);
  const { entities, name } = occurrence;
  const text =
    occurrence.kind === 'word'
      ? (BUILT_IN_DOCS[name.text] ?? CARRIERS[name.text] ?? describeCode(name.text))
      : entities.map((entity) => describe(view, entity)).join('\n\n---\n\n');
  if (text === undefined || text === '') return null;
  return { range: rangeOf(name.span), contents: { kind: MarkupKind.Markdown, value: text } };
}

/** A word that names nothing. */
function hoverWord({ schema: { source } }: View, offset: number): Hover | null {
  const word = lex(source.text).tokens.find(
    ({ startOffset, endOffset }) => startOffset <= offset && offset <= (endOffset ?? 0) + 1,
  );
  if (word === undefined || !isKeyword(word.image)) return null;
  const span = { source, start: word.startOffset, end: word.startOffset + word.image.length };
  const value = KEYWORDS[word.image] ?? '';
  return { range: rangeOf(span), contents: { kind: MarkupKind.Markdown, value } };
}

function describe(view: View, entity: Entity): string {
  const { doc, name } = entity.node;
  const { source, start } = name.span;
  const place = `\`${source.path}:${positionAt(source, start).line}\``;
  const code = `\`\`\`ipv8\n${textOf(headOf(entity.node))}\n\`\`\``;
  return [code, doc, ...factsOf(view, entity), place].filter((part) => part !== '').join('\n\n');
}

function factsOf(view: View, entity: Entity): readonly string[] {
  const measures = measuresOf(view.program);
  switch (entity.kind) {
    case 'declaration':
      return factsOfDeclaration(view, entity.node);
    case 'message':
      return factsOfMessage(entity, measures);
    case 'field': {
      const field = measures.field(entity.owner.name, entity.node.name);
      if (field === undefined) return [];
      const fields = measures.fieldsOf(entity.owner.name);
      const size = sizeText(measures.layout.ofField(field));
      return [
        `\`${typeText(field.type)}\`: ${size} at offset ${offsetOfField(fields, field, measures)} of \`${entity.owner.name.text}\`.`,
      ];
    }
    case 'bit':
      return [
        `${entity.node.size === undefined ? '1 bit' : `\`${textOf(entity.node.size.span)}\` bits`} of \`${entity.owner.name.text}\`.`,
      ];
    case 'member':
      return [`Of \`${entity.owner.name.text}\`.`];
    case 'request':
      return [`Of community \`${entity.owner.name.text}\`.`];
  }
}

function factsOfMessage(
  { node, owner }: Entity & { readonly kind: 'message' },
  measures: Measures,
): readonly string[] {
  const place = `Of community \`${owner.name.text}\`.`;
  const message = measures.message(node.name);
  if (message === undefined) return [place];
  const packet = measures.packet(message);
  return [
    layoutTable(message.fields, measures),
    `Payload: ${sizeText(measures.layout.ofFields(message.fields))}.`,
    `Packet ${packetText(packet)} (${aroundText(message, packet)}).`,
    place,
  ];
}

function factsOfDeclaration(view: View, node: DeclarationNode): readonly string[] {
  const measures = measuresOf(view.program);
  switch (node.kind) {
    case 'struct': {
      const fields = measures.fieldsOf(node.name);
      const size = sizeText(measures.layout.ofFields(fields));
      return [layoutTable(fields, measures), `Inline: ${size}; framed by a u16 length otherwise.`];
    }
    case 'union':
      return [
        memberTable(node, ['tag', 'struct']),
        `Inline: ${sizeText(measures.layout.ofDeclared(node.name.text))}; framed by a u16 length otherwise.`,
      ];
    case 'enum':
    case 'flags':
      return [memberTable(node, ['value', 'name'])];
    case 'community':
      return [messageTable(node)];
    case 'const':
    case 'codec':
      return [];
  }
}

function memberTable({ members }: EnumNode, head: readonly string[]): string {
  return table(
    head,
    members.map(({ name, value }) => [value === undefined ? '?' : textOf(value.span), name.text]),
  );
}

function messageTable({ messages }: CommunityNode): string {
  return table(
    ['id', 'message', ''],
    messages.map(({ auth, id, name, overrides }) => [
      id === undefined ? `as \`${overrides?.text ?? '?'}\`` : textOf(id.span),
      name.text,
      auth[0]?.text ?? '',
    ]),
  );
}
