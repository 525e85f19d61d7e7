/** Fields and types: concrete tree → tree. */
import type { IToken } from '../syntax/tree.ts';
import { diagnose } from '../diagnostics/diagnostic.ts';
import { endOf, mergeSpans, startOf, textOf, type Span } from '../source/span.ts';
import type * as cst from '../syntax/cst.gen.ts';
import { TYPE_DEPTH_MAX } from '../syntax/grammar-fields.ts';
import {
  checkSeparators,
  docOf,
  expressionOf,
  nameOf,
  nodeSpan,
  reportExpected,
  reportJunk,
  reportUnclosed,
  reportUnexpected,
  textLiteral,
  tokenSpan,
  type Builder,
} from './builder.ts';
import type {
  BitsMemberNode,
  BoundNode,
  Expression,
  FieldNode,
  Name,
  TypeNode,
  Value,
} from './nodes.ts';

/** The fields of a message or struct. `head` is what stands in front of the body. */
export function buildFields(
  builder: Builder,
  node: cst.FieldsCstNode,
  head: Span,
): readonly FieldNode[] {
  const { children } = node;
  const open = children.LBrace?.[0];
  if (open === undefined) {
    reportExpected(builder, head, { what: 'a body', help: 'fields stand between `{` and `}`' });
  } else if (children.RBrace === undefined) {
    reportUnclosed(builder, open, node);
  }
  reportStrays(builder, children.stray);
  const fields = (children.field ?? []).map((field) => buildField(builder, field));
  checkSeparators(builder, fields, children.Comma);
  return fields;
}

/** Reports the first token of each run that cannot begin an entry. */
export function reportStrays(
  builder: Builder,
  strays: readonly cst.StrayCstNode[] | undefined,
): void {
  for (const stray of strays ?? []) {
    const first = stray.children.Anything[0];
    if (first !== undefined) reportUnexpected(builder, tokenSpan(builder, first));
  }
}

function buildField(builder: Builder, node: cst.FieldCstNode): FieldNode {
  const faults = builder.faults();
  const { children } = node;
  const span = nodeSpan(builder, node);
  const name = nameOf(builder, children.name[0] as IToken);
  const isDeep = children.type?.some(isTooDeep) === true;
  const type = isDeep ? undefined : children.type?.[0];
  const value = children.value?.[0];
  const isConstant = children.const !== undefined;
  const field: Omit<FieldNode, 'isBroken'> = {
    name,
    doc: docOf(builder, span),
    type: type === undefined ? undefined : buildType(builder, type),
    range: children.bound?.[0] === undefined ? undefined : buildBound(builder, children.bound[0]),
    isConstant,
    value: value === undefined ? undefined : buildValue(builder, value),
    span,
  };
  // One fault, one diagnostic: the first of these that holds.
  if (isDeep) reportTooDeep(builder, name.span, 'in the type of this field');
  else if (children.Colon === undefined) {
    reportExpected(builder, name.span, {
      what: type === undefined ? '`:` and a type' : '`:`',
      ...(type === undefined ? { help: 'a field is written `name: type`' } : { insert: ':' }),
    });
  } else if (type === undefined) {
    if (!reportJunk(builder, children.junk, 'a type belongs here')) {
      reportExpected(builder, span, { what: 'a type' });
    }
  } else if (builder.faults() !== faults) {
    // Its type is broken: what is left behind it says nothing new.
  } else if (!reportJunk(builder, children.junk)) {
    checkValue(builder, field, children.Equals?.[0]);
  }
  return { ...field, isBroken: builder.faults() !== faults };
}

function isTooDeep(type: cst.TypeCstNode): boolean {
  const { junk, typeArguments = [] } = type.children;
  if (junk !== undefined) return true;
  return typeArguments.some(({ children }) => children.type?.some(isTooDeep) === true);
}

function reportTooDeep(builder: Builder, at: Span, label: string): void {
  const parameters = { what: 'types', limit: String(TYPE_DEPTH_MAX) };
  builder.report(diagnose('syntax/too-deep', parameters, { at, label }));
}

function checkValue(
  builder: Builder,
  field: Omit<FieldNode, 'isBroken'>,
  equals: IToken | undefined,
): void {
  if (equals !== undefined && field.value === undefined) {
    reportExpected(builder, tokenSpan(builder, equals), { what: 'a value' });
  } else if (field.isConstant && equals === undefined) {
    reportExpected(builder, field.span, {
      what: 'the value of the constant',
      help: 'for example `= 1`, `= true` or `= hex"00ff"`',
    });
  } else if (!field.isConstant && field.value !== undefined) {
    builder.report(
      diagnose(
        'syntax/value-without-const',
        { field: field.name.text },
        {
          at: mergeSpans(field.name.span, field.value.span),
          notes: ['fields have no defaults: every field is always on the wire'],
          suggestions: [
            {
              text: 'a constant begins with `const`',
              edits: [{ span: startOf(field.name.span), replacement: 'const ' }],
              applicability: 'maybe-incorrect',
            },
          ],
        },
      ),
    );
  }
}

/** A type, or the report that it is nested too deep under `owner`. */
export function buildSoundType(
  builder: Builder,
  node: cst.TypeCstNode,
  owner: Name,
): TypeNode | undefined {
  if (!isTooDeep(node)) return buildType(builder, node);
  reportTooDeep(builder, owner.span, 'in its type');
  return undefined;
}

