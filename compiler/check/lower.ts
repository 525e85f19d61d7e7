import type {
  CodecNode,
  CommunityNode,
  EnumNode,
  FieldNode,
  IdentityNode,
  Name,
  RequestNode,
  ReservedNode,
  StructNode,
  VectorNode,
} from '../ast/nodes.ts';
import type {
  Codec,
  Community,
  Declaration,
  Enum,
  Field,
  Flags,
  Identity,
  Message,
  Model,
  Module,
  Place,
  Request,
  Reserved,
  Struct,
  Union,
  Vector,
} from '../ir/model.ts';
import { positionAt } from '../source/position.ts';
import type { CheckContext } from './context.ts';
import { communityIdOf } from './identity.ts';
import type { LinkedSchema } from './linked.ts';
import { lowerCarrier, lowerConstant, lowerFieldType, widthOf } from './lower-type.ts';
import { messageIdOf, overriddenBy, type Placed } from './overrides.ts';
import type { StructsByName } from './sizes.ts';
import type { Symbols } from './symbols.ts';
import { usedSchemas } from './used-schemas.ts';
import { vectorBytes, vectorTarget, vectorValue } from './vectors.ts';

/** The version byte of a community that states none. */
const VERSION_DEFAULT = 2;

/** How long a request that says nothing waits for its answer. */
const REQUEST_TIMEOUT_MS = 10_000;

/**
 * Checked schemas → model. Silent and total: what could not be resolved is left out. A module that
 * is `known`, by the path of its schema, is taken as it is.
 */
export function lower(
  { schemas, symbols }: Pick<CheckContext, 'schemas' | 'symbols'>,
  known: (path: string) => Module | undefined,
): Model {
  const modules = schemas.map(
    (linked) => known(linked.schema.source.path) ?? lowerModule(symbols, linked),
  );
  return { modules };
}

function lowerModule(symbols: Symbols, { schema }: LinkedSchema): Module {
  const path = schema.source.path;
  return {
    path,
    imports: usedSchemas(symbols, schema),
    vectors: schema.vectors.flatMap((vector) => lowerVector(symbols, vector)),
    declarations: schema.declarations.flatMap((node): readonly Declaration[] => {
      // Of two declarations with one name the first counts: names are references.
      if (symbols.findAnywhere(node.name.text) !== node) return [];
      switch (node.kind) {
        case 'struct':
          return [lowerStruct(symbols, node)];
        case 'enum':
        case 'flags':
        case 'union':
          return lowerEnumeration(symbols, node);
        case 'community':
          return [lowerCommunity(symbols, node)];
        case 'codec':
          return lowerCodec(symbols, node);
        case 'const':
          return [];
      }
    }),
  };
}

/** Every struct and union by its name, as far as its fields are known: what rules about sizes ask. */
export function lowerStructs(symbols: Symbols): StructsByName {
  const structs = new Map<string, Struct | Union>();
  for (const node of symbols.all()) {
    if (node.kind === 'struct') structs.set(node.name.text, lowerStruct(symbols, node));
    if (node.kind !== 'union') continue;
    for (const one of lowerEnumeration(symbols, node)) {
      if (one.kind === 'union') structs.set(one.name, one);
    }
  }
  return structs;
}

function declared(name: Name, doc: string): { name: string; doc: string; place: Place } {
  const { source, start } = name.span;
  return {
    name: name.text,
    doc,
    place: { path: source.path, line: positionAt(source, start).line },
  };
}

function lowerStruct(symbols: Symbols, node: StructNode): Struct {
  return {
    kind: 'struct',
    ...declared(node.name, node.doc),
    fields: lowerFields(symbols, node.fields),
  };
}

function lowerEnumeration(symbols: Symbols, node: EnumNode): readonly (Enum | Flags | Union)[] {
  const bits = widthOf(node);
  const members = node.members.flatMap(({ name, doc, value }) => {
    const number = symbols.evaluateSize(value);
    return number === undefined ? [] : [{ ...declared(name, doc), value: number }];
  });
  const named = declared(node.name, node.doc);
  if (node.kind === 'enum') return [{ kind: 'enum', ...named, bits, members }];
  if (bits === undefined) return [];
  if (node.kind === 'flags') return [{ kind: 'flags', ...named, bits, members }];
  const variants = members.map(({ name, value }) => ({ tag: value, structName: name }));
  return [{ kind: 'union', ...named, bits, variants }];
}

