import type { IToken } from '../syntax/tree.ts';
import { diagnose, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { textOf, type Span } from '../source/span.ts';
import type * as cst from '../syntax/cst.gen.ts';
import type { Parsed } from '../syntax/parse.ts';
import { isMisspelt } from '../syntax/words.ts';
import {
  docOf,
  nameOf,
  nodeSpan,
  reportExpected,
  reportJunk,
  reportUnexpected,
  textLiteral,
  tokenSpan,
  type Builder,
} from './builder.ts';
import { buildAllows } from './build-allow.ts';
import { buildCodec } from './build-codec.ts';
import { buildCommunity } from './build-community.ts';
import { buildEnum, buildStruct } from './build-data.ts';
import { buildVector } from './build-vector.ts';
import { buildValue } from './build-fields.ts';
import { docComments } from './doc-comments.ts';
import type { ConstNode, DeclarationNode, ImportNode, SchemaNode, VectorNode } from './nodes.ts';

/** The tree of one source, and what was wrong with its form. */
export type Built = { readonly schema: SchemaNode; readonly diagnostics: readonly Diagnostic[] };

/** Concrete tree → tree. Never fails: what cannot be read is reported and left out. */
export function build(parsed: Parsed): Built {
  const diagnostics: Diagnostic[] = [...parsed.diagnostics];
  const builder: Builder = {
    source: parsed.source,
    docs: docComments(parsed.tokens, parsed.docs),
    report: (diagnostic) => diagnostics.push(diagnostic),
    faults: () => diagnostics.length,
  };
  const imports: ImportNode[] = [];
  const declarations: DeclarationNode[] = [];
  const vectors: VectorNode[] = [];
  if (parsed.tree !== undefined) {
    buildFile(builder, parsed.tree, { imports, declarations, vectors });
  }
  const allows = parsed.tree === undefined ? [] : buildAllows(builder, parsed.tree, parsed.tokens);
  declarations.sort((a, b) => a.span.start - b.span.start);
  vectors.sort((a, b) => a.span.start - b.span.start);
  return {
    schema: { source: parsed.source, imports, declarations, vectors, allows },
    diagnostics,
  };
}

type Found = {
  readonly imports: ImportNode[];
  readonly declarations: DeclarationNode[];
  readonly vectors: VectorNode[];
};

function buildFile(builder: Builder, tree: cst.FileCstNode, found: Found): void {
  const { children } = tree;
  for (const node of children.importDeclaration ?? []) buildImport(builder, node, found);
  buildNested(builder, children, found);
  for (const node of children.community ?? []) {
    addCommunity(builder, node, found);
  }
  for (const node of children.message ?? []) {
    reportMisplaced(builder, nodeSpan(builder, node), {
      what: 'a message',
      help: 'messages belong into the body of a `community`',
    });
  }
  for (const node of children.request ?? []) {
    reportMisplaced(builder, nodeSpan(builder, node), {
      what: 'a request',
      help: 'requests belong into the body of a `community`',
    });
  }
  for (const brace of children.RBrace ?? []) {
    reportUnexpected(builder, tokenSpan(builder, brace), 'it closes nothing');
  }
  for (const node of children.unknown ?? []) buildUnknown(builder, node);
}

function addCommunity(builder: Builder, node: cst.CommunityCstNode, found: Found): void {
  const { community, misplaced } = buildCommunity(builder, node);
  if (community !== undefined) found.declarations.push(community);
  for (const member of misplaced) buildMisplaced(builder, member, found);
}

type Nested = Pick<
  cst.FileCstChildren,
  'struct' | 'enumeration' | 'constDeclaration' | 'codec' | 'vector'
>;

function buildNested(builder: Builder, children: Nested, found: Found): void {
  for (const node of children.constDeclaration ?? []) {
    found.declarations.push(buildConst(builder, node));
  }
  for (const node of children.struct ?? []) {
    const struct = buildStruct(builder, node);
    if (struct !== undefined) found.declarations.push(struct);
  }
  for (const node of children.vector ?? []) {
    const vector = buildVector(builder, node);
    if (vector !== undefined) found.vectors.push(vector);
  }
  for (const node of children.codec ?? []) {
    const codec = buildCodec(builder, node);
    if (codec !== undefined) found.declarations.push(codec);
  }
  for (const node of children.enumeration ?? []) {
    const enumeration = buildEnum(builder, node);
    if (enumeration !== undefined) found.declarations.push(enumeration);
  }
}

/**
 * A declaration inside a community: reported, and declared all the same so that its name is known.
 */
function buildMisplaced(builder: Builder, member: cst.MemberCstNode, found: Found): void {
  const { children } = member;
  if (children.unknown !== undefined) {
    for (const node of children.unknown) buildUnknown(builder, node);
    return;
  }
  reportMisplaced(builder, nodeSpan(builder, member), {
    what: 'this declaration',
    help: 'a community holds messages, requests and `reserved`; declare the rest beside it',
  });
  buildNested(builder, children, found);
  for (const node of children.community ?? []) addCommunity(builder, node, found);
}

function reportMisplaced(
  builder: Builder,
  span: Span,
  fault: { readonly what: string; readonly help: string },
): void {
  const line = /^[^\r\n{]*/.exec(textOf(span))?.[0].trimEnd().length ?? 0;
  const at = { source: span.source, start: span.start, end: span.start + line };
  builder.report(diagnose('syntax/misplaced', { what: fault.what }, { at, help: [fault.help] }));
}

function buildImport(builder: Builder, node: cst.ImportDeclarationCstNode, found: Found): void {
  const span = nodeSpan(builder, node);
  const text = node.children.Text?.[0];
  if (text === undefined) {
    const help = 'an import names a whole schema: `import "./other.ipv8"`';
    if (!reportJunk(builder, node.children.junk, help)) {
      reportExpected(builder, span, { what: 'the path of a schema', help });
    }
    return;
  }
  reportJunk(builder, node.children.junk);
  found.imports.push({ specifier: textLiteral(builder, text), span });
}

function buildConst(builder: Builder, node: cst.ConstDeclarationCstNode): ConstNode {
  const { children } = node;
  const span = nodeSpan(builder, node);
  const name = nameOf(builder, children.name[0] as IToken);
  const value = children.value?.[0];
  if (value === undefined) {
    if (!reportJunk(builder, children.junk)) {
      reportExpected(builder, span, { what: 'a number', help: 'for example `= 8` or `= 0xff`' });
    }
  } else if (children.Equals === undefined) {
    reportExpected(builder, name.span, { what: '`=`', insert: ' =' });
  } else {
    reportJunk(builder, children.junk);
  }
  return {
    kind: 'const',
    name,
    doc: docOf(builder, span),
    value: value === undefined ? undefined : buildValue(builder, value),
    span,
  };
}

const KINDS = [
  'community',
  'struct',
  'enum',
  'flags',
  'union',
  'codec',
  'vector',
  'malformed',
  'const',
  'import',
].map((word) => `\`${word}\``);

const DECLARATIONS = [
  'import',
  'const',
  'struct',
  'enum',
  'flags',
  'union',
  'community',
  'abstract',
  'reserved',
  'codec',
  'request',
];

const NAME = 'a name of letters (A to Z), digits and `_`';

/** What stands behind a declaration's first word. */
const BEHIND: ReadonlyMap<string, string> = new Map([
  ['import', 'a path in quotes'],
  ['abstract', '`community`'],
  ['signed', `\`message\` and ${NAME}`],
  ['unsigned', `\`message\` and ${NAME}`],
  ['vector', 'a name in quotes'],
  ['malformed', 'a name in quotes'],
  ...['community', 'struct', 'enum', 'flags', 'union', 'codec', 'const'].map(
    (word) => [word, NAME] as const,
  ),
]);

function buildUnknown(builder: Builder, node: cst.UnknownCstNode): void {
  const first = node.children.Anything[0];
  if (first === undefined) return;
  const at = tokenSpan(builder, first);
  if (first.tokenType.name === 'Directive') {
    const notes = ['the only word that begins with `#` is `#allow`'];
    const parameters = { word: first.image };
    builder.report(diagnose('syntax/unknown-declaration', parameters, { at, notes }));
    return;
  }
  if (first.tokenType.name !== 'Word') {
    reportUnexpected(builder, at);
    return;
  }
  const behind = BEHIND.get(first.image);
  if (behind !== undefined) {
    // The word is right and the head was not recognised: what follows is wrong.
    reportExpected(builder, at, { what: behind });
    return;
  }
  const near = DECLARATIONS.find((word) => word !== first.image && isMisspelt(first.image, word));
  builder.report(
    diagnose(
      'syntax/unknown-declaration',
      { word: first.image },
      {
        at,
        notes:
          near === undefined
            ? [`declarations are ${KINDS.slice(0, -1).join(', ')} and ${KINDS.at(-1)}`]
            : [],
        suggestions:
          near === undefined
            ? []
            : [
                {
                  text: `a declaration begins with \`${near}\``,
                  edits: [{ span: at, replacement: near }],
                  applicability: 'maybe-incorrect',
                },
              ],
      },
    ),
  );
}