function buildType(builder: Builder, node: cst.TypeCstNode): TypeNode {
  const { children } = node;
  const list = children.typeArguments?.[0];
  return {
    kind: 'type',
    name: nameOf(builder, children.name[0] as IToken),
    isInline: children.inline !== undefined,
    size: buildSize(builder, children.size?.[0]),
    parameters: list === undefined ? undefined : buildParameters(builder, list),
    members: children.bits?.[0] === undefined ? undefined : buildBits(builder, children.bits[0]),
    span: nodeSpan(builder, node),
  };
}

function buildParameters(
  builder: Builder,
  node: cst.TypeArgumentsCstNode,
): readonly (TypeNode | BoundNode)[] {
  const { children } = node;
  const types = (children.type ?? []).map((type) => buildType(builder, type));
  const bounds = (children.bound ?? []).map((bound) => buildBound(builder, bound));
  const parameters = [...types, ...bounds];
  const [lastType, firstBound] = [types.at(-1)?.span, bounds[0]?.span];
  // A bound stands last, unless it is misplaced.
  if (lastType !== undefined && firstBound !== undefined && firstBound.start < lastType.start) {
    parameters.sort((a, b) => a.span.start - b.span.start);
  }
  const open = children.LAngle[0];
  if (children.RAngle === undefined && open !== undefined) {
    reportExpected(builder, nodeSpan(builder, node), { what: '`>`' });
  } else {
    for (let at = 1; at < parameters.length; at++) {
      const [before, after] = [parameters[at - 1]?.span, parameters[at]?.span];
      if (before === undefined || after === undefined) continue;
      const isSeparated = children.Comma?.some(
        (comma) => comma.startOffset >= before.end && comma.startOffset < after.start,
      );
      if (isSeparated !== true) {
        reportExpected(builder, before, { what: '`,`', insert: ',' });
      }
    }
  }
  return parameters;
}

function buildSize(builder: Builder, node: cst.SizeCstNode | undefined): Expression | undefined {
  if (node === undefined) return undefined;
  const size = buildExpression(builder, node.children.expression?.[0]);
  const open = node.children.LSquare[0] as IToken;
  if (size === undefined) {
    reportExpected(builder, tokenSpan(builder, open), { what: 'a number' });
  } else if (node.children.RSquare === undefined) {
    reportExpected(builder, size.span, { what: '`]`', insert: ']' });
  }
  return size;
}

function buildBits(builder: Builder, node: cst.BitsCstNode): readonly BitsMemberNode[] {
  const { children } = node;
  if (children.RBrace === undefined) {
    reportUnclosed(builder, children.LBrace[0] as IToken, node);
  }
  reportStrays(builder, children.stray);
  const members = (children.bitsMember ?? []).map((member): BitsMemberNode => {
    const span = nodeSpan(builder, member);
    const token = member.children.enum?.[0];
    if (!reportJunk(builder, member.children.junk)) {
      const colon = member.children.Colon?.[0];
      if (colon !== undefined && token === undefined) {
        reportExpected(builder, tokenSpan(builder, colon), { what: 'the name of an enum' });
      }
    }
    return {
      name: nameOf(builder, member.children.name[0] as IToken),
      doc: docOf(builder, span),
      enumName: token === undefined ? undefined : nameOf(builder, token),
      size: buildSize(builder, member.children.size?.[0]),
      span,
    };
  });
  checkSeparators(builder, members, children.Comma);
  return members;
}

/** `2..8 send ..7`, its missing numbers reported. */
function buildBound(builder: Builder, node: cst.BoundCstNode): BoundNode {
  const { children } = node;
  const span = nodeSpan(builder, node);
  const max = buildExpression(builder, children.max?.[0]);
  const sendMax = buildExpression(builder, children.send?.[0]);
  if (max === undefined) {
    reportExpected(builder, tokenSpan(builder, children.DotDot[0] as IToken), {
      what: 'the upper bound',
    });
  } else if (children.Word !== undefined && sendMax === undefined) {
    reportExpected(builder, span, { what: 'the bound for sending' });
  }
  const min = buildExpression(builder, children.min?.[0]);
  return { kind: 'bound', min, max, sendMax, span };
}

/** A number or a name; undefined when nothing is there, which the caller reports. */
export function buildExpression(
  builder: Builder,
  node: cst.ExpressionCstNode | undefined,
): Expression | undefined {
  const integer = node?.children.Integer?.[0];
  if (integer !== undefined) return expressionOf(builder, integer, 'integer');
  const word = node?.children.Word?.[0];
  return word === undefined ? undefined : expressionOf(builder, word, 'reference');
}

/** What a constant is given. */
export function buildValue(builder: Builder, node: cst.ValueCstNode): Value | undefined {
  const { Integer, Word, Text } = node.children;
  if (Integer?.[0] !== undefined) return expressionOf(builder, Integer[0], 'integer');
  const word = Word?.[0];
  if (Text?.[0] !== undefined) {
    const { text } = textLiteral(builder, Text[0]);
    const span = nodeSpan(builder, node);
    if (word === undefined) return { kind: 'text', text, span };
    if (word.image === 'hex') return { kind: 'hex', text, span };
    reportUnexpected(builder, tokenSpan(builder, word), 'bytes are written `hex"…"`');
    return undefined;
  }
  return word === undefined ? undefined : expressionOf(builder, word, 'reference');
}

/** The part of a head from its first word to the end of its last. */
export function headSpan(builder: Builder, words: readonly IToken[], last?: Span): Span {
  const first = words[0] as IToken;
  const end = words.at(-1) ?? first;
  const span = mergeSpans(tokenSpan(builder, first), tokenSpan(builder, end));
  return last === undefined || textOf(last) === '' ? span : mergeSpans(span, endOf(last));
}
