/**
 * Faults that the fuzzer has to find: each takes away one bound, one check or one cap. They are
 * planted one at a time, and only in a bundle of their own.
 */
import type { Fault } from './plant.ts';

export type KnownFault = Fault & {
  /** The targets among which it is looked for. */
  readonly target: string;
};

export const FAULTS: readonly KnownFault[] = [
  {
    name: 'the reader reads beyond its end',
    file: 'runtime/codec/reader.ts',
    from: 'if (size > this.#end - at) this.#tooShort(field, size);',
    to: '',
    target: 'decoders',
  },
  {
    name: 'the reader does not ask for the bounds of a length',
    file: 'runtime/codec/reader.ts',
    from: 'this.#bounded(length, field, min, max, 0);',
    to: '',
    target: 'decoders',
  },
  {
    name: 'compat makes as many records as were promised',
    file: 'runtime/codec/reader.ts',
    from: 'index < count && (!this.isCompat || this.more())',
    to: 'index < count',
    target: 'decoders',
  },
  {
    name: 'generated code accepts longer keys than the schema',
    file: 'generated/dht.ts',
    from: `input.bytes16('public_key', 0, 170)`,
    to: `input.bytes16('public_key', 0, 65535)`,
    target: 'decoders/dht.',
  },
  {
    name: 'a signature may overlap its key',
    file: 'runtime/packet/open.ts',
    from: 'signatureStart < keyEnd',
    to: 'false',
    target: 'packets',
  },
  {
    name: 'a packet may end in front of its global time',
    file: 'runtime/packet/open.ts',
    from: 'type.isTimed && body.length < GLOBAL_TIME_BYTES',
    to: 'false',
    target: 'packets',
  },
  {
    name: 'handlers are started without end',
    file: 'runtime/community/router.ts',
    from: '!this.#places.hasRoom(from)',
    to: 'false',
    target: 'overlay/unpaced',
  },
  {
    name: 'signatures are checked whatever that costs',
    file: 'runtime/community/router.ts',
    from: 'admit && ((key, curve)',
    to: 'undefined && ((key, curve)',
    target: 'overlay/node',
  },
  {
    name: 'an overlay takes all who come',
    file: 'runtime/community/introduction/requests.ts',
    from: 'isFull && !network.makeRoom(service)',
    to: 'false',
    target: 'overlay/unpaced',
  },
  {
    name: 'a short curve25519 key is a key',
    file: 'runtime/crypto/curve25519.ts',
    from: 'bytes.length < KEY_SIZE',
    to: 'false',
    target: 'keys',
  },
  {
    name: 'a private key may come with another public point',
    file: 'runtime/crypto/legacy-curves.ts',
    from: '!equalBytes(key.secret, der)',
    to: 'false',
    target: 'keys',
  },
  {
    name: 'a configuration may name any port',
    file: 'runtime/config/config-shape.ts',
    from: 'number({ min: 0, max: 65_535,',
    to: 'number({ min: 0,',
    target: 'config',
  },
  {
    name: 'null is an object of a configuration',
    file: 'runtime/config/shape.ts',
    from: 'value !== null && !Array.isArray(value)',
    to: '!Array.isArray(value)',
    target: 'config',
  },
  {
    name: 'a snapshot may name port 0',
    file: 'runtime/address/sendable.ts',
    from: ' || address.port === 0',
    to: '',
    target: 'snapshots',
  },
  {
    name: 'a capture may end in the header of a frame',
    file: 'compiler/capture/pcap.ts',
    from: 'left < 0',
    to: 'false',
    target: 'captures',
  },
];

/** Makes a case that never ends. */
export const HANGING: KnownFault = {
  name: 'the compiler goes round in circles of structs',
  file: 'compiler/check/rules/structs-not-recursive.ts',
  from: 'used !== undefined && inside.has(used)',
  to: 'false',
  target: 'compiler',
};
