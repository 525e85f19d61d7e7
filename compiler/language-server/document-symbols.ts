import { type DocumentSymbol, SymbolKind } from 'vscode-languageserver';
import type {
  CommunityNode,
  DeclarationNode,
  FieldNode,
  MessageNode,
  Name,
  SchemaNode,
} from '../ast/nodes.ts';
import { mergeSpans, type Span, textOf } from '../source/span.ts';
import { rangeOf } from './places.ts';

const KINDS: Readonly<Record<DeclarationNode['kind'], SymbolKind>> = {
  community: SymbolKind.Class,
  struct: SymbolKind.Struct,
  enum: SymbolKind.Enum,
  flags: SymbolKind.Enum,
  union: SymbolKind.Interface,
  const: SymbolKind.Constant,
  codec: SymbolKind.Operator,
};

/** The outline: declarations, in them messages, in them fields. */
export function documentSymbols(schema: SchemaNode): readonly DocumentSymbol[] {
  return schema.declarations.map((node) => ({
    ...symbol(node, KINDS[node.kind]),
    detail: node.kind,
    children: childrenOf(node),
  }));
}

function childrenOf(node: DeclarationNode): DocumentSymbol[] {
  switch (node.kind) {
    case 'struct':
      return node.fields.map(fieldSymbol);
    case 'enum':
    case 'flags':
      return node.members.map((member) => symbol(member, SymbolKind.EnumMember));
    case 'union':
      return node.members.map((member) => symbol(member, SymbolKind.Struct));
    case 'community':
      return membersOf(node);
    case 'const':
    case 'codec':
      return [];
  }
}

function membersOf(node: CommunityNode): DocumentSymbol[] {
  return [
    ...node.messages.map(messageSymbol),
    ...node.requests.map((request) => ({
      ...symbol(request, SymbolKind.Function),
      detail: 'request',
    })),
  ].sort((a, b) => a.range.start.line - b.range.start.line);
}

function messageSymbol(node: MessageNode): DocumentSymbol {
  const id = node.id === undefined ? '' : ` = ${textOf(node.id.span)}`;
  return {
    ...symbol(node, SymbolKind.Event),
    detail: `message${id}`,
    children: node.fields.map(fieldSymbol),
  };
}

function fieldSymbol(node: FieldNode): DocumentSymbol {
  const detail = node.type === undefined ? '' : textOf(node.type.span);
  return { ...symbol(node, SymbolKind.Field), detail };
}

function symbol(
  { name, span }: { readonly name: Name; readonly span: Span },
  kind: SymbolKind,
): DocumentSymbol {
  return {
    name: name.text,
    kind,
    range: rangeOf(mergeSpans(span, name.span)),
    selectionRange: rangeOf(name.span),
  };
}
