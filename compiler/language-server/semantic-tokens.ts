import type { SemanticTokens, SemanticTokensLegend } from 'vscode-languageserver';
import type { Span } from '../source/span.ts';
import { lex } from '../syntax/lexer.ts';
import type { IToken } from '../syntax/tree.ts';
import type { Occurrence } from './entities.ts';
import { occurrencesOf } from './occurrences.ts';
import { positionOf } from './places.ts';
import type { View } from './view.ts';
import { isKeyword } from './keywords.ts';

const TYPES = [
  'class',
  'struct',
  'enum',
  'interface',
  'event',
  'function',
  'property',
  'enumMember',
  'variable',
  'type',
  'keyword',
  'string',
  'number',
  'comment',
] as const;

type TokenType = (typeof TYPES)[number];

const MODIFIERS = ['declaration', 'readonly', 'documentation', 'defaultLibrary'] as const;

type Modifier = (typeof MODIFIERS)[number];

/** The words in which tokens are told. */
export const LEGEND: SemanticTokensLegend = {
  tokenTypes: [...TYPES],
  tokenModifiers: [...MODIFIERS],
};

type Colour = { readonly type: TokenType; readonly modifiers: readonly Modifier[] };

/** What each word, number, text and comment is; of a part of the text, what touches it. */
export function semanticTokens(view: View, part?: Span): SemanticTokens {
  const { source } = view.schema;
  const { comments, docs, tokens } = lex(source.text);
  const names = new Map(occurrencesOf(view, view.schema).map((one) => [one.name.span.start, one]));
  const data: number[] = [];
  let last = { line: 0, character: 0 };
  for (const token of [...tokens, ...docs, ...comments].sort(byPlace)) {
    const end = (token.endOffset ?? token.startOffset) + 1;
    if (part !== undefined && (end < part.start || token.startOffset > part.end)) continue;
    const colour = colourOf(token, names.get(token.startOffset));
    if (colour === undefined) continue;
    const place = positionOf(source, token.startOffset);
    const isSameLine = place.line === last.line;
    data.push(
      place.line - last.line,
      isSameLine ? place.character - last.character : place.character,
      end - token.startOffset,
      TYPES.indexOf(colour.type),
      colour.modifiers.reduce((bits, one) => bits | (1 << MODIFIERS.indexOf(one)), 0),
    );
    last = place;
  }
  return { data };
}

function byPlace(one: IToken, other: IToken): number {
  return one.startOffset - other.startOffset;
}

function colourOf(token: IToken, name: Occurrence | undefined): Colour | undefined {
  switch (token.tokenType.name) {
    case 'Text':
    case 'UnclosedText':
      return { type: 'string', modifiers: [] };
    case 'Integer':
    case 'Decimal':
    case 'Address':
      return { type: 'number', modifiers: [] };
    case 'Directive':
      return { type: 'keyword', modifiers: [] };
    case 'Code':
      return { type: 'variable', modifiers: ['readonly'] };
    case 'Comment':
      return { type: 'comment', modifiers: [] };
    case 'DocComment':
      return { type: 'comment', modifiers: ['documentation'] };
    case 'Word':
      if (name !== undefined) return colourOfName(name);
      return isKeyword(token.image) ? { type: 'keyword', modifiers: [] } : undefined;
    default:
      return undefined;
  }
}

const DECLARATION_TYPES = {
  community: 'class',
  struct: 'struct',
  enum: 'enum',
  flags: 'enum',
  union: 'interface',
  const: 'variable',
  codec: 'type',
} as const;

function colourOfName({ entities, kind }: Occurrence): Colour | undefined {
  if (kind === 'word') return { type: 'type', modifiers: ['defaultLibrary'] };
  const entity = entities[0];
  if (entity === undefined) return undefined;
  const isConstant = entity.kind === 'declaration' && entity.node.kind === 'const';
  return {
    type:
      entity.kind === 'declaration'
        ? DECLARATION_TYPES[entity.node.kind]
        : ENTITY_TYPES[entity.kind],
    modifiers: [
      ...(kind === 'definition' ? (['declaration'] as const) : []),
      ...(isConstant ? (['readonly'] as const) : []),
    ],
  };
}

const ENTITY_TYPES = {
  message: 'event',
  request: 'function',
  field: 'property',
  bit: 'property',
  member: 'enumMember',
} as const;
