/** What to insert into a file so that it has handlers for some messages. */
import type * as Morph from 'ts-morph';
import { handlerName } from '../emit/names.ts';
import type { Message } from '../ir/model.ts';
import { insertEntries } from './braced-list.ts';
import { type ClassBody, insertMethods } from './class-body.ts';
import { bracedList, importError } from './error-import.ts';
import type { FileStyle } from './file-style.ts';
import { type HandlerPlace, printHandler, printInlineHandler } from './handler-text.ts';
import type { Home } from './homes.ts';
import type { StubRequest } from './request.ts';
import type { Insertion } from './text.ts';
import { rangeOf, type Tree } from './tree.ts';

/** Where handlers go. */
export type Site = {
  readonly tree: Tree;
  readonly home: Home;
  readonly style: FileStyle;
  readonly request: StubRequest;
};

/** The insertions that add a stub for each of the messages; offsets are those of the tree. */
export function planHandlers(site: Site, messages: readonly Message[]): readonly Insertion[] {
  const { home, request, style, tree } = site;
  const { Node } = tree.morph;
  const { insertions, name } = importError(tree, request, style);
  const place: Omit<HandlerPlace, 'indent'> = {
    style,
    errorName: name,
    handlersType: typeForMembers(site),
  };
  const texts = {
    onLines: (indent: string) => messages.map((one) => printHandler(one, { ...place, indent })),
    inline: messages.map((one) => printInlineHandler(one, { ...place, indent: '' })),
  };
  if (Node.isObjectLiteralExpression(home.node)) {
    const list = bracedList(tree, home.node, home.node.getProperties());
    const entries = { ...texts, unfolds: true };
    return [...insertions, ...insertEntries(tree.text, list, { entries, style })];
  }
  const body = classBody(tree, home.node, request);
  return [...insertions, ...insertMethods(tree.text, body, { methods: texts, style })];
}

/** Parameters of a class's methods need their types, except in JavaScript, which has none. */
function typeForMembers({ home, request, tree }: Site): string | undefined {
  const { Node } = tree.morph;
  const isScript = /\.[cm]?jsx?$/.test(tree.file.getFilePath());
  if (Node.isObjectLiteralExpression(home.node) || isScript) return undefined;
  return home.typeText ?? request.handlersType;
}

function classBody(
  tree: Tree,
  node: Morph.ClassDeclaration | Morph.ClassExpression,
  request: StubRequest,
): ClassBody {
  const { Node, SyntaxKind } = tree.morph;
  const wanted = new Set(request.messages.map((message) => handlerName(message.name)));
  const members = node.getMembers();
  const isHandler = (member: Morph.Node): boolean =>
    (Node.hasName(member) || Node.isPropertyNamed(member)) && wanted.has(member.getName());
  const lastHandler = members.findLastIndex(isHandler);
  const after = lastHandler >= 0 ? lastHandler : members.length - 1;
  const last = members[after];
  const open = node.getFirstChildByKindOrThrow(SyntaxKind.OpenBraceToken);
  return {
    range: { start: open.getStart(), end: node.getEnd() },
    members: members.map((member) => ({
      start: rangeOf(member).start,
      end: behindSemicolon(tree, member),
    })),
    after: last === undefined ? undefined : after,
    isOpen: Node.isPropertyDeclaration(last) && !last.getText().endsWith(';'),
    lineEnd: last === undefined ? open.getEnd() : behindLine(tree, last),
  };
}

/** Behind the semicolon that may follow a method, which is no part of it. */
function behindSemicolon(tree: Tree, member: Morph.Node): number {
  const next = member.getNextSibling();
  const isSemicolon = next?.getKind() === tree.morph.SyntaxKind.SemicolonClassElement;
  return isSemicolon ? next.getEnd() : member.getEnd();
}

/** Behind the comments that follow a member in its line. */
function behindLine(tree: Tree, member: Morph.Node): number {
  const end = behindSemicolon(tree, member);
  const { ts } = tree.morph;
  return ts.getTrailingCommentRanges(tree.text, end)?.at(-1)?.end ?? end;
}
