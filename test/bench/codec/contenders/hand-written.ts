/** Straight-line code of the same layouts and checks: what a generator can hope for. */
import type { HandWritten } from '../../hand-written/codec.ts';
import { findRequest, findResponse, storeRequest } from '../../hand-written/dht.ts';
import { introductionRequest, introductionResponse } from '../../hand-written/introduction.ts';
import { clock } from '../../hand-written/lamport.ts';
import { data, peersResponse } from '../../hand-written/tunnel.ts';
import type { Contender, MessageCodec } from '../contender.ts';
import { type MessageName, variantsOf } from '../messages.ts';
import { fieldsOf, plainOf, type Translated } from './our-fields.ts';

/** More than any of the messages takes. */
const buffer = new Uint8Array(65_536);

function codecOf<Name extends MessageName>(
  name: Name,
  { read, write }: HandWritten<Translated[Name]>,
): MessageCodec {
  const values = variantsOf(name).map((value) => fieldsOf(name, value));
  return {
    encode: (at) => buffer.slice(0, write(values[at] as Translated[Name], buffer)),
    encodeInto: (at) => write(values[at] as Translated[Name], buffer),
    decode: read,
    plain: (decoded) => plainOf(name, decoded),
    isAliasing: false,
  };
}

export const contender: Contender = {
  versions: {},
  codecs: {
    Clock: codecOf('Clock', clock),
    IntroductionRequest: codecOf('IntroductionRequest', introductionRequest),
    IntroductionResponse: codecOf('IntroductionResponse', introductionResponse),
    FindRequest: codecOf('FindRequest', findRequest),
    StoreRequest: codecOf('StoreRequest', storeRequest),
    FindResponse: codecOf('FindResponse', findResponse),
    Data: codecOf('Data', data),
    PeersResponse: codecOf('PeersResponse', peersResponse),
  },
};
