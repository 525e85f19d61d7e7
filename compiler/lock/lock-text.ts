/**
 * The text of `ipv8.lock`: every schema in its canonical form, each behind a line that names it. So
 * the lock is read by the compiler itself, and its changes by people.
 */
import type { Model } from '../ir/model.ts';
import { schemaText } from '../ir/schema-text.ts';
import type { SourceHost } from '../source/host.ts';
import { createFingerprints } from './fingerprint.ts';

export const LOCK_FILE = 'ipv8.lock';

const HEAD = `// What is agreed on the wire. Written by \`ipv8c lock\`: commit it, and do not edit it.
// format 1
`;

const SECTION = '// schema ';

/** Moving a declaration within its schema, or changing a comment, gives the same text. */
export function lockText(model: Model): string {
  const fingerprintOf = createFingerprints(model);
  const modules = model.modules.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const sections = modules.map((module) => {
    const text = schemaText(module, {
      specifierOf: (path) => relativePath(module.path, path),
      remarkOn: fingerprintOf,
    });
    return `\n${SECTION}${module.path}\n\n${text}`;
  });
  return `${HEAD}${sections.join('')}`;
}

/** The schemas of a lock. Undefined for a text that is no lock, or one of a later format. */
export function lockHost(
  text: string,
): { readonly host: SourceHost; readonly paths: readonly string[] } | undefined {
  const lines = text.replaceAll('\r\n', '\n').split('\n');
  if (!`${lines.slice(0, 2).join('\n')}\n`.startsWith(HEAD)) return undefined;
  const starts = lines.flatMap((line, at) => (line.startsWith(SECTION) ? [at] : []));
  const texts = new Map<string, string>();
  for (const [at, start] of starts.entries()) {
    const path = lines[start]?.slice(SECTION.length) ?? '';
    // Blank lines in front keep the lock's own line numbers.
    const own = lines.slice(start + 1, starts[at + 1]).join('\n');
    texts.set(path, '\n'.repeat(start + 1) + own);
  }
  const host: SourceHost = {
    read: (path) => Promise.resolve(texts.get(path)),
    resolve: (from, specifier) => resolvePath(from, specifier),
  };
  return { host, paths: [...texts.keys()] };
}

/** The way from one schema to another, as an import says it. */
function relativePath(from: string, to: string): string {
  const [here, there] = [from.split('/').slice(0, -1), to.split('/')];
  let common = 0;
  while (common < here.length && here[common] === there[common]) common++;
  const up = '../'.repeat(here.length - common);
  return `${up === '' ? './' : up}${there.slice(common).join('/')}`;
}

function resolvePath(from: string, specifier: string): string {
  const parts = from.split('/').slice(0, -1);
  for (const part of specifier.split('/')) {
    if (part === '.' || part === '') continue;
    const isUp = part === '..' && parts.length > 0 && parts.at(-1) !== '..';
    if (isUp) parts.pop();
    else parts.push(part);
  }
  return parts.join('/');
}
