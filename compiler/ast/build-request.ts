/** Requests, which pair two messages: concrete tree → tree. */
import type { IToken } from '../syntax/tree.ts';
import { diagnose } from '../diagnostics/diagnostic.ts';
import type * as cst from '../syntax/cst.gen.ts';
import { isMisspelt, REQUEST_CLAUSES } from '../syntax/words.ts';
import {
  docOf,
  expressionOf,
  nameOf,
  nodeSpan,
  reportExpected,
  reportJunk,
  reportMisspelt,
  tokenSpan,
  type Builder,
} from './builder.ts';
import type { DurationNode, Expression, Name, RequestNode } from './nodes.ts';

const FORM = 'a request is written `request find(FindRequest): FindResponse by identifier`';

const OPERANDS = { by: 'a field', timeout: 'a time', retry: 'a number' } as const;

type Clauses = {
  by?: Name | undefined;
  timeout?: DurationNode | undefined;
  retry?: Expression | undefined;
};

/** `request name(Asks): Answers by field timeout 2s retry 1`; undefined without a name. */
export function buildRequest(builder: Builder, node: cst.RequestCstNode): RequestNode | undefined {
  const faults = builder.faults();
  const { children } = node;
  const keyword = nameOf(builder, children.keyword[0] as IToken);
  if (keyword.text !== 'request') {
    reportMisspelt(builder, keyword, { near: 'request', what: 'two messages' });
  }
  const clauses = readClauses(builder, children.requestClause ?? []);
  if (builder.faults() === faults && !reportJunk(builder, children.junk, FORM)) {
    checkForm(builder, node, clauses);
  }
  const name = children.name?.[0];
  if (name === undefined) return undefined;
  const span = nodeSpan(builder, node);
  const nameAt = (token: IToken | undefined): Name | undefined =>
    token === undefined ? undefined : nameOf(builder, token);
  return {
    kind: 'request',
    name: nameOf(builder, name),
    doc: docOf(builder, span),
    request: nameAt(children.asks?.[0]),
    response: nameAt(children.answers?.[0]),
    by: clauses.by,
    timeout: clauses.timeout,
    retry: clauses.retry,
    isBroken: builder.faults() !== faults,
    span,
  };
}

/** Reports the first part that is missing: behind it nothing is certain. */
function checkForm(builder: Builder, node: cst.RequestCstNode, clauses: Clauses): void {
  const { answers, asks, Colon, keyword, LParen, name, RParen } = node.children;
  const parts: readonly (readonly [token: IToken | undefined, what: string, insert?: string])[] = [
    [keyword[0], ''],
    [name?.[0], 'the name of the request'],
    [LParen?.[0], '`(`', '('],
    [asks?.[0], 'the message that asks'],
    [RParen?.[0], '`)`', ')'],
    [Colon?.[0], '`:` and the message that answers'],
    [answers?.[0], 'the message that answers'],
  ];
  const at = parts.findIndex(([token]) => token === undefined);
  const [, what, insert] = parts[at] ?? [];
  const before = parts[at - 1]?.[0];
  if (what !== undefined && before !== undefined) {
    const missing = insert === undefined ? { what, help: FORM } : { what, insert };
    reportExpected(builder, tokenSpan(builder, before), missing);
  } else if (clauses.by === undefined && node.children.requestClause?.some(isBy) !== true) {
    const help = '`by` names the field of both messages that tells which answer belongs to which';
    const last = answers?.[0];
    if (last !== undefined) {
      reportExpected(builder, tokenSpan(builder, last), { what: '`by` and a field', help });
    }
  }
}

function isBy({ children }: cst.RequestClauseCstNode): boolean {
  return children.keyword[0]?.image === 'by';
}

function readClauses(builder: Builder, nodes: readonly cst.RequestClauseCstNode[]): Clauses {
  const clauses: Clauses = {};
  const seen = new Set<string>();
  for (const node of nodes) {
    const keyword = nameOf(builder, node.children.keyword[0] as IToken);
    const word =
      REQUEST_CLAUSES.find((one) => one === keyword.text) ??
      REQUEST_CLAUSES.find((one) => isMisspelt(keyword.text, one));
    if (word === undefined) continue;
    if (word !== keyword.text) {
      reportMisspelt(builder, keyword, { near: word, what: OPERANDS[word] });
    }
    if (seen.has(word)) {
      builder.report(diagnose('syntax/repeated-word', { word }, { at: keyword.span }));
    } else if (word === 'by') clauses.by = readField(builder, node);
    else if (word === 'timeout') clauses.timeout = readDuration(builder, node);
    else clauses.retry = readCount(builder, node);
    seen.add(word);
  }
  return clauses;
}

function readField(builder: Builder, node: cst.RequestClauseCstNode): Name | undefined {
  const { Integer, word } = node.children;
  const name = word?.[0];
  if (name !== undefined && Integer === undefined) return nameOf(builder, name);
  reportClause(builder, node, { what: 'the name of a field', help: 'for example `by identifier`' });
  return undefined;
}

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000 };

/** Longer times are all the same: too long. */
const MILLISECONDS_MAX = Number.MAX_SAFE_INTEGER;

function readDuration(builder: Builder, node: cst.RequestClauseCstNode): DurationNode | undefined {
  const { Integer, word } = node.children;
  const [number, unit] = [Integer?.[0], word?.[0]];
  const factor = UNITS[unit?.image ?? ''];
  if (
    number === undefined ||
    unit === undefined ||
    !Object.hasOwn(UNITS, unit.image) ||
    factor === undefined
  ) {
    const help = 'for example `timeout 2s` or `timeout 500ms`';
    reportClause(builder, node, { what: 'a number of `s` or `ms`', help });
    return undefined;
  }
  const expression = expressionOf(builder, number, 'integer');
  const value = expression.kind === 'integer' ? Number(expression.value) * factor : 0;
  const { start } = expression.span;
  return {
    milliseconds: Math.max(-1, Math.min(value, MILLISECONDS_MAX)),
    span: { source: builder.source, start, end: tokenSpan(builder, unit).end },
  };
}

function readCount(builder: Builder, node: cst.RequestClauseCstNode): Expression | undefined {
  const { Integer, word } = node.children;
  const [number, name] = [Integer?.[0], word?.[0]];
  if (number !== undefined && name === undefined) return expressionOf(builder, number, 'integer');
  if (number === undefined && name !== undefined) return expressionOf(builder, name, 'reference');
  reportClause(builder, node, { what: 'a number', help: 'for example `retry 1`' });
  return undefined;
}

function reportClause(
  builder: Builder,
  { children }: cst.RequestClauseCstNode,
  missing: { readonly what: string; readonly help: string },
): void {
  const last = children.word?.[0] ?? children.Integer?.[0];
  const keyword = children.keyword[0] as IToken;
  if (last === undefined) reportExpected(builder, tokenSpan(builder, keyword), missing);
  else {
    const details = { at: tokenSpan(builder, last), help: [missing.help] };
    builder.report(diagnose('syntax/expected', { expected: missing.what }, details));
  }
}
