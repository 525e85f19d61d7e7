/** Values of vectors: concrete tree → tree. */
import type { IToken } from '../syntax/tree.ts';
import { diagnose } from '../diagnostics/diagnostic.ts';
import type * as cst from '../syntax/cst.gen.ts';
import { VALUE_DEPTH_MAX } from '../syntax/grammar-values.ts';
import {
  checkSeparators,
  nameOf,
  nodeSpan,
  reportExpected,
  reportJunk,
  reportUnclosed,
  reportUnexpected,
  tokenSpan,
  type Builder,
} from './builder.ts';
import { buildValue, reportStrays } from './build-fields.ts';
import type { LiteralNode, Name } from './nodes.ts';

type ObjectLiteral = Extract<LiteralNode, { readonly kind: 'object' }>;

/** `{ name: value, … }`, with the name of a union's variant in front of it. */
export function buildObject(
  builder: Builder,
  node: cst.ObjectCstNode,
  variant?: Name,
): ObjectLiteral {
  const { children } = node;
  const span = nodeSpan(builder, node);
  if (children.RBrace === undefined) {
    reportUnclosed(builder, children.LBrace[0] as IToken, node);
  }
  reportStrays(builder, children.stray);
  const found = (children.objectEntry ?? []).map((entry) => buildEntry(builder, entry));
  checkSeparators(builder, found, children.Comma);
  const entries = found.flatMap(({ name, value }) =>
    value === undefined ? [] : [{ name, value }],
  );
  const start = variant?.span.start ?? span.start;
  return { kind: 'object', variant, entries, span: { ...span, start } };
}

function buildEntry(builder: Builder, node: cst.ObjectEntryCstNode) {
  const faults = builder.faults();
  const { Colon, junk, literal, Word } = node.children;
  const name = nameOf(builder, Word[0] as IToken);
  const written = literal?.[0];
  const value = written === undefined ? undefined : buildLiteral(builder, written);
  if (builder.faults() === faults) {
    if (written === undefined && !reportJunk(builder, junk)) {
      const what = Colon === undefined ? '`:` and a value' : 'a value';
      reportExpected(builder, nodeSpan(builder, node), { what });
    } else if (Colon === undefined) {
      reportExpected(builder, name.span, { what: '`:`', insert: ':' });
    } else {
      reportJunk(builder, junk);
    }
  }
  return { name, value, span: nodeSpan(builder, node), isBroken: builder.faults() !== faults };
}

function buildLiteral(builder: Builder, node: cst.LiteralCstNode): LiteralNode | undefined {
  const { Address, Decimal, deep, list, object, value, variant } = node.children;
  const span = nodeSpan(builder, node);
  if (Address?.[0] !== undefined) return buildAddress(builder, Address[0]);
  if (Decimal?.[0] !== undefined) return { kind: 'decimal', value: Number(Decimal[0].image), span };
  if (list?.[0] !== undefined) return buildList(builder, list[0]);
  if (object?.[0] !== undefined) {
    const name = variant?.[0];
    return buildObject(builder, object[0], name === undefined ? undefined : nameOf(builder, name));
  }
  if (deep !== undefined) {
    const at = { ...span, end: span.start + 1 };
    const parameters = { what: 'values', limit: String(VALUE_DEPTH_MAX) };
    builder.report(diagnose('syntax/too-deep', parameters, { at }));
  }
  return value?.[0] === undefined ? undefined : buildValue(builder, value[0]);
}

function buildList(builder: Builder, node: cst.ListCstNode): LiteralNode {
  const { children } = node;
  const open = children.LSquare[0] as IToken;
  const stray = children.unexpected?.[0];
  const written = children.literal ?? [];
  if (stray !== undefined) reportUnexpected(builder, tokenSpan(builder, stray));
  else if (children.RSquare === undefined) reportUnclosed(builder, open, node);
  else {
    checkSeparators(
      builder,
      written.map((one) => ({ span: nodeSpan(builder, one) })),
      children.Comma,
    );
  }
  const items = written.flatMap((one) => buildLiteral(builder, one) ?? []);
  return { kind: 'list', items, span: nodeSpan(builder, node) };
}

function buildAddress(builder: Builder, token: IToken): LiteralNode | undefined {
  const span = tokenSpan(builder, token);
  const match = /^(?:\[(.*)\]|([^:]*))(?::(\d+))?$/.exec(token.image);
  const [, bracketed, plain, port] = match ?? [];
  if (port === undefined) {
    reportExpected(builder, span, { what: '`:` and a port', help: 'for example `127.0.0.1:8090`' });
    return undefined;
  }
  // A longer number is no port whatever its digits are.
  return { kind: 'address', host: bracketed ?? plain ?? '', port: Number(port.slice(0, 10)), span };
}
