import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type {
  CodecNode,
  CommunityNode,
  EnumNode,
  FieldNode,
  MessageNode,
  StructNode,
  TypeNode,
} from '../ast/nodes.ts';
import type { Model, Module } from '../ir/model.ts';
import { createPacketSizes, type PacketSizes } from '../ir/packet-size.ts';
import type { LinkedSchema } from './linked.ts';
import { lower, lowerStructs } from './lower.ts';
import type { StructsByName } from './sizes.ts';
import type { Symbols } from './symbols.ts';

/** What every rule is given. */
export type CheckContext = {
  /** In the order of their paths. */
  readonly schemas: readonly LinkedSchema[];
  readonly symbols: Symbols;
  /** Structs and unions as far as their fields are known; made when first asked for. */
  readonly structs: () => StructsByName;
  /** Whatever could be resolved; made when first asked for. */
  readonly model: () => Model;
  /** Of what that model may send. */
  readonly packetSizes: () => PacketSizes;
  readonly report: (diagnostic: Diagnostic) => void;
};

/** A rule reports what it finds and changes nothing. */
export type Rule = (context: CheckContext) => void;

/** A declaration that has fields. */
export type FieldOwner = StructNode | MessageNode;

/** A context for rules. A module that is `known`, by the path of its schema, is not made again. */
export function createContext(
  schemas: readonly LinkedSchema[],
  symbols: Symbols,
  {
    report,
    known,
  }: Pick<CheckContext, 'report'> & { readonly known: (path: string) => Module | undefined },
): CheckContext {
  const structs = once(() => lowerStructs(symbols));
  return {
    schemas,
    symbols,
    structs,
    model: once(() => lower({ schemas, symbols }, known)),
    packetSizes: once(() => createPacketSizes((name) => structs().get(name))),
    report,
  };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** Remembers what was found in a list of schemas: every rule asks for the same. */
function perSchemas<T>(find: (context: CheckContext) => T): (context: CheckContext) => T {
  const found = new WeakMap<readonly LinkedSchema[], { readonly value: T }>();
  return (context) => {
    const known = found.get(context.schemas) ?? { value: find(context) };
    found.set(context.schemas, known);
    return known.value;
  };
}

const declarationsOf = perSchemas((context) =>
  context.schemas.flatMap(({ schema }) => schema.declarations),
);

/** Every community, in order. */
export const communitiesOf = perSchemas((context): readonly CommunityNode[] =>
  declarationsOf(context).filter((node) => node.kind === 'community'),
);

/** Every struct, in order. */
export function structsOf(context: CheckContext): readonly StructNode[] {
  return declarationsOf(context).filter((node) => node.kind === 'struct');
}

/** Every enum, all flags and every union, in order. */
export function enumsOf(context: CheckContext): readonly EnumNode[] {
  return declarationsOf(context).filter(
    (node): node is EnumNode =>
      node.kind === 'enum' || node.kind === 'flags' || node.kind === 'union',
  );
}

/** Every codec, in order. */
export function codecsOf(context: CheckContext): readonly CodecNode[] {
  return declarationsOf(context).filter((node) => node.kind === 'codec');
}

/** Every message of every community, in order. */
export const messagesOf = perSchemas((context): readonly MessageNode[] =>
  communitiesOf(context).flatMap(({ messages }) => messages),
);

/** Every struct and message, in order. */
export const fieldOwnersOf = perSchemas((context): readonly FieldOwner[] =>
  declarationsOf(context).flatMap((node): readonly FieldOwner[] => {
    if (node.kind === 'struct') return [node];
    return node.kind === 'community' ? node.messages : [];
  }),
);

/** A type and what it belongs to: a field, or a codec whose carrier it is. */
export type TypePlace = {
  readonly type: TypeNode;
  readonly field: FieldNode | CodecNode;
  readonly owner: FieldOwner | CodecNode;
  /** The type whose parameter it is; undefined for a field's own type. */
  readonly outer: TypeNode | undefined;
};

/** Every type of every field and codec, the inner ones behind the outer. */
export const typesOf = perSchemas((context): readonly TypePlace[] => {
  const places: TypePlace[] = [];
  for (const owner of fieldOwnersOf(context)) {
    for (const field of owner.fields) {
      if (field.type !== undefined)
        addTypes(places, { type: field.type, field, owner, outer: undefined });
    }
  }
  for (const codec of codecsOf(context)) {
    const { carrier: type } = codec;
    if (type !== undefined)
      addTypes(places, { type, field: codec, owner: codec, outer: undefined });
  }
  return places;
});

// Types are nested at most as deep as the grammar reads.
function addTypes(places: TypePlace[], place: TypePlace): void {
  places.push(place);
  for (const parameter of place.type.parameters ?? []) {
    if (parameter.kind !== 'type') continue;
    addTypes(places, { ...place, type: parameter, outer: place.type });
  }
}
