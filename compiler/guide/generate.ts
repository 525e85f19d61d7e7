/** Writes the pages that are made from the compiler; with `--check` says whether they are fresh. */
import { readFile, writeFile } from 'node:fs/promises';
import { languageReference } from './language-reference.ts';

const file = new URL('language.md', import.meta.url);
const text = await languageReference();
const before = await readFile(file, 'utf8').catch(() => '');
if (before === text) {
  console.log('compiler/guide/language.md is up to date');
} else if (process.argv.includes('--check')) {
  console.error('compiler/guide/language.md is out of date: run npm run generate');
  process.exitCode = 101;
} else {
  await writeFile(file, text);
  console.log('written compiler/guide/language.md');
}
