/** Structs, enums, flags and unions: concrete tree → tree. */
import type { IToken } from '../syntax/tree.ts';
import { diagnose } from '../diagnostics/diagnostic.ts';
import type * as cst from '../syntax/cst.gen.ts';
import { declarationWordOf } from '../syntax/words.ts';
import {
  checkSeparators,
  docOf,
  expressionOf,
  nameOf,
  nodeSpan,
  reportExpected,
  reportJunk,
  reportUnclosed,
  tokenSpan,
  type Builder,
} from './builder.ts';
import { buildExpression, buildFields, headSpan, reportStrays } from './build-fields.ts';
import { readHead } from './head.ts';
import type { EnumMemberNode, EnumNode, StructNode } from './nodes.ts';

/** `struct Name { … }`. */
export function buildStruct(builder: Builder, node: cst.StructCstNode): StructNode | undefined {
  const { words, junk, fields } = node.children;
  const head = readHead(builder, words, { keyword: 'struct', modifiers: [] });
  const isBroken = reportJunk(builder, junk);
  const body = fields[0];
  if (head.name === undefined || body === undefined) return undefined;
  const isEmpty = isBroken && body.children.LBrace === undefined;
  const span = nodeSpan(builder, node);
  return {
    kind: 'struct',
    name: head.name,
    doc: docOf(builder, span),
    fields: isEmpty ? [] : buildFields(builder, body, headSpan(builder, words)),
    span,
  };
}

/** `enum Name: u8 { … }`, and `flags` and `union` in the same form. */
export function buildEnum(builder: Builder, node: cst.EnumerationCstNode): EnumNode | undefined {
  const { children } = node;
  const declared = declarationWordOf(children.words.map(({ image }) => image));
  const kind = declared === 'flags' || declared === 'union' ? declared : 'enum';
  const head = readHead(builder, children.words, { keyword: kind, modifiers: [] });
  const isBroken = reportJunk(builder, children.junk);
  const open = children.LBrace?.[0];
  const width = children.width?.[0];
  const colon = children.Colon?.[0];
  if (colon !== undefined && width === undefined && !isBroken) {
    reportExpected(builder, tokenSpan(builder, colon), { what: '`u8`, `u16` or `u32`' });
  }
  if (open === undefined) {
    if (!isBroken) reportExpected(builder, headSpan(builder, children.words), { what: 'a body' });
  } else if (children.RBrace === undefined) {
    reportUnclosed(builder, open, node);
  }
  reportStrays(builder, children.stray);
  const members = [
    ...(children.enumMember ?? []).map((member) => buildMember(builder, member)),
    ...(children.variant ?? []).flatMap((variant) => buildVariant(builder, variant) ?? []),
  ];
  checkSeparators(builder, members, children.Comma);
  if (head.name === undefined) return undefined;
  const span = nodeSpan(builder, node);
  return {
    kind,
    name: head.name,
    doc: docOf(builder, span),
    width: width === undefined ? undefined : nameOf(builder, width),
    members,
    span,
  };
}

function buildMember(builder: Builder, node: cst.EnumMemberCstNode): EnumMemberNode {
  const span = nodeSpan(builder, node);
  const name = nameOf(builder, node.children.Word[0] as IToken);
  const value = buildExpression(builder, node.children.expression?.[0]);
  if (!reportJunk(builder, node.children.junk) && value === undefined) {
    builder.report(
      diagnose(
        'syntax/expected',
        { expected: `the number of \`${name.text}\`` },
        {
          at: name.span,
          help: ['a member is written `name = number`; numbers are never assigned'],
        },
      ),
    );
  }
  return { name, doc: docOf(builder, span), value, span };
}

/** `0: PlainValue`. */
function buildVariant(builder: Builder, node: cst.VariantCstNode): EnumMemberNode | undefined {
  const { children } = node;
  const span = nodeSpan(builder, node);
  const integer = children.Integer?.[0];
  const tag = integer ?? children.Word?.[0];
  if (tag === undefined) return undefined;
  const struct = children.struct?.[0];
  const isBroken = reportJunk(builder, children.junk);
  if (struct === undefined) {
    if (!isBroken) {
      const help = 'a variant is written `tag: Struct`';
      reportExpected(builder, tokenSpan(builder, tag), { what: '`:` and a struct', help });
    }
    return undefined;
  }
  return {
    name: nameOf(builder, struct),
    doc: docOf(builder, span),
    value: expressionOf(builder, tag, integer === undefined ? 'reference' : 'integer'),
    span,
  };
}
