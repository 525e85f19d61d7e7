import { expect } from 'vitest';
import { loadProgram, type Program } from '../../../compiler/program/program.ts';
import type { DiagnosticCode } from '../../../compiler/diagnostics/catalog.ts';
import type { SourceHost } from '../../../compiler/source/host.ts';

/** A host that serves schemas from memory; a specifier is the other schema's path after `./`. */
export function memoryHost(files: Readonly<Record<string, string>>): SourceHost {
  return {
    read: (path) => Promise.resolve(Object.hasOwn(files, path) ? files[path] : undefined),
    resolve: (_from, specifier) => specifier.replace(/^\.\//, ''),
  };
}

/** The program of schemas given by path. */
export function programOf(files: Readonly<Record<string, string>>): Promise<Program> {
  return loadProgram(memoryHost(files), Object.keys(files));
}

/**
 * Checks the schemas, in which `‹…›` marks where a complaint of that code must stand, and nothing
 * else may have one of it. Other codes of the groups `style` and `size`
 * are left aside; any other code fails.
 */
export async function expectProblems(
  schema: string | Readonly<Record<string, string>>,
  code?: DiagnosticCode,
): Promise<Program> {
  const marked = typeof schema === 'string' ? { 'test.ipv8': schema } : schema;
  const files: Record<string, string> = {};
  const expected: string[] = [];
  for (const [path, text] of Object.entries(marked)) {
    files[path] = text.replace(/[‹›]/g, '');
    let removed = 0;
    for (const { index, 0: mark } of text.matchAll(/‹|›/g)) {
      if (mark === '‹') expected.push(`${path}:${index - removed}`);
      removed++;
      if (mark === '›') expected[expected.length - 1] += `-${index - removed + 1}`;
    }
  }
  const program = await programOf(files);
  const found = program.diagnostics.filter(
    (diagnostic) => diagnostic.code === code || !/^(?:style|size)\//.test(diagnostic.code),
  );
  expect(found.map(({ code: other }) => other)).toEqual(expected.map(() => code));
  const places = found.map(
    ({ primary: { span } }) => `${span.source.path}:${span.start}-${span.end}`,
  );
  expect(places).toEqual(expected);
  return program;
}

/** A community around messages. */
export function community(body: string): string {
  return `community Test = sha1("test") {\n${body}\n}\n`;
}

/** A message around fields. */
export function message(fields: string): string {
  return community(`unsigned message Sample = 1 {\n${fields}\n}`);
}
