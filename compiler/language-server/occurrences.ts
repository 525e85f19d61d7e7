/** Every name of a schema in its place: what definition, references, rename and colours go by. */
import type {
  CommunityNode,
  DeclarationNode,
  EnumNode,
  Expression,
  FieldNode,
  MessageNode,
  Name,
  RequestNode,
  SchemaNode,
  TypeNode,
} from '../ast/nodes.ts';
import type { Symbols } from '../check/symbols.ts';
import { BUILT_IN_TYPES } from '../check/type-shape.ts';
import {
  type Entity,
  type FieldOwner,
  findField,
  findMessage,
  isSame,
  type Occurrence,
} from './entities.ts';
import { addVector } from './literal-occurrences.ts';
import type { Analysis, View } from './view.ts';

type Walk = { readonly symbols: Symbols; readonly found: Occurrence[] };

/** In the order of the text. */
export function occurrencesOf(
  { symbols }: Pick<Analysis, 'symbols'>,
  schema: SchemaNode,
): readonly Occurrence[] {
  const walk: Walk = { symbols, found: [] };
  for (const node of schema.declarations) addDeclaration(walk, node);
  const add = (name: Name, entity: Entity | undefined): void => addReference(walk, name, [entity]);
  for (const { code } of schema.allows) addWord(walk, code);
  for (const vector of schema.vectors) addVector({ symbols, add }, vector);
  return walk.found.sort((a, b) => a.name.span.start - b.name.span.start);
}

/** The name at an offset, or right in front of it. */
export function occurrenceAt(view: View, offset: number): Occurrence | undefined {
  return occurrencesOf(view, view.schema)
    .filter(({ name }) => name.span.start <= offset && offset <= name.span.end)
    .at(-1);
}

/** Every place in the program that names one of the entities, schema by schema. */
export function placesOf(analysis: Analysis, entities: readonly Entity[]): readonly Occurrence[] {
  return analysis.program.schemas
    .flatMap(({ schema }) => occurrencesOf(analysis, schema))
    .filter((occurrence) =>
      occurrence.entities.some((one) => entities.some((entity) => isSame(one, entity))),
    );
}

function addDeclaration(walk: Walk, node: DeclarationNode): void {
  define(walk, { kind: 'declaration', node });
  if (node.kind === 'struct') addFields(walk, node);
  else if (node.kind === 'community') addCommunity(walk, node);
  else if (node.kind === 'const') addExpressions(walk, reference(node.value));
  else if (node.kind === 'codec') {
    if (node.carrier !== undefined) addType(walk, node.carrier);
  } else addEnum(walk, node);
}

function addEnum(walk: Walk, node: EnumNode): void {
  if (node.width !== undefined) addWord(walk, node.width);
  for (const member of node.members) {
    // A union's members are the names of structs.
    if (node.kind === 'union') refer(walk, member.name);
    else define(walk, { kind: 'member', node: member, owner: node });
    addExpressions(walk, member.value);
  }
}

function addCommunity(walk: Walk, node: CommunityNode): void {
  if (node.parent !== undefined) refer(walk, node.parent);
  addExpressions(walk, node.version);
  for (const { from, to, owner } of node.reserved) {
    addExpressions(walk, from, to === from ? undefined : to);
    // Whom ids are kept for need not be imported.
    if (owner !== undefined) referTo(walk, owner, walk.symbols.findAnywhere(owner.text));
  }
  const family = [node, ...walk.symbols.ancestorsOf(node)];
  for (const message of node.messages) addMessage(walk, message, family);
  for (const request of node.requests) addRequest(walk, request, family);
}

function addMessage(walk: Walk, node: MessageNode, family: readonly CommunityNode[]): void {
  const owner = family[0];
  if (owner === undefined) return;
  define(walk, { kind: 'message', node, owner });
  addExpressions(walk, node.id);
  if (node.overrides !== undefined) {
    addReference(walk, node.overrides, [findMessage(family.slice(1), node.overrides.text)]);
  }
  for (const carrier of node.via) addWord(walk, carrier);
  addFields(walk, node);
}

function addRequest(walk: Walk, node: RequestNode, family: readonly CommunityNode[]): void {
  const owner = family[0];
  if (owner === undefined) return;
  define(walk, { kind: 'request', node, owner });
  const messages = [node.request, node.response].map((name) => {
    const message = name && findMessage(family, name.text);
    if (name !== undefined) addReference(walk, name, [message]);
    return message;
  });
  const { by } = node;
  if (by !== undefined) {
    const fields = messages.map((message) =>
      message?.kind === 'message' ? findField(message.node, by.text) : undefined,
    );
    addReference(walk, by, fields);
  }
  addExpressions(walk, node.retry);
}

function addFields(walk: Walk, owner: FieldOwner): void {
  for (const node of owner.fields) addField(walk, node, owner);
}

function addField(walk: Walk, node: FieldNode, owner: FieldOwner): void {
  define(walk, { kind: 'field', node, owner });
  const { type, range, value } = node;
  if (type !== undefined) addType(walk, type);
  for (const member of type?.members ?? []) {
    // `_` names nothing.
    if (member.name.text !== '_') define(walk, { kind: 'bit', node: member, owner: node });
  }
  addExpressions(walk, range?.min, range?.max, range?.sendMax, reference(value));
}

function addType(walk: Walk, type: TypeNode): void {
  if (BUILT_IN_TYPES.includes(type.name.text)) addWord(walk, type.name);
  else refer(walk, type.name);
  addExpressions(walk, type.size);
  for (const { enumName, size } of type.members ?? []) {
    if (enumName !== undefined) refer(walk, enumName);
    addExpressions(walk, size);
  }
  for (const parameter of type.parameters ?? []) {
    if (parameter.kind === 'type') addType(walk, parameter);
    else addExpressions(walk, parameter.min, parameter.max, parameter.sendMax);
  }
}

function reference(value: FieldNode['value']): Expression | undefined {
  if (value?.kind !== 'reference' || value.text === 'true' || value.text === 'false') {
    return undefined;
  }
  return value;
}

function addExpressions(walk: Walk, ...expressions: readonly (Expression | undefined)[]): void {
  for (const expression of expressions) {
    if (expression?.kind === 'reference') refer(walk, expression);
  }
}

function define(walk: Walk, entity: Entity): void {
  walk.found.push({ name: entity.node.name, kind: 'definition', entities: [entity] });
}

function refer(walk: Walk, name: Name): void {
  referTo(walk, name, walk.symbols.find(name));
}

function referTo(walk: Walk, name: Name, node: DeclarationNode | undefined): void {
  addReference(walk, name, [node && { kind: 'declaration', node }]);
}

function addReference(
  walk: Walk,
  { text, span }: Name,
  entities: readonly (Entity | undefined)[],
): void {
  const known = entities.filter((entity) => entity !== undefined);
  walk.found.push({ name: { text, span }, kind: 'reference', entities: known });
}

function addWord(walk: Walk, name: Name): void {
  walk.found.push({ name, kind: 'word', entities: [] });
}
