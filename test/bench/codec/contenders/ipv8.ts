/** What `ipv8c compile` makes of the schemas. */
import { FindRequest, FindResponse, StoreRequest } from '../../../../generated/dht.ts';
import { IntroductionRequest, IntroductionResponse } from '../../../../generated/introduction.ts';
import { Clock } from '../../../../generated/lamport.ts';
import { Data, PeersResponse } from '../../../../generated/tunnel.ts';
import { encodeInto } from '../../../../runtime/codec/encode.ts';
import { decode, encode, type Reader, Writer } from '../../../../runtime/codegen.ts';
import type { Contender, MessageCodec } from '../contender.ts';
import { variantsOf } from '../messages.ts';
import { fieldsOf, plainOf, type Translated } from './our-fields.ts';

type Generated<T> = {
  new (init: never): T;
  readonly messageName: keyof Translated;
  encode(message: T, out: Writer): void;
  decode(input: Reader): T;
};

function codecOf<T>(type: Generated<T>): MessageCodec {
  const name = type.messageName;
  const values = variantsOf(name).map((value) => new type(fieldsOf(name, value) as never));
  const writer = new Writer();
  return {
    encode: (at) => encode(type, values[at] as T),
    encodeInto: (at) => {
      writer.clear();
      encodeInto(type, values[at] as T, writer);
      return writer.length;
    },
    decode: (bytes) => {
      const result = decode(type, bytes);
      if (!result.ok) throw result.error;
      return result.value;
    },
    plain: (decoded) => plainOf(name, decoded),
    isAliasing: false,
  };
}

export const contender: Contender = {
  versions: {},
  codecs: {
    Clock: codecOf(Clock),
    IntroductionRequest: codecOf(IntroductionRequest),
    IntroductionResponse: codecOf(IntroductionResponse),
    FindRequest: codecOf(FindRequest),
    StoreRequest: codecOf(StoreRequest),
    FindResponse: codecOf(FindResponse),
    Data: codecOf(Data),
    PeersResponse: codecOf(PeersResponse),
  },
};
