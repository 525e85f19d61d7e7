/** Model → the texts of generated modules. */
import type { Model, Module } from '../ir/model.ts';
import { createModelIndex, type ModelIndex } from './model-index.ts';
import { printModule, type Specifiers } from './module-text.ts';

/** A generated module and the schema it belongs to. */
export type OutputFile = { readonly schemaPath: string; readonly text: string };

/**
 * One TypeScript module per schema, in the order of the model. Where the text goes is the caller's
 * matter, who also says, for each schema, how its module names the others.
 */
export type Emit = (
  model: Model,
  specifiersOf: (schemaPath: string) => Specifiers,
) => readonly OutputFile[];

/** What a text asked about other files, and what it was told. */
type Told = { readonly ask: (specifiers: Specifiers) => string; readonly answer: string };

type Printed = { readonly text: string; readonly codegen: string; readonly told: readonly Told[] };

/** Prints one text for a module: its code, or the tests that its vectors make. */
export type Print = (index: ModelIndex, module: Module, specifiers: Specifiers) => string;

/**
 * An emitter that prints a module only once: models of one program cache share the modules that no
 * change has touched, and an untouched module's text is what it was.
 */
export function createEmit(print: Print = printModule): Emit {
  const texts = new WeakMap<Module, Printed>();
  return (model, specifiersOf) => {
    const index = createModelIndex(model);
    return model.modules.map((module) => {
      const specifiers = specifiersOf(module.path);
      const known = texts.get(module);
      if (known !== undefined && isStill(known, specifiers)) {
        return { schemaPath: module.path, text: known.text };
      }
      const told: Told[] = [];
      const tell = (ask: Told['ask']): string => {
        const answer = ask(specifiers);
        told.push({ ask, answer });
        return answer;
      };
      const text = print(index, module, {
        codegen: specifiers.codegen,
        moduleOf: (path) => tell((one) => one.moduleOf(path)),
        authorOf: (author) => tell((one) => one.authorOf(author)),
      });
      texts.set(module, { text, codegen: specifiers.codegen, told });
      return { schemaPath: module.path, text };
    });
  };
}

function isStill({ codegen, told }: Printed, specifiers: Specifiers): boolean {
  if (codegen !== specifiers.codegen) return false;
  return told.every(({ ask, answer }) => ask(specifiers) === answer);
}

/** All modules of a model that is printed once. */
export const emit: Emit = (model, specifiersOf) => createEmit()(model, specifiersOf);
