/** The cases: every file in `cases/` exports its own as `cases`, so that nobody keeps a list of them. */
import { readdir } from 'node:fs/promises';
import type { Case } from './case.ts';

const FOLDER = new URL('cases/', import.meta.url);

/** All cases, by the names of their files. */
export async function loadCases(): Promise<readonly Case[]> {
  const files = (await readdir(FOLDER)).filter((name) => name.endsWith('.ts')).sort();
  const cases: Case[] = [];
  for (const file of files) {
    const module = (await import(new URL(file, FOLDER).href)) as { readonly cases?: unknown };
    if (!Array.isArray(module.cases)) throw new Error(`cases/${file} does not export "cases"`);
    cases.push(...(module.cases as readonly Case[]));
  }
  const names = cases.map(({ name }) => name);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) throw new Error(`two cases are called ${twice}`);
  return cases;
}
