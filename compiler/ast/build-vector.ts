/** Vectors: concrete tree → tree. */
import type { IToken } from '../syntax/tree.ts';
import { diagnose } from '../diagnostics/diagnostic.ts';
import type * as cst from '../syntax/cst.gen.ts';
import { isMisspelt, VECTOR_WORDS } from '../syntax/words.ts';
import {
  nameOf,
  nodeSpan,
  reportExpected,
  reportJunk,
  reportMisspelt,
  textLiteral,
  tokenSpan,
  type Builder,
} from './builder.ts';
import { buildValue } from './build-fields.ts';
import { buildObject } from './build-literal.ts';
import type { TextLiteral, VectorNode } from './nodes.ts';

const FORMS = {
  vector: 'a vector is written `vector "name" Type { … } = hex"…"`',
  malformed: 'malformed bytes are written `malformed "name" Type hex"…"`',
} as const;

/** A vector; undefined when a part of it is missing, which is reported. */
export function buildVector(builder: Builder, node: cst.VectorCstNode): VectorNode | undefined {
  const { children } = node;
  const keyword = nameOf(builder, children.keyword[0] as IToken);
  const exact = VECTOR_WORDS.find((word) => word === keyword.text);
  const kind = exact ?? VECTOR_WORDS.find((word) => isMisspelt(keyword.text, word)) ?? 'vector';
  if (exact === undefined) {
    reportMisspelt(builder, keyword, { near: kind, what: 'recorded bytes' });
  }
  const faults = builder.faults();
  const [name, of] = [children.name?.[0], children.of?.[0]];
  const object = children.object?.[0];
  const value = object === undefined ? undefined : buildObject(builder, object);
  const text = name === undefined ? undefined : textLiteral(builder, name);
  const bytes = buildBytes(builder, node, kind);
  if (builder.faults() === faults) checkForm(builder, node, kind);
  if (text === undefined || of === undefined || bytes === undefined) return undefined;
  // What is broken has been reported; its bytes say nothing about the schema.
  if (builder.faults() !== faults) return undefined;
  return {
    kind,
    name: text,
    of: nameOf(builder, of),
    value: kind === 'vector' ? value : undefined,
    bytes,
    span: nodeSpan(builder, node),
  };
}

/** The first part that is missing or too many. */
function checkForm(
  builder: Builder,
  { children }: cst.VectorCstNode,
  kind: VectorNode['kind'],
): void {
  const form = FORMS[kind];
  const keyword = children.keyword[0] as IToken;
  const [name, of, object] = [children.name?.[0], children.of?.[0], children.object?.[0]];
  const equals = children.Equals?.[0];
  const end = object === undefined ? undefined : nodeSpan(builder, object);
  if (name === undefined) {
    reportExpected(builder, tokenSpan(builder, keyword), {
      what: 'the name in quotes',
      help: form,
    });
  } else if (of === undefined) {
    const what = 'the struct or message';
    reportExpected(builder, tokenSpan(builder, name), { what, help: form });
  } else if (kind === 'malformed') {
    const excess = end ?? (equals === undefined ? undefined : tokenSpan(builder, equals));
    if (excess !== undefined) {
      const details = {
        at: { ...excess, end: excess.start + 1 },
        label: 'not understood here',
        help: [form],
      };
      const found = object === undefined ? '`=`' : '`{`';
      builder.report(diagnose('syntax/unexpected', { found }, details));
    } else if (children.bytes === undefined && !reportJunk(builder, children.junk, form)) {
      reportExpected(builder, tokenSpan(builder, of), { what: '`hex"…"`', help: form });
    }
  } else if (end === undefined) {
    if (!reportJunk(builder, children.junk, form)) {
      reportExpected(builder, tokenSpan(builder, of), { what: 'the value', help: form });
    }
  } else if (children.bytes === undefined) {
    if (!reportJunk(builder, children.junk, form)) {
      const what = equals === undefined ? '`=` and the bytes' : 'the bytes';
      const after = equals === undefined ? end : tokenSpan(builder, equals);
      reportExpected(builder, after, { what, help: form });
    }
  } else if (equals === undefined) {
    reportExpected(builder, end, { what: '`=`', insert: ' =' });
  } else {
    reportJunk(builder, children.junk, form);
  }
}

function buildBytes(
  builder: Builder,
  { children }: cst.VectorCstNode,
  kind: VectorNode['kind'],
): TextLiteral | undefined {
  const node = children.bytes?.[0];
  if (node === undefined) return undefined;
  const value = buildValue(builder, node);
  if (value?.kind === 'hex') return { text: value.text, span: value.span };
  if (value !== undefined) {
    const details = { at: value.span, help: [FORMS[kind]] };
    builder.report(diagnose('syntax/expected', { expected: '`hex"…"`' }, details));
  }
  return undefined;
}
