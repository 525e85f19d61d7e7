import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type {
  CodecNode,
  CommunityNode,
  EnumNode,
  FieldNode,
  MessageNode,
  SchemaNode,
  StructNode,
  TypeNode,
} from '../ast/nodes.ts';
import type { Model, Module } from '../ir/model.ts';
import { createPacketSizes, type PacketSizes } from '../ir/packet-size.ts';
import { textOf } from '../source/span.ts';
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
  /** How many faults have been reported so far. */
  readonly faults: () => number;
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
  let faults = 0;
  return {
    schemas,
    symbols,
    structs,
    model: once(() => lower({ schemas, symbols }, known)),
    packetSizes: once(() => createPacketSizes((name) => structs().get(name))),
    report(diagnostic) {
      faults++;
      report(diagnostic);
    },
    faults: () => faults,
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
};

/** Types of one schema that are written the same, each without its inner ones. */
type Alike = [TypePlace, ...TypePlace[]];

const alikeTypesOf = perSchemas((context): readonly Alike[] => {
  const groups: Alike[] = [];
  for (const { schema } of context.schemas) {
    const known = new Map<string, Alike>();
    for (const place of fieldTypesOf(schema)) {
      const text = `${place.field.isBroken ? '!' : ''}${textOf(place.type.span)}`;
      const group = known.get(text);
      if (group !== undefined) group.push(place);
      else {
        const made: Alike = [place];
        known.set(text, made);
        groups.push(made);
      }
    }
  }
  return groups;
});

/**
 * Lets a rule look at the types of fields and codecs, the inner ones behind the outer. Two that are
 * written the same in one schema mean the same: the others are looked at only where the rule found
 * a fault in the first.
 */
export function forEachType(context: CheckContext, look: (place: TypePlace) => void): void {
  for (const [first, ...others] of alikeTypesOf(context)) {
    const faults = context.faults();
    lookInside(first, look);
    if (context.faults() === faults) continue;
    for (const other of others) lookInside(other, look);
  }
}

function fieldTypesOf({ declarations }: SchemaNode): readonly TypePlace[] {
  const places: TypePlace[] = [];
  const addFields = ({ fields }: FieldOwner): void => {
    for (const field of fields) {
      if (field.type !== undefined) places.push({ type: field.type, field });
    }
  };
  for (const node of declarations) {
    if (node.kind === 'struct') addFields(node);
    else if (node.kind === 'community') node.messages.forEach(addFields);
    else if (node.kind === 'codec' && node.carrier !== undefined) {
      places.push({ type: node.carrier, field: node });
    }
  }
  return places;
}

// Types are nested at most as deep as the grammar reads.
function lookInside(place: TypePlace, look: (place: TypePlace) => void): void {
  look(place);
  for (const parameter of place.type.parameters ?? []) {
    if (parameter.kind === 'type') lookInside({ ...place, type: parameter }, look);
  }
}
