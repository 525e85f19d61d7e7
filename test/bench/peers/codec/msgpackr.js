import { Packr } from 'msgpackr';
import { forEachMessage, plain, versions } from './shared.js';

export const contender = {
  versions: versions('msgpackr'),
  codecs: forEachMessage((_name, variants) => {
    // Both sides know the fields: records without their names, its fastest form.
    const packr = new Packr({ structures: [] });
    return {
      encode: (at) => Uint8Array.prototype.slice.call(packr.pack(variants[at])),
      // What it gives lies in memory that it shares among results.
      encodeInto: (at) => packr.pack(variants[at]).length,
      decode: (bytes) => packr.unpack(bytes),
      plain,
      isAliasing: true,
    };
  }),
};
