/** Codecs of the author's own: concrete tree → tree. */
import type { IToken } from '../syntax/tree.ts';
import { diagnose } from '../diagnostics/diagnostic.ts';
import type * as cst from '../syntax/cst.gen.ts';
import {
  checkSeparators,
  docOf,
  nameOf,
  nodeSpan,
  reportExpected,
  reportJunk,
  reportMisspelt,
  reportUnclosed,
  textLiteral,
  tokenSpan,
  type Builder,
} from './builder.ts';
import { buildSoundType, reportStrays } from './build-fields.ts';
import type { CodecNode, Name } from './nodes.ts';

const FORM = 'a codec is written `codec json: string<u16> via { ts: "./json.ts#json" }`';

/** `codec name: carrier via { … }`; undefined without a name. */
export function buildCodec(builder: Builder, node: cst.CodecCstNode): CodecNode | undefined {
  const faults = builder.faults();
  const { children } = node;
  const span = nodeSpan(builder, node);
  const keyword = nameOf(builder, children.keyword[0] as IToken);
  if (keyword.text !== 'codec') {
    reportMisspelt(builder, keyword, { near: 'codec', what: 'a carrier' });
  }
  const name = children.name?.[0];
  const type = children.type?.[0];
  const carrier = type === undefined ? undefined : buildSoundType(builder, type, keyword);
  if (builder.faults() === faults) checkForm(builder, node);
  const targets = (children.codecTarget ?? []).flatMap((one) => buildTarget(builder, one) ?? []);
  reportStrays(builder, children.stray);
  checkSeparators(
    builder,
    children.codecTarget?.map((one) => ({ span: nodeSpan(builder, one) })) ?? [],
    children.Comma,
  );
  if (name === undefined) return undefined;
  return {
    kind: 'codec',
    name: nameOf(builder, name),
    doc: docOf(builder, span),
    carrier,
    targets,
    isBroken: builder.faults() !== faults,
    span,
  };
}

/** Reports the first part that is missing: behind it nothing is certain. */
function checkForm(builder: Builder, node: cst.CodecCstNode): void {
  const { children } = node;
  const [name, type] = [children.name?.[0], children.type?.[0]];
  const [via, open] = [children.via?.[0], children.LBrace?.[0]];
  const before = tokenSpan(builder, children.Colon?.[0] ?? name ?? (children.keyword[0] as IToken));
  if (name === undefined) {
    reportExpected(builder, before, { what: 'the name of the codec', help: FORM });
  } else if (children.Colon === undefined) {
    const isTyped = type !== undefined;
    const missing = isTyped ? { what: '`:`', insert: ':' } : { what: '`:` and a type', help: FORM };
    reportExpected(builder, before, missing);
  } else if (type === undefined) {
    if (!reportJunk(builder, children.junk, FORM)) {
      reportExpected(builder, before, { what: 'the type on the wire', help: FORM });
    }
  } else if (via !== undefined && via.image !== 'via') {
    const help = ['`via` stands between the type and the code'];
    const details = { at: tokenSpan(builder, via), help };
    builder.report(diagnose('syntax/expected', { expected: '`via`' }, details));
  } else if (reportJunk(builder, children.junk, FORM)) {
    // Said.
  } else if (open === undefined || via === undefined) {
    const what = open === undefined ? '`via` and where the code is' : '`via`';
    reportExpected(builder, nodeSpan(builder, type), { what, help: FORM });
  } else if (children.RBrace === undefined) {
    reportUnclosed(builder, open, node);
  }
}

function buildTarget(
  builder: Builder,
  node: cst.CodecTargetCstNode,
): { readonly target: Name; readonly at: ReturnType<typeof textLiteral> } | undefined {
  const { Colon, junk, Text, Word } = node.children;
  const target = nameOf(builder, Word[0] as IToken);
  const isBroken = reportJunk(builder, junk);
  const text = Text?.[0];
  if (text !== undefined) return { target, at: textLiteral(builder, text) };
  if (!isBroken) {
    const what = Colon === undefined ? '`:` and where the code is' : 'where the code is';
    const help = 'for example `ts: "./json.ts#json"`';
    reportExpected(builder, nodeSpan(builder, node), { what, help });
  }
  return undefined;
}
