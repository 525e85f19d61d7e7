/** What a module imports, in the order of isort. */
import { statement } from './text.ts';

/** The imports of one module, gathered while it is printed. */
export type Imports = {
  /** A name that is needed when the module runs; gives it back. */
  readonly use: (from: string, name: string) => string;
  /** A name that stands in annotations only; gives it back. */
  readonly annotate: (from: string, name: string) => string;
  /** What stands behind the imports that are for annotations only, at their indentation. */
  readonly define: (text: string) => void;
  readonly print: () => string;
};

/** Modules of Python's own that generated code uses. */
const STANDARD: ReadonlySet<string> = new Set([
  '__future__',
  'abc',
  'asyncio',
  'collections.abc',
  'dataclasses',
  'enum',
  'inspect',
  'secrets',
  'struct',
  'typing',
]);

/**
 * Which modules are of the author's project, as generated ones and those of codecs are, depends on
 * where a linter is run from; this keeps it from sorting them.
 */
const UNSORTED = '# isort: skip_file\n';

/** No imports yet. */
export function createImports(): Imports {
  const used = new Map<string, Set<string>>([['__future__', new Set(['annotations'])]]);
  const annotated = new Map<string, Set<string>>();
  const definitions = new Set<string>();
  const addTo = (modules: Map<string, Set<string>>) => (from: string, name: string) => {
    const names = modules.get(from) ?? new Set();
    modules.set(from, names.add(name));
    return name.replace(/^.* as /, '');
  };
  const use = addTo(used);
  return {
    use,
    annotate: addTo(annotated),
    define: (text) => void definitions.add(text),
    print() {
      const only = new Map<string, Set<string>>();
      for (const [from, names] of annotated) {
        const known = used.get(from);
        const left = [...names].filter((name) => known?.has(name) !== true);
        // What is imported anyway is imported once.
        if (known !== undefined && rankOf(from) === OWN) left.forEach((name) => known.add(name));
        else if (left.length > 0) only.set(from, new Set(left));
      }
      const hasTypes = only.size > 0 || definitions.size > 0;
      if (hasTypes) use('typing', 'TYPE_CHECKING');
      const head = isMixed(used) || isMixed(only) ? UNSORTED : '';
      if (!hasTypes) return `${head}${blocks('', used)}`;
      const parts = [blocks('    ', only), ...[...definitions].sort()];
      const checked = parts.filter((part) => part !== '').join('\n');
      return `${head}${blocks('', used)}\nif TYPE_CHECKING:\n${checked}`;
    },
  };
}

type Modules = ReadonlyMap<string, ReadonlySet<string>>;

/** Behind Python's own modules and those that are installed. */
const OWN = 3;

function rankOf(module: string): number {
  if (module === '__future__') return 0;
  if (STANDARD.has(module)) return 1;
  if (module.startsWith('.')) return 4;
  return module.startsWith('ipv8.') ? 2 : OWN;
}

function isMixed(modules: Modules): boolean {
  const ranks = new Set([...modules.keys()].map(rankOf));
  return ranks.has(OWN) && ranks.has(2);
}

function blocks(indent: string, modules: Modules): string {
  const ranked = new Map<number, string[]>();
  for (const [module, names] of [...modules].sort(([a], [b]) => compare(a, b))) {
    const text = importText(indent, module, [...names]);
    ranked.set(rankOf(module), [...(ranked.get(rankOf(module)) ?? []), text]);
  }
  return [...ranked]
    .sort(([a], [b]) => a - b)
    .map(([, texts]) => texts.join(''))
    .join('\n');
}

/** What is imported under another name has a line of its own. */
function importText(indent: string, module: string, names: readonly string[]): string {
  const sorted = [...names].sort((a, b) => kindOf(a) - kindOf(b) || compare(a, b));
  const plain = sorted.filter((name) => !name.includes(' as '));
  const lines: string[] = [];
  for (const name of sorted) {
    if (name.includes(' as ')) lines.push(statement(indent, `from ${module} import ${name}`, ''));
    else if (name === plain[0]) lines.push(plainImport(indent, module, plain));
  }
  return lines.join('');
}

function plainImport(indent: string, module: string, sorted: readonly string[]): string {
  const flatText = `from ${module} import ${sorted.join(', ')}`;
  if (indent.length + flatText.length <= 88) return statement(indent, flatText, '');
  return statement(indent, `from ${module} import `, { head: '(', items: sorted, tail: ')' });
}

/** Constants stand in front of classes, and those in front of the rest. */
function kindOf(name: string): number {
  if (/^[A-Z_0-9]+$/.test(name) && name.length > 1) return 0;
  return /^[A-Z]/.test(name) ? 1 : 2;
}

/** As isort compares: letters without their case first. */
function compare(a: string, b: string): number {
  const [left, right] = [a.toLowerCase(), b.toLowerCase()];
  if (left !== right) return left < right ? -1 : 1;
  return a === b ? 0 : a < b ? -1 : 1;
}
