import { readFileSync } from 'node:fs';
import protobuf from 'protobufjs';
import { forEachMessage, plain, versions } from './shared.js';

const text = readFileSync(new URL('../.generated/messages.proto', import.meta.url), 'utf8');
const { root } = protobuf.parse(text);

export const contender = {
  versions: versions('protobufjs'),
  codecs: forEachMessage((name, variants) => {
    const type = root.lookupType(`bench.${name}`);
    const messages = variants.map((variant) => type.fromObject(variant));
    return {
      encode: (at) => Uint8Array.prototype.slice.call(type.encode(messages[at]).finish()),
      // What it gives lies in a pool of Node's.
      encodeInto: (at) => type.encode(messages[at]).finish().length,
      decode: (bytes) => type.decode(bytes),
      plain: (message) => plain(type.toObject(message, { defaults: true })),
      isAliasing: true,
    };
  }),
};
