/** How many bytes things take, for hover and hints; silent about what cannot be known yet. */
import type { Name } from '../ast/nodes.ts';
import type { Layout, Size } from '../ir/layout.ts';
import type { Field, Message, Struct, Union } from '../ir/model.ts';
import { createPacketSizes, type PacketSize } from '../ir/packet-size.ts';
import type { Program } from '../program/program.ts';
import { positionAt } from '../source/position.ts';

/** What a program's names mean in its model. */
export type Measures = {
  /** Of what may be sent. */
  readonly layout: Layout;
  /** The packet of a message on the way on which it comes nearest to what a datagram carries. */
  packet(message: Message): PacketSize;
  /** A message, by its name in its place; undefined for one that could not be resolved. */
  message(name: Name): Message | undefined;
  /** The fields of a struct or message that could be resolved, by the name of the owner. */
  fieldsOf(owner: Name): readonly Field[];
  field(owner: Name, name: Name): Field | undefined;
};

const known = new WeakMap<Program, Measures>();

/** Made once per program. */
export function measuresOf(program: Program): Measures {
  const made = known.get(program) ?? createMeasures(program);
  known.set(program, made);
  return made;
}

function createMeasures({ model }: Program): Measures {
  const declared = new Map<string, Struct | Union>();
  const messages = new Map<string, Message>();
  const fields = new Map<string, readonly Field[]>();
  for (const node of model.modules.flatMap(({ declarations }) => declarations)) {
    if (node.kind === 'struct' || node.kind === 'union') declared.set(node.name, node);
    if (node.kind === 'struct') fields.set(keyOf(node.name, node.place), node.fields);
    if (node.kind !== 'community') continue;
    for (const message of node.messages) {
      messages.set(keyOf(message.name, message.place), message);
      fields.set(keyOf(message.name, message.place), message.fields);
    }
  }
  const fieldsOf = (owner: Name): readonly Field[] => fields.get(keyOfName(owner)) ?? [];
  const packets = createPacketSizes((name) => declared.get(name));
  return {
    layout: packets.layout('ipv6'),
    packet: packets.tightestOf,
    message: (name) => messages.get(keyOfName(name)),
    fieldsOf,
    field: (owner, { text, span }) => {
      const { line } = positionAt(span.source, span.start);
      return fieldsOf(owner).find(({ name, place }) => name === text && place.line === line);
    },
  };
}

/** The model knows lines, the tree knows offsets. */
function keyOfName({ text, span }: Name): string {
  const { line } = positionAt(span.source, span.start);
  return keyOf(text, { path: span.source.path, line });
}

function keyOf(name: string, place: { readonly path: string; readonly line: number }): string {
  return `${place.path}:${place.line}:${name}`;
}

/** `4 B`, `2..172 B`, or `≥ 2 B` of what has no end. */
export function sizeText({ isOpen, max, min }: Size): string {
  if (isOpen) return `≥ ${grouped(min)} B`;
  return min === max ? `${grouped(min)} B` : `${grouped(min)}..${grouped(max)} B`;
}

/** `≤ 150 B`, or `≤ 1,584 B: 112 too many`. */
export function packetText({ budget, largest }: PacketSize): string {
  const over = largest > budget ? `: ${grouped(largest - budget)} too many` : '';
  return `≤ ${grouped(largest)} B${over}`;
}

/** `1,584`, whatever the language of the machine. */
export function grouped(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
}
