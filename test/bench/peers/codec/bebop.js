import { forEachMessage, plain, versions } from './shared.js';

// Every message by its name.
const generated = await import('../.generated/bebop.ts');

export const contender = {
  versions: versions('bebop', 'bebop-tools'),
  codecs: forEachMessage((name, variants) => {
    const type = generated[`${name}Struct`];
    return {
      encode: (at) => type.encode(variants[at]).slice(),
      // What it gives is a view of memory that the next one writes over.
      encodeInto: (at) => type.encode(variants[at]).length,
      decode: (bytes) => type.decode(bytes),
      plain,
      isAliasing: true,
    };
  }),
};
