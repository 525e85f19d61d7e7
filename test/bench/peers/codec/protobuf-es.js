import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { forEachMessage, plain, versions } from './shared.js';

// Every message by its name.
const generated = await import('../.generated/messages_pb.ts');

export const contender = {
  versions: versions('@bufbuild/protobuf'),
  codecs: forEachMessage((name, variants) => {
    const schema = generated[`${name}Schema`];
    const messages = variants.map((variant) => create(schema, variant));
    return {
      encode: (at) => toBinary(schema, messages[at]),
      decode: (bytes) => fromBinary(schema, bytes),
      plain,
      isAliasing: true,
    };
  }),
};
