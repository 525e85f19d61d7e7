/** The members of a home, and whether all of them can be told. */
import type * as Morph from 'ts-morph';
import { declarationsOf, type Naming } from './naming.ts';
import type { Home } from './homes.ts';
import { type Range, rangeOf, type Tree } from './tree.ts';

/** A member that has a name. */
export type Member = {
  readonly name: string;
  /** Of the name as it is written; undefined for what another object or class brings. */
  readonly nameRange: Range | undefined;
  /** Sure where the type allows handlers alone; likely for a method that looks like one. */
  readonly isHandler: 'surely' | 'likely' | 'hardly';
  /** `{ ping }`: the name is a value's name too. */
  readonly isShorthand: boolean;
};

export type Members = {
  readonly members: readonly Member[];
  /** What hides members: a spread of something from elsewhere, a name that is computed. */
  readonly unreadable: { readonly range: Range; readonly what: string } | undefined;
};

const NONE: Members = { members: [], unreadable: undefined };

/** A file as its members are read. */
type Reading = {
  readonly tree: Tree;
  readonly naming: Naming;
  /** Objects and classes that are being read: what brings itself ends there. */
  readonly seen: Set<Morph.Node>;
};

/** The members of an object or class. */
export function readMembers(tree: Tree, home: Home, naming: Naming): Members {
  const reading = { tree, naming, seen: new Set([home.node]) };
  return tree.morph.Node.isObjectLiteralExpression(home.node)
    ? objectMembers(reading, home.node, home.isExact)
    : classMembers(reading, home.node);
}

function joined(parts: readonly Members[]): Members {
  return {
    members: parts.flatMap(({ members }) => members),
    unreadable: parts.find(({ unreadable }) => unreadable !== undefined)?.unreadable,
  };
}

function objectMembers(
  reading: Reading,
  object: Morph.ObjectLiteralExpression,
  isExact: boolean,
): Members {
  const { Node } = reading.tree.morph;
  const parts = object.getProperties().map((property): Members => {
    if (Node.isSpreadAssignment(property)) return spreadMembers(reading, property);
    return namedMember(reading, property, isExact ? 'surely' : likeness(reading, property));
  });
  return joined(parts);
}

/** What an object of the file brings that is spread. */
function spreadMembers(reading: Reading, property: Morph.SpreadAssignment): Members {
  const { Node } = reading.tree.morph;
  const spread = property.getExpression();
  const [declaration] = Node.isIdentifier(spread) ? declarationsOf(spread) : [];
  const value = Node.isVariableDeclaration(declaration) ? declaration.getInitializer() : undefined;
  if (Node.isObjectLiteralExpression(value)) {
    return brought(reading, value, () => objectMembers(reading, value, false));
  }
  return { members: [], unreadable: { range: rangeOf(property), what: property.getText() } };
}

/** Members that stand elsewhere in the file: nothing is said about them. */
function brought(reading: Reading, from: Morph.Node, read: () => Members): Members {
  if (reading.seen.has(from)) return NONE;
  reading.seen.add(from);
  const { members, unreadable } = read();
  return { members: members.map((one) => ({ ...one, nameRange: undefined })), unreadable };
}

function classMembers(
  reading: Reading,
  node: Morph.ClassDeclaration | Morph.ClassExpression,
): Members {
  const { Node } = reading.tree.morph;
  const parts = node.getMembers().map((member): Members => {
    if (Node.isConstructorDeclaration(member)) {
      const properties = member.getParameters().filter((one) => one.isParameterProperty());
      return joined(properties.map((one) => namedMember(reading, one, 'hardly')));
    }
    const isOther = Node.isClassStaticBlockDeclaration(member) || member.isStatic();
    return isOther ? NONE : namedMember(reading, member, likeness(reading, member));
  });
  return joined([...parts, inherited(reading, node)]);
}

/** Members of the class that it extends, when the file holds it. A package knows no messages. */
function inherited(
  reading: Reading,
  node: Morph.ClassDeclaration | Morph.ClassExpression,
): Members {
  const { Node } = reading.tree.morph;
  const base = node.getExtends()?.getExpression();
  if (base === undefined) return NONE;
  const [declaration] = declarationsOf(base);
  if (Node.isClassDeclaration(declaration)) {
    return brought(reading, declaration, () => classMembers(reading, declaration));
  }
  const source = declaration?.getFirstAncestor(Node.isImportDeclaration);
  if (source?.getModuleSpecifierValue().startsWith('.') !== true) return NONE;
  return { members: [], unreadable: { range: rangeOf(base), what: `extends ${base.getText()}` } };
}

/** A method with a handler's parameters, or a stub that nobody has filled in, can be little else. */
function likeness(reading: Reading, member: Morph.Node): Member['isHandler'] {
  const { Node } = reading.tree.morph;
  const value = Node.isInitializerExpressionGetable(member) ? member.getInitializer() : member;
  const isFunction =
    Node.isMethodDeclaration(value) ||
    Node.isArrowFunction(value) ||
    Node.isFunctionExpression(value);
  if (!isFunction) return 'hardly';
  const isStub = /\bnew\s+[\w.]*NotImplementedError\(/.test(value.getText());
  const types = value.getParameters().map((one) => one.getTypeNode());
  const isTyped = types.some((type) => reading.naming.isOfHandler(type));
  return isStub || isTyped ? 'surely' : 'likely';
}

function namedMember(
  reading: Reading,
  member: Morph.Node,
  isHandler: Member['isHandler'],
): Members {
  const { Node } = reading.tree.morph;
  if (!Node.hasName(member) && !Node.isPropertyNamed(member)) return NONE;
  const node = member.getNameNode();
  const inner = Node.isComputedPropertyName(node) ? node.getExpression() : node;
  if (Node.isPrivateIdentifier(inner)) return NONE;
  const isText = Node.isStringLiteral(inner) || Node.isNoSubstitutionTemplateLiteral(inner);
  if (Node.isComputedPropertyName(node) && !isText) {
    // Symbols name no messages.
    if (/^Symbol\b/.test(inner.getText())) return NONE;
    return { members: [], unreadable: { range: rangeOf(node), what: node.getText() } };
  }
  const isShorthand = Node.isShorthandPropertyAssignment(member);
  const name = isText ? inner.getLiteralText() : inner.getText();
  return {
    members: [{ name, nameRange: rangeOf(node), isHandler, isShorthand }],
    unreadable: undefined,
  };
}
