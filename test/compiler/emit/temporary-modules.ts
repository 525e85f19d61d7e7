/** Generated modules on disk, inside the project so that they find the runtime. */
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { emit } from '../../../compiler/emit/emitter.ts';
import type { Model } from '../../../compiler/ir/model.ts';

export const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** Emits the model into a fresh directory. */
export function emitToDirectory(model: Model): {
  readonly directory: string;
  readonly files: readonly { readonly name: string; readonly text: string }[];
  remove(): void;
} {
  mkdirSync(join(ROOT, '.cache'), { recursive: true });
  const directory = mkdtempSync(join(ROOT, '.cache', 'emit-'));
  const nameOf = (path: string): string => basename(path).replace(/\.ipv8$/, '.ts');
  const specifiers = {
    codegen: '../../runtime/codegen.ts',
    moduleOf: (path: string) => `./${nameOf(path)}`,
    authorOf: ({ file }: { readonly file: string }) => file,
  };
  const files = emit(model, () => specifiers).map(({ schemaPath, text }) => {
    return { name: nameOf(schemaPath), text };
  });
  for (const { name, text } of files) writeFileSync(join(directory, name), text);
  return { directory, files, remove: () => rmSync(directory, { recursive: true }) };
}
