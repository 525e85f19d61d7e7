import { createRequire } from 'node:module';
import c from 'compact-encoding';
import { forEachMessage, plain, versions } from './shared.js';

const require = createRequire(import.meta.url);
const { getEncoding } = require('../.generated/hyperschema/index.js');

export const contender = {
  versions: versions('compact-encoding', 'hyperschema'),
  codecs: forEachMessage((name, variants) => {
    const encoding = getEncoding(`@bench/${name}`);
    const state = { start: 0, end: 0, buffer: new Uint8Array(65_536) };
    return {
      encode: (at) => c.encode(encoding, variants[at]),
      encodeInto: (at) => {
        state.start = 0;
        encoding.encode(state, variants[at]);
        return state.start;
      },
      decode: (bytes) => c.decode(encoding, bytes),
      plain,
      isAliasing: true,
    };
  }),
};
