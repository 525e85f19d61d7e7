/** Packets made of values: with a key of nobody's and a signature of zeros, at which no dissector looks. */
import { createDeclarations, type Declarations } from '../../../../compiler/wire/declarations.ts';
import { encodeValue } from '../../../../compiler/wire/encode-value.ts';
import { communitiesOf, createProtocols } from '../../../../compiler/wire/protocols.ts';
import type { Message, Model, VectorValue } from '../../../../compiler/ir/model.ts';
import { concatBytes, fromHex } from '../../../../runtime/base/bytes.ts';

const KEY = concatBytes(new TextEncoder().encode('LibNaCLPK:'), new Uint8Array(64).fill(7));
const SIGNATURE_BYTES = 64;

/** The datagram of a message with these fields' bytes. */
export function sealed(
  { auth, id, isTimed }: Pick<Message, 'auth' | 'id' | 'isTimed'>,
  { communityId, version }: { readonly communityId: string; readonly version: number },
  fields: Uint8Array,
): Uint8Array {
  const isSigned = auth === 'signed';
  return concatBytes(
    Uint8Array.of(0, version),
    fromHex(communityId),
    Uint8Array.of(id),
    isSigned ? concatBytes(Uint8Array.of(0, KEY.length), KEY) : new Uint8Array(),
    new Uint8Array(isTimed ? 8 : 0).fill(1),
    fields,
    new Uint8Array(isSigned ? SIGNATURE_BYTES : 0),
  );
}

/** The bytes of a value's fields. */
export function fieldBytes(
  message: Message,
  value: VectorValue,
  declarations: Declarations,
): Uint8Array {
  const encoded = encodeValue(message, value, declarations);
  if (!encoded.ok) throw new Error(`${message.name}: ${encoded.path} ${encoded.detail}`);
  return encoded.bytes;
}

/** Makes packets of a model's messages, `Dht.PingRequest`, of the values of their fields. */
export function packetMaker(model: Model) {
  const declarations = createDeclarations(model);
  const { overlays } = createProtocols(model, { base: undefined, unnamed: undefined });
  return (name: string, entries: Readonly<Record<string, VectorValue>>): Uint8Array => {
    const [owner = '', called = ''] = name.split('.');
    const community = communitiesOf(model).find((one) => one.name === owner);
    const message = community?.messages.find((one) => one.name === called);
    const overlay = overlays.find(({ communities }) =>
      communities.some((one) => one.name === owner),
    );
    if (message === undefined || overlay === undefined) throw new Error(`no ${name}`);
    const value = { kind: 'object', variant: undefined, entries } as const;
    return sealed(message, overlay, fieldBytes(message, value, declarations));
  };
}
