/**
 * How many bytes the datagram of a message has: what stands around its fields, and the fields.
 *
 * Sources: py-ipv8 3.2 ipv8/lazy_community.py:131 (envelope), ipv8/messaging/anonymization/
 * payload.py:398 (cell), crypto.py:400 (a cell's layer), ipv8/keyvault (keys and signatures).
 */
import {
  createLayout,
  type IpFamily,
  type Layout,
  type Size,
  type StructLookup,
} from './layout.ts';
import type { Field, Message } from './model.ts';

/** Bytes of a public key on the wire and of a signature by it. */
export type KeySize = { readonly publicKey: number; readonly signature: number };

/** Levels of keys. The legacy ones are curves of SEC 2, their keys in DER. */
export type KeyType = 'curve25519' | 'very-low' | 'low' | 'medium' | 'high';

/** A test compares them with the keys that the runtime makes. */
export const KEY_SIZES: Readonly<Record<KeyType, KeySize>> = {
  /** `LibNaCLPK:` and two keys of 32 bytes. */
  curve25519: { publicKey: 74, signature: 64 },
  /** sect163k1. */
  'very-low': { publicKey: 66, signature: 42 },
  /** sect233k1. */
  low: { publicKey: 84, signature: 60 },
  /** sect409k1. */
  medium: { publicKey: 128, signature: 104 },
  /** sect571r1 and sect571k1. */
  high: { publicKey: 170, signature: 144 },
};

export const KEY_TYPES = Object.keys(KEY_SIZES) as readonly KeyType[];

/**
 * What one datagram carries over Ethernet without being cut in pieces: 1,500 bytes less the headers
 * of IP (20 or 40) and UDP (8).
 */
export const DATAGRAM_BUDGET: Readonly<Record<IpFamily, number>> = { ipv4: 1_472, ipv6: 1_452 };

/** 00, version, community id. */
const PREFIX_SIZE = 22;

/** A message id, in front of the fields or in a cell. */
const ID_SIZE = 1;

/** The length in front of the public key. */
const KEY_LENGTH_SIZE = 2;

const GLOBAL_TIME_SIZE = 8;

/** Prefix, 00, circuit id, and a byte each for `plaintext` and `relay_early`. */
const CELL_HEADER_SIZE = 29;

/** Inside a cell the header carries the first field of the message, `circuit_id: u32`. */
const CIRCUIT_ID_SIZE = 4;

/** What each hop's encryption adds to a cell: a counter of 8 bytes and a tag of 16. */
const CELL_HOP_SIZE = 24;

/** The longest circuit of py-ipv8's tunnels. */
const CELL_HOPS_MAX = 3;

/** The way a packet takes. `key` is undefined for what is not signed. */
export type Route =
  | { readonly via: 'socket'; readonly key: KeyType | undefined; readonly family: IpFamily }
  | { readonly via: 'cell'; readonly hops: number; readonly family: IpFamily }
  /** A whole packet inside the `data` of a cell's `Data`, which two addresses stand in front of. */
  | {
      readonly via: 'data';
      readonly hops: number;
      readonly key: KeyType | undefined;
      readonly family: IpFamily;
    };

/** What of a message decides how large it gets. */
export type SizedMessage = Pick<Message, 'auth' | 'isTimed' | 'via' | 'fields'>;

/** A message's packet on one way. */
export type PacketSize = {
  readonly route: Route;
  /** What the datagram may have without being cut. */
  readonly budget: number;
  /** All that is not fields: prefix, id, key, time, signature, the cell around them. */
  readonly around: Size;
  /** The fields, `circuit_id` included. Parts without an end count with their smallest size. */
  readonly payload: Size;
  readonly smallest: number;
  /** With parts that have no end: the budget, or more where the others alone exceed it. */
  readonly largest: number;
};

/** The packets of the messages of one model. */
export type PacketSizes = {
  readonly structs: StructLookup;
  /** What may be sent in a network of that family. */
  readonly layout: (family: IpFamily) => Layout;
  /** Smallest and largest bytes of a field that may be sent, whatever the network. */
  readonly ofField: (field: Pick<Field, 'type' | 'constant'>) => Size;
  readonly ofMessage: (message: SizedMessage, route: Route) => PacketSize;
  /** On every way it can take: every kind of key, both families, up to three hops. */
  readonly allOf: (message: SizedMessage) => readonly PacketSize[];
  /**
   * Of the ways that are judged, the one on which the message comes nearest to the budget or
   * exceeds it most. Judged is curve25519, the kind of key that is made unless another is asked for.
   */
  readonly tightestOf: (message: SizedMessage) => PacketSize;
};

