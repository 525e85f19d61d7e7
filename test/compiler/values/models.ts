/** Models that values are drawn for. */
import * as fc from 'fast-check';
import type { Model } from '../../../compiler/ir/model.ts';
import { createDeclarations, type Declarations } from '../../../compiler/wire/declarations.ts';
import { type Rooted, rootsOf } from '../../../compiler/wire/roots.ts';
import { TEST_SEED } from '../../seed.ts';
import { EVERY_TYPE } from '../emit/every-type.ts';
import { randomModel } from '../wire/random-model.ts';

const [random] = fc.sample(randomModel(24), { seed: TEST_SEED, numRuns: 1 });
if (random === undefined) throw new Error('no model');

export type Drawn = Rooted & { readonly declarations: Declarations };

function drawnOf(model: Model): readonly Drawn[] {
  const declarations = createDeclarations(model);
  return rootsOf(model).map((one) => ({ ...one, declarations }));
}

/** Everything of the model with every type, and of one made by chance. */
export const DRAWN: readonly Drawn[] = [...drawnOf(EVERY_TYPE), ...drawnOf(random)];
