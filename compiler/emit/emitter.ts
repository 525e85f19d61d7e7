/** Model → the texts of generated modules. */
import type { Model } from '../ir/model.ts';
import { createModelIndex } from './model-index.ts';
import { printModule, type Specifiers } from './module-text.ts';

/** A generated module and the schema it belongs to. */
export type OutputFile = { readonly schemaPath: string; readonly text: string };

/**
 * One TypeScript module per schema, in the order of the model. Pure: where the text goes is the
 * caller's matter, who
 * also says, for each schema, how its module names the others.
 */
export function emit(
  model: Model,
  specifiersOf: (schemaPath: string) => Specifiers,
): readonly OutputFile[] {
  const index = createModelIndex(model);
  return model.modules.map((module) => ({
    schemaPath: module.path,
    text: printModule(index, module, specifiersOf(module.path)),
  }));
}
