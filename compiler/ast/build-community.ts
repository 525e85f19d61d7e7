/** Communities and their messages: concrete tree → tree. */
import type { IToken } from '../syntax/tree.ts';
import { diagnose } from '../diagnostics/diagnostic.ts';
import { mergeSpans, type Span } from '../source/span.ts';
import type * as cst from '../syntax/cst.gen.ts';
import {
  docOf,
  nameOf,
  nodeSpan,
  reportExpected,
  reportJunk,
  reportMisspelt,
  reportUnclosed,
  reportUnexpected,
  textLiteral,
  tokenSpan,
  type Builder,
} from './builder.ts';
import { buildExpression, buildFields, headSpan } from './build-fields.ts';
import { buildRequest } from './build-request.ts';
import { readHead } from './head.ts';
import type {
  CommunityNode,
  Expression,
  IdentityNode,
  MessageNode,
  Name,
  ReservedNode,
} from './nodes.ts';

/** A community, and the members that do not belong into one. */
export type BuiltCommunity = {
  readonly community: CommunityNode | undefined;
  readonly misplaced: readonly cst.MemberCstNode[];
};

/** What belongs into a community. */
const BELONGING = ['message', 'request', 'reserved', 'allow', 'Comma'] as const;

/** `abstract community Name extends Other version 2 = identity { … }`. */
export function buildCommunity(builder: Builder, node: cst.CommunityCstNode): BuiltCommunity {
  const { children } = node;
  const form = { keyword: 'community', modifiers: ['abstract'] };
  const head = readHead(builder, children.words, form);
  const clauses = readClauses(builder, children.clause ?? []);
  const identity = buildIdentity(builder, children);
  const isBroken = reportJunk(builder, children.junk) || identity?.kind === 'broken';
  const open = children.LBrace?.[0];
  if (open !== undefined && children.RBrace === undefined) reportUnclosed(builder, open, node);
  if (open === undefined && !isBroken) {
    const before = identity?.span ?? clauses.span ?? headSpan(builder, children.words);
    reportExpected(builder, before, { what: 'a body', help: 'it may be empty: `{}`' });
  }
  const members = children.member ?? [];
  const misplaced = members.filter((one) => !BELONGING.some((part) => part in one.children));
  const span = nodeSpan(builder, node);
  if (head.name === undefined) return { community: undefined, misplaced };
  const community: CommunityNode = {
    kind: 'community',
    name: head.name,
    doc: docOf(builder, span),
    isAbstract: head.modifiers.some(({ text }) => text === 'abstract'),
    parent: clauses.parent,
    version: clauses.version,
    identity,
    messages: members
      .flatMap((member) => member.children.message ?? [])
      .flatMap((message) => buildMessage(builder, message) ?? []),
    requests: members
      .flatMap((member) => member.children.request ?? [])
      .flatMap((request) => buildRequest(builder, request) ?? []),
    reserved: members
      .flatMap((member) => member.children.reserved ?? [])
      .flatMap((reserved) => buildReserved(builder, reserved)),
    span,
  };
  return { community, misplaced };
}

type Clauses = {
  readonly parent: Name | undefined;
  readonly version: Expression | undefined;
  readonly span: Span | undefined;
};

function readClauses(builder: Builder, clauses: readonly cst.ClauseCstNode[]): Clauses {
  let parent: Name | undefined;
  let version: Expression | undefined;
  let span: Span | undefined;
  for (const clause of clauses) {
    const keyword = clause.children.Word[0] as IToken;
    const expression = buildExpression(builder, clause.children.expression[0]);
    const isSecond = keyword.image === 'extends' ? parent !== undefined : version !== undefined;
    if (isSecond) {
      const at = tokenSpan(builder, keyword);
      builder.report(diagnose('syntax/repeated-word', { word: keyword.image }, { at }));
    } else if (keyword.image === 'version') version = expression;
    else if (expression?.kind === 'reference') parent = expression;
    span = nodeSpan(builder, clause);
  }
  return { parent, version, span };
}

const FORMS =
  'the forms are `hex"…40 digits…"`, `sha1("text")`, `master("base64 public key")` and `dynamic`';

