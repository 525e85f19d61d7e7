/** The messages that every codec is measured on, as plain values that each turns into its own. */

/** An address of IPv4, as a format without addresses has it. */
export type Host = {
  /** 32 bits, unsigned. */
  readonly bits: number;
  readonly port: number;
};

type Introduction = {
  readonly destination: Host;
  readonly sourceLan: Host;
  readonly sourceWan: Host;
  readonly connection: number;
  readonly identifier: number;
  readonly extra: Uint8Array;
};

/** What each message says. */
export type Messages = {
  readonly Clock: { readonly clock: number };
  readonly IntroductionRequest: Introduction & { readonly advice: boolean };
  readonly IntroductionResponse: Introduction & {
    readonly introducedLan: Host;
    readonly introducedWan: Host;
  };
  readonly FindRequest: {
    readonly identifier: number;
    readonly lan: Host;
    readonly target: Uint8Array;
    readonly offset: number;
    readonly forceNodes: boolean;
  };
  readonly StoreRequest: {
    readonly identifier: number;
    readonly token: Uint8Array;
    readonly target: Uint8Array;
    readonly values: readonly Uint8Array[];
  };
  readonly FindResponse: {
    readonly identifier: number;
    readonly token: Uint8Array;
    readonly nodes: readonly { readonly address: Host; readonly publicKey: Uint8Array }[];
  };
  readonly Data: {
    readonly circuitId: number;
    readonly destination: Host;
    readonly origin: Host;
    readonly data: Uint8Array;
  };
  readonly PeersResponse: {
    readonly circuitId: number;
    readonly identifier: number;
    readonly infoHash: Uint8Array;
    readonly peers: readonly {
      readonly address: Host;
      readonly key: Uint8Array;
      readonly seederKey: Uint8Array;
      readonly source: number;
    }[];
  };
};

export type MessageName = keyof Messages;

/** Values of each message that differ, so that none is a constant to the compiler of a codec. */
const VARIANTS = 64;

const KEY_BYTES = 74;
const HASH_BYTES = 20;

/** As a busy overlay sends them: eight nodes, three values of 150 bytes, a cell of 1,000 bytes. */
const MAKERS: { readonly [Name in MessageName]: (draw: Draw) => Messages[Name] } = {
  Clock: (draw) => ({ clock: draw.u32() }),
  IntroductionRequest: (draw) => ({ ...introduction(draw), advice: true }),
  IntroductionResponse: (draw) => ({
    ...introduction(draw),
    introducedLan: draw.host(),
    introducedWan: draw.host(),
  }),
  FindRequest: (draw) => ({
    identifier: draw.u32(),
    lan: draw.host(),
    target: draw.bytes(HASH_BYTES),
    offset: draw.u32() % 8,
    forceNodes: draw.u32() % 2 === 0,
  }),
  StoreRequest: (draw) => ({
    identifier: draw.u32(),
    token: draw.bytes(HASH_BYTES),
    target: draw.bytes(HASH_BYTES),
    values: Array.from({ length: 3 }, () => draw.bytes(150)),
  }),
  FindResponse: (draw) => ({
    identifier: draw.u32(),
    token: draw.bytes(HASH_BYTES),
    nodes: Array.from({ length: 8 }, () => ({
      address: draw.host(),
      publicKey: draw.bytes(KEY_BYTES),
    })),
  }),
  Data: (draw) => ({
    circuitId: draw.u32(),
    destination: draw.host(),
    origin: draw.host(),
    data: draw.bytes(1000),
  }),
  PeersResponse: (draw) => ({
    circuitId: draw.u32(),
    identifier: draw.u32() % 0x10000,
    infoHash: draw.bytes(HASH_BYTES),
    peers: Array.from({ length: 4 }, () => ({
      address: draw.host(),
      key: draw.bytes(KEY_BYTES),
      seederKey: draw.bytes(KEY_BYTES),
      source: draw.u32() % 2,
    })),
  }),
};

export const MESSAGE_NAMES = Object.keys(MAKERS) as readonly MessageName[];

/** The same values for everyone. */
export function variantsOf<Name extends MessageName>(name: Name): readonly Messages[Name][] {
  const draw = new Draw(MESSAGE_NAMES.indexOf(name) + 1);
  return Array.from({ length: VARIANTS }, () => MAKERS[name](draw));
}

function introduction(draw: Draw): Introduction {
  return {
    destination: draw.host(),
    sourceLan: draw.host(),
    sourceWan: draw.host(),
    connection: 2,
    identifier: draw.u32() % 0x10000,
    extra: new Uint8Array(0),
  };
}

/** Numbers that look like chance and are the same for every run (xorshift32, Marsaglia 2003). */
class Draw {
  #state: number;

  constructor(seed: number) {
    this.#state = Math.imul(seed, 0x9e3779b1) | 1;
  }

  u32(): number {
    this.#state ^= this.#state << 13;
    this.#state ^= this.#state >>> 17;
    this.#state ^= this.#state << 5;
    return this.#state >>> 0;
  }

  bytes(length: number): Uint8Array {
    return Uint8Array.from({ length }, () => this.u32() >>> 24);
  }

  host(): Host {
    return { bits: this.u32(), port: this.u32() % 0x10000 };
  }
}