/** Each struct is measured once per family. */
export function createPacketSizes(structs: StructLookup): PacketSizes {
  const layouts: Readonly<Record<IpFamily, Layout>> = {
    ipv4: createLayout(structs, { kind: 'sent', family: 'ipv4' }),
    ipv6: createLayout(structs, { kind: 'sent', family: 'ipv6' }),
  };

  function ofMessage(message: SizedMessage, route: Route): PacketSize {
    const budget = DATAGRAM_BUDGET[route.family];
    const around = sizeAround(message, route);
    const payload = layouts[route.family].ofFields(message.fields);
    const largest = around.max + payload.max;
    return {
      route,
      budget,
      around,
      payload,
      smallest: around.min + payload.min,
      largest: payload.isOpen ? Math.max(largest, budget) : largest,
    };
  }

  const judged = new Map<string, readonly Route[]>();

  /** Messages of one kind share their ways. */
  function judgedRoutes(message: SizedMessage): readonly Route[] {
    const kind = `${message.auth} ${message.via.join(' ')}`;
    const known = judged.get(kind);
    if (known !== undefined) return known;
    const routes = routesOf(message, ['curve25519']);
    judged.set(kind, routes);
    return routes;
  }

  return {
    structs,
    layout: (family) => layouts[family],
    ofField: (field) => layouts.ipv6.ofField(field),
    ofMessage,
    allOf: (message) => routesOf(message, KEY_TYPES).map((route) => ofMessage(message, route)),
    tightestOf(message) {
      const packets = judgedRoutes(message).map((route) => ofMessage(message, route));
      return packets.reduce((tightest, one) => (roomOf(one) < roomOf(tightest) ? one : tightest));
    },
  };
}

/** Bytes that are left of the budget when all that has an end is at its largest; or negative. */
export function roomOf({ budget, around, payload }: PacketSize): number {
  return budget - around.max - payload.max;
}

/** Every way that a message can take with keys of these kinds. */
export function routesOf(message: SizedMessage, keys: readonly KeyType[]): readonly Route[] {
  const families: readonly IpFamily[] = ['ipv4', 'ipv6'];
  const used = message.auth === 'signed' ? keys : [undefined];
  const hops = Array.from({ length: CELL_HOPS_MAX + 1 }, (_, count) => count);
  return families.flatMap((family) =>
    message.via.flatMap((via): readonly Route[] => {
      if (via === 'socket') return used.map((key) => ({ via, key, family }));
      if (via === 'cell') return hops.map((count) => ({ via, hops: count, family }));
      return used.flatMap((key) => hops.map((count) => ({ via, hops: count, key, family })));
    }),
  );
}

function sizeAround(message: SizedMessage, route: Route): Size {
  if (route.via === 'socket') return exactly(envelopeSize(message, route.key));
  const cell = CELL_HEADER_SIZE + CELL_HOP_SIZE * route.hops + ID_SIZE;
  if (route.via === 'cell') {
    const time = message.isTimed ? GLOBAL_TIME_SIZE : 0;
    return exactly(cell + time - CIRCUIT_ID_SIZE);
  }
  // Where to, and where from: tag, address and port each.
  const inside = cell + envelopeSize(message, route.key);
  const [min, max] = [14, route.family === 'ipv4' ? 14 : 38];
  return { min: inside + min, max: inside + max, isOpen: false };
}

function envelopeSize({ isTimed }: SizedMessage, key: KeyType | undefined): number {
  const time = isTimed ? GLOBAL_TIME_SIZE : 0;
  const head = PREFIX_SIZE + ID_SIZE + time;
  if (key === undefined) return head;
  const { publicKey, signature } = KEY_SIZES[key];
  return head + KEY_LENGTH_SIZE + publicKey + signature;
}

function exactly(size: number): Size {
  return { min: size, max: size, isOpen: false };
}