function buildIdentity(
  builder: Builder,
  { Equals, identity }: cst.CommunityCstChildren,
): IdentityNode | undefined {
  const equals = Equals?.[0];
  const node = identity?.[0];
  if (equals === undefined || node === undefined) return undefined;
  const { form, LParen, Text, RParen } = node.children;
  const name = form?.[0];
  const text = Text?.[0];
  const after = tokenSpan(builder, equals);
  if (name === undefined) {
    if (text === undefined) reportExpected(builder, after, { what: 'an identity', help: FORMS });
    else reportUnexpected(builder, tokenSpan(builder, text), FORMS);
    return { kind: 'broken', span: after };
  }
  const span = mergeSpans(tokenSpan(builder, name), nodeSpan(builder, node));
  const kind = name.image;
  if (kind === 'dynamic' && text === undefined && LParen === undefined) return { kind, span };
  if (kind !== 'hex' && kind !== 'sha1' && kind !== 'master') {
    const at = tokenSpan(builder, name);
    builder.report(diagnose('identity/unknown-form', {}, { at, notes: [FORMS] }));
    return { kind: 'broken', span };
  }
  if (text === undefined) {
    reportExpected(builder, span, { what: `the text of \`${kind}\``, help: FORMS });
    return { kind: 'broken', span };
  }
  const literal = textLiteral(builder, text);
  // An open text takes the rest of its line, and says so itself.
  if (text.tokenType.name !== 'Text') return { kind: 'broken', span };
  const needsParentheses = kind !== 'hex';
  if (needsParentheses !== (LParen !== undefined) || needsParentheses !== (RParen !== undefined)) {
    const written = needsParentheses ? `\`${kind}("…")\`` : '`hex"…"`';
    reportExpected(builder, span, { what: written });
  }
  return { kind, text: literal, span };
}

function buildReserved(builder: Builder, node: cst.ReservedCstNode): readonly ReservedNode[] {
  const owner = node.children.owner?.[0];
  reportJunk(builder, node.children.junk);
  return node.children.reservedRange.flatMap((range) => {
    const from = buildExpression(builder, range.children.expression[0]);
    const second = buildExpression(builder, range.children.expression[1]);
    if (range.children.DotDot !== undefined && second === undefined) {
      reportExpected(builder, nodeSpan(builder, range), { what: 'the last reserved id' });
    }
    if (from === undefined) return [];
    return [
      {
        from,
        to: second ?? from,
        owner: owner === undefined ? undefined : nameOf(builder, owner),
        span: nodeSpan(builder, range),
      },
    ];
  });
}

function buildMessage(builder: Builder, node: cst.MessageCstNode): MessageNode | undefined {
  const { children } = node;
  const form = { keyword: 'message', modifiers: ['signed', 'unsigned', 'timed'] };
  const head = readHead(builder, children.words, form);
  const id = buildExpression(builder, children.expression?.[0]);
  const hasJunk = reportJunk(builder, children.junk);
  const overrides = buildOverride(builder, children.override ?? []);
  const equals = children.Equals?.[0];
  const isIdMissing = equals !== undefined && id === undefined && !hasJunk;
  if (isIdMissing) {
    const help = 'for example `= 1`';
    reportExpected(builder, tokenSpan(builder, equals), { what: 'the id of the message', help });
  }
  const body = children.fields[0];
  const via = children.via?.[0];
  const span = nodeSpan(builder, node);
  const before = via ?? children.override?.at(-1) ?? children.expression?.[0];
  const headEnd = before === undefined ? undefined : nodeSpan(builder, before);
  const isBodyless = hasJunk && body?.children.LBrace === undefined;
  const fields =
    body === undefined || isBodyless
      ? []
      : buildFields(builder, body, headSpan(builder, children.words, headEnd));
  if (head.name === undefined) return undefined;
  return {
    kind: 'message',
    name: head.name,
    doc: docOf(builder, span),
    id,
    auth: head.modifiers.filter(({ text }) => text !== 'timed'),
    isTimed: head.modifiers.some(({ text }) => text === 'timed'),
    overrides,
    via: (via?.children.carriers ?? []).map((carrier) => nameOf(builder, carrier)),
    fields,
    isBroken: head.isBroken || hasJunk || isIdMissing,
    span,
  };
}

/** `overrides Parent`: once, and its word spelt as it should be. */
function buildOverride(builder: Builder, nodes: readonly cst.OverrideCstNode[]): Name | undefined {
  for (const [at, { children }] of nodes.entries()) {
    const word = nameOf(builder, children.Word[0] as IToken);
    if (at > 0) {
      builder.report(diagnose('syntax/repeated-word', { word: 'overrides' }, { at: word.span }));
    } else if (word.text !== 'overrides') {
      reportMisspelt(builder, word, { near: 'overrides', what: 'another message' });
    }
  }
  const parent = nodes[0]?.children.parent[0];
  return parent === undefined ? undefined : nameOf(builder, parent);
}
