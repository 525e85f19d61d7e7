/** A packet or a bare payload, read: all that is shown of it. */
import { interpret } from '../../wire/interpret.ts';
import { readPacket, type PacketOptions } from '../../wire/packet.ts';
import type { PacketPart } from '../../wire/packet-part.ts';
import type { Declarations, Root } from '../../wire/declarations.ts';
import type { Packet } from './input.ts';

export type Decoded = {
  readonly packet: Packet;
  /** `Dht.FindRequest`; undefined for what no schema names. */
  readonly title: string | undefined;
  /** What is known beside the parts; plain data. */
  readonly facts: {
    readonly community?: string;
    readonly version?: number;
    readonly message?: string;
    readonly id?: number;
    readonly signature?: string;
    readonly mid?: string;
    readonly curve?: string;
  };
  readonly parts: readonly PacketPart[];
  readonly problem: DecodedProblem | undefined;
  /** True of a packet of nobody the schemas know: in a capture, somebody else's. */
  readonly isForeign: boolean;
};

export type DecodedProblem = {
  readonly kind: string;
  readonly path: string;
  readonly offset: number;
  readonly detail: string;
};

/** Reads a datagram. */
export function decodePacket(packet: Packet, options: PacketOptions): Decoded {
  const { declared, overlay, parts, problem, sender, signature } = readPacket(
    packet.bytes,
    options,
  );
  // The base's messages are every overlay's own.
  const isBase = declared !== undefined && declared.community.identity.kind === 'abstract';
  const community = isBase
    ? overlay?.communities[0]
    : (declared?.community ?? overlay?.communities[0]);
  const { message } = declared ?? {};
  const facts = {
    ...(community === undefined ? {} : { community: community.name }),
    ...(overlay === undefined ? {} : { version: overlay.version }),
    ...(message === undefined ? {} : { message: message.name, id: message.id }),
    ...(signature === undefined ? {} : { signature }),
    ...(sender === undefined ? {} : { mid: sender.mid, curve: sender.curve }),
  };
  const title = [community?.name, message?.name].filter((one) => one !== undefined).join('.');
  return {
    packet,
    title: title === '' ? undefined : title,
    facts,
    parts,
    problem,
    isForeign: overlay === undefined,
  };
}

/** Reads the bytes of a message, struct or union without anything around them. */
export function decodePayload(
  packet: Packet,
  root: Root,
  options: { readonly declarations: Declarations; readonly compat: boolean },
): Decoded {
  const { compat, declarations } = options;
  const tolerateTrailing = compat && 'via' in root && root.via.some((one) => one !== 'socket');
  const read = interpret(root, packet.bytes, { declarations, compat, tolerateTrailing });
  const parts = read.tree.children.map((node) => ({ node, note: undefined, declarations }));
  const problem = read.ok ? undefined : { kind: 'does-not-fit', ...read.error };
  const facts = { message: root.name };
  return { packet, title: root.name, facts, parts, problem, isForeign: false };
}
