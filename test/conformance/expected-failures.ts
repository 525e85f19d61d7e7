/** `expected-failures.txt`: which cases fail on purpose, and the row of the differences table that says why. */

export type ExpectedFailures = ReadonlyMap<string, string>;

/** @throws Error for a line that is none, a case or row that is not there, or a case named twice. */
export function readExpectedFailures(
  text: string,
  known: { readonly cases: readonly string[]; readonly differences: string },
): ExpectedFailures {
  const rows = rowsOf(known.differences);
  const expected = new Map<string, string>();
  for (const [index, line] of text.split('\n').entries()) {
    const trimmed = line.trim();
    if (trimmed === '' || trimmed.startsWith('#')) continue;
    const where = `expected-failures.txt:${index + 1}`;
    const [name = '', row, ...more] = trimmed.split(/\s+/);
    if (row === undefined || more.length > 0) {
      throw new Error(`${where}: write CASE ROW, as in "similarity own-key"`);
    }
    if (!known.cases.includes(name)) throw new Error(`${where}: there is no case ${name}`);
    if (!rows.has(row)) throw new Error(`${where}: runtime/differences.md has no row ${row}`);
    if (expected.has(name)) throw new Error(`${where}: ${name} is there twice`);
    expected.set(name, row);
  }
  return expected;
}

/** The names in the first column of the tables: `own-key`, D1. */
function rowsOf(differences: string): ReadonlySet<string> {
  const found = differences.matchAll(/^\| *(?:`([a-z0-9-]+)`|(D\d+)) *\|/gm);
  return new Set([...found].map(([, word, number]) => word ?? number ?? ''));
}
