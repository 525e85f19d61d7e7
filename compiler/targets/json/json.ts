import type { Target } from '../target.ts';

/** Raised when a reader of the last version could misread the next. */
const VERSION = 1;

/**
 * The whole model as one file, `model.json`, for programs in any language. Its form is
 * `model.schema.json`: that of `ir/model.ts`, where what is undefined is left out and integers that
 * may need more than 53 bits are decimal texts.
 */
export const json: Target = ({ model, schemas }) => {
  const { modules } = model;
  const value = { version: VERSION, schemas: [...schemas].sort(), modules };
  return [{ path: 'model.json', text: `${JSON.stringify(value, plain, 2)}\n` }];
};

function plain(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}
