import type { FieldNode, TypeNode } from '../../ast/nodes.ts';
import { diagnose } from '../../diagnostics/diagnostic.ts';
import { fittingBounds, type Step } from '../../ir/fitting-bound.ts';
import type { Layout } from '../../ir/layout.ts';
import type { Field, Module } from '../../ir/model.ts';
import type { WireType } from '../../ir/wire-type.ts';
import type { CheckContext } from '../context.ts';
import { fieldNodeOf, type MessagePlace, messagePlacesOf, typeNodeAt } from '../message-places.ts';
import { budgetText } from '../size-text.ts';
import { shapeOf } from '../type-shape.ts';

/**
 * Whatever a message sends has a bound where its length could say more than a datagram carries.
 * Each such length is reported once, however many messages send it. `rest` needs none: it is meant
 * to take what is left.
 */
export function sizesBounded(context: CheckContext): void {
  const search: Search = {
    context,
    layout: context.packetSizes().layout('ipv6'),
    reported: new Set(),
    entered: new Set(),
  };
  const open = context.model().modules.filter((module) => !closed.has(module));
  const paths = new Set(open.map(({ path }) => path));
  const schemas = context.schemas.filter(({ schema }) => paths.has(schema.source.path));
  for (const place of messagePlacesOf({ ...context, schemas })) {
    const { message, node } = place;
    const waiting: Owner[] = [{ fields: message.fields, nodes: node.fields, message: place }];
    for (let owner = waiting.pop(); owner !== undefined; owner = waiting.pop()) {
      waiting.push(...searchFields(search, owner));
    }
  }
  for (const module of open) if (isClosed(module, search.layout)) closed.add(module);
}

/**
 * Modules in which no message has a field without an end. A module is one object for as long as
 * nothing that it depends on changes.
 */
const closed = new WeakSet<Module>();

function isClosed({ declarations }: Module, layout: Layout): boolean {
  return declarations.every((one) => {
    if (one.kind !== 'community') return true;
    return one.messages.every(({ fields }) =>
      fields.every((field) => !layout.ofField(field).isOpen),
    );
  });
}

type Search = {
  readonly context: CheckContext;
  readonly layout: Layout;
  readonly reported: Set<TypeNode>;
  /** Structs whose fields were looked at. */
  readonly entered: Set<string>;
};

/** Fields of a message, or of a struct that the message sends. */
type Owner = {
  readonly fields: readonly Field[];
  readonly nodes: readonly FieldNode[];
  readonly message: MessagePlace;
};

/** Reports what has no bound among the fields, and gives the structs that are in them. */
function searchFields(search: Search, owner: Owner): readonly Owner[] {
  const inner: Owner[] = [];
  for (const field of owner.fields) {
    if (field.constant !== undefined || !search.layout.ofField(field).isOpen) continue;
    const { missing, names } = lookInto(field.type, search.layout);
    const node = fieldNodeOf(owner.nodes, field);
    if (missing !== undefined && node?.type !== undefined) {
      report(search, { field, node, missing, owner });
    }
    for (const name of names) inner.push(...ownersOf(search, name, owner.message));
  }
  return inner;
}

/** The steps to the outermost length without a bound, and the structs and unions on the way. */
function lookInto(
  start: WireType,
  layout: Layout,
): { readonly missing: readonly Step[] | undefined; readonly names: readonly string[] } {
  const steps: Step[] = [];
  let type = start;
  for (;;) {
    switch (type.kind) {
      case 'list':
        if (type.count !== 'rest' && !type.bound.isStated && layout.ofType(type).isOpen) {
          return { missing: steps, names: [] };
        }
        steps.push({ kind: 'element' });
        type = type.element;
        break;
      case 'codec':
        steps.push({ kind: 'carrier' });
        type = type.carrier;
        break;
      case 'bytes':
      case 'string':
      case 'array':
        return { missing: layout.ofType(type).isOpen ? steps : undefined, names: [] };
      case 'struct':
        return { missing: undefined, names: [type.structName] };
      case 'union':
        return { missing: undefined, names: [type.unionName] };
      default:
        return { missing: undefined, names: [] };
    }
  }
}

function ownersOf(search: Search, name: string, message: MessagePlace): readonly Owner[] {
  if (search.entered.has(name)) return [];
  search.entered.add(name);
  const { context } = search;
  const declared = context.structs().get(name);
  if (declared?.kind === 'union') {
    return declared.variants.flatMap(({ structName }) => ownersOf(search, structName, message));
  }
  const node = context.symbols.findAnywhere(name);
  if (declared === undefined || node?.kind !== 'struct') return [];
  return [{ fields: declared.fields, nodes: node.fields, message }];
}

type Found = {
  readonly field: Field;
  readonly node: FieldNode;
  readonly missing: readonly Step[];
  readonly owner: Owner;
};

function report(search: Search, { field, node, missing, owner }: Found): void {
  const { context, reported } = search;
  const type = node.type && typeNodeAt(context, node.type, missing);
  if (type === undefined || reported.has(type)) return;
  reported.add(type);
  const { message } = owner.message;
  const codec = field.type.kind === 'codec' ? field.type.codecName : undefined;
  const isOwn = owner.nodes === owner.message.node.fields;
  const sizes = context.packetSizes();
  const fitting = isOwn
    ? fittingBounds(field, sizes.tightestOf(message), {
        layout: search.layout,
        structs: sizes.structs,
      })
    : [];
  const fits = fitting.find(({ steps }) => steps.length === missing.length);
  const shape = shapeOf(type);
  const unit = shape.kind === 'bytes' || shape.kind === 'string' ? 'bytes' : 'elements';
  const most = fits && `; at most ${fits.largest} ${unit} fit beside the other fields`;
  context.report(
    diagnose(
      'size/unbounded',
      { what: codec === undefined ? 'field' : 'codec', name: codec ?? field.name },
      {
        at: type.span,
        label: 'only the packet ends it',
        notes: [...(isOwn ? [] : [`\`${message.name}\` sends it`]), budgetText()],
        help: [`state the most that a peer may send, as in \`${exampleOf(type)}\`${most ?? ''}`],
      },
    ),
  );
}

/** The type with a bound. */
function exampleOf({ span, parameters }: TypeNode): string {
  const end = parameters?.at(-1)?.span.end ?? span.end;
  const text = span.source.text.slice(span.start, end).replaceAll(/\s+/g, ' ');
  return `${text}, ..N>`;
}