function lowerCodec(symbols: Symbols, node: CodecNode): readonly Codec[] {
  const carrier = lowerCarrier(symbols, node);
  if (carrier === undefined) return [];
  const targets = Object.fromEntries(node.targets.map(({ at, target }) => [target.text, at.text]));
  return [{ kind: 'codec', ...declared(node.name, node.doc), carrier, targets }];
}

function lowerFields(symbols: Symbols, nodes: readonly FieldNode[]): readonly Field[] {
  return nodes.flatMap((node) => {
    const type = lowerFieldType(symbols, node);
    if (type === undefined) return [];
    const constant = node.isConstant ? lowerConstant(symbols, type, node.value) : undefined;
    if (node.isConstant && constant === undefined) return [];
    return [{ ...declared(node.name, node.doc), type, constant }];
  });
}

function lowerCommunity(symbols: Symbols, node: CommunityNode): Community {
  return {
    kind: 'community',
    ...declared(node.name, node.doc),
    identity: lowerIdentity(node, node.identity),
    version: communityVersion(symbols, node),
    parent: symbols.parentOf(node)?.name.text,
    messages: node.messages.flatMap(
      (message) => lowerMessage(symbols, { community: node, message }) ?? [],
    ),
    requests: node.requests.flatMap((request) => lowerRequest(symbols, request) ?? []),
    reserved: node.reserved.flatMap((range) => lowerReserved(symbols, range) ?? []),
  };
}

/** The version byte: stated, its parent's where it shares the identity, or 2. */
export function communityVersion(symbols: Symbols, node: CommunityNode): number {
  const stated = symbols.evaluateSize(node.version);
  if (stated !== undefined) return stated;
  const isShared = node.identity === undefined && !node.isAbstract;
  if (!isShared) return VERSION_DEFAULT;
  for (const ancestor of symbols.ancestorsOf(node)) {
    const version = symbols.evaluateSize(ancestor.version);
    if (version !== undefined) return version;
    if (ancestor.identity !== undefined) break;
  }
  return VERSION_DEFAULT;
}

function lowerIdentity(node: CommunityNode, identity: IdentityNode | undefined): Identity {
  if (node.isAbstract) return { kind: 'abstract' };
  if (identity === undefined) return { kind: 'inherited' };
  if (identity.kind === 'dynamic' || identity.kind === 'broken') return { kind: 'dynamic' };
  const communityId = communityIdOf(identity);
  return communityId === undefined ? { kind: 'dynamic' } : { kind: 'fixed', communityId };
}

function lowerReserved(symbols: Symbols, node: ReservedNode): Reserved | undefined {
  const from = symbols.evaluateSize(node.from);
  const to = symbols.evaluateSize(node.to);
  if (from === undefined || to === undefined || from > to) return undefined;
  return { from, to, owner: node.owner?.text };
}

function lowerVector(symbols: Symbols, node: VectorNode): readonly Vector[] {
  const target = vectorTarget(symbols, node.of);
  const hex = vectorBytes(node);
  const value = vectorValue(symbols, node, () => undefined);
  if (target === undefined || hex === undefined) return [];
  if (value === undefined && node.kind === 'vector') return [];
  const { name, place } = declared(node.name, '');
  const of = { name: target.name.text, path: target.span.source.path };
  return [{ name, place, of, value, hex }];
}

function lowerRequest(symbols: Symbols, node: RequestNode): Request | undefined {
  const { by, request, response, retry, timeout } = node;
  const retries = retry === undefined ? 0 : symbols.evaluateSize(retry);
  if (request === undefined || response === undefined || by === undefined) return undefined;
  if (retries === undefined) return undefined;
  return {
    ...declared(node.name, node.doc),
    request: request.text,
    response: response.text,
    by: by.text,
    timeoutMs: timeout?.milliseconds ?? REQUEST_TIMEOUT_MS,
    retries,
  };
}

function lowerMessage(symbols: Symbols, placed: Placed): Message | undefined {
  const { message: node } = placed;
  const id = messageIdOf(symbols, placed);
  const auth = node.auth[0]?.text;
  if (id === undefined || (auth !== 'signed' && auth !== 'unsigned')) return undefined;
  const via = node.via
    .map(({ text }) => text)
    .filter((text) => text === 'socket' || text === 'cell' || text === 'data');
  return {
    ...declared(node.name, node.doc),
    id,
    auth,
    isTimed: node.isTimed,
    overrides: overriddenBy(symbols, placed)?.message.name.text,
    via: via.length === 0 ? ['socket'] : via,
    fields: lowerFields(symbols, node.fields),
  };
}
