/** Python → schema, for tests. */
import { importPython, type Imported } from '../../../compiler/import/import-python.ts';

/** What became of one file, or of several by their paths. */
export async function imported(
  files: string | Readonly<Record<string, string>>,
): Promise<Imported & { readonly codes: readonly string[] }> {
  const named = typeof files === 'string' ? { 'app.py': files } : files;
  const result = await importPython(Object.entries(named).map(([path, text]) => ({ path, text })));
  return { ...result, codes: result.diagnostics.map(({ code }) => code) };
}

/** The schema of a file about which nothing is to be said, its documentation left out. */
export async function schemaOf(files: string | Readonly<Record<string, string>>): Promise<string> {
  const { diagnostics, text } = await imported(files);
  if (diagnostics.length > 0) throw new Error(diagnostics.map(({ title }) => title).join('\n'));
  return text.replace(/^ *\/\/\/.*\n/gm, '');
}
