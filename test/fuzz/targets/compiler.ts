/** The schema compiler: any text to diagnostics or code, its formatter, and what editors ask. */
import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { Symbols } from '../../../compiler/check/symbols.ts';
import { applyFixes } from '../../../compiler/diagnostics/apply-fixes.ts';
import type { Diagnostic } from '../../../compiler/diagnostics/diagnostic.ts';
import { renderDiagnostics } from '../../../compiler/diagnostics/render.ts';
import { emit } from '../../../compiler/emit/emitter.ts';
import { formatSource } from '../../../compiler/format/format.ts';
import { codeActions } from '../../../compiler/language-server/code-actions.ts';
import { completion } from '../../../compiler/language-server/completion.ts';
import { documentSymbols } from '../../../compiler/language-server/document-symbols.ts';
import { hover } from '../../../compiler/language-server/hover.ts';
import { positionOf } from '../../../compiler/language-server/places.ts';
import { references } from '../../../compiler/language-server/references.ts';
import { semanticTokens } from '../../../compiler/language-server/semantic-tokens.ts';
import type { View } from '../../../compiler/language-server/view.ts';
import { lockHost, lockText } from '../../../compiler/lock/lock-text.ts';
import { createProgramCache, type Program } from '../../../compiler/program/program.ts';
import type { SourceHost } from '../../../compiler/source/host.ts';
import { createSource } from '../../../compiler/source/source.ts';
import { hashOf } from '../../../compiler/values/chance.ts';
import { mutate, type Sample } from '../../../compiler/values/mutate.ts';
import { claim, type Family, type Target } from '../target.ts';

export const compiler: Family = {
  name: 'compiler',
  share: 2_500,
  targets() {
    const declarations = SCHEMAS.flatMap(declarationsOf).filter(
      ({ length }) => length < LENGTH_MAX,
    );
    const samples = [...EXAMPLES, ...declarations].map(sampleOf);
    const generate = mutate.bind(undefined, { samples, words: WORDS });
    return Promise.resolve<readonly Target[]>([
      { name: 'compiler/program', form: 'text', generate, check: checkProgram },
      { name: 'compiler/format', form: 'text', generate, check: checkFormat },
      { name: 'compiler/editor', form: 'text', generate, check: checkEditor, partsOf: () => 4 },
    ]);
  },
};

const read = (path: string): string => readFileSync(path, 'utf8');

const SCHEMAS: readonly string[] = ['dht', 'discovery', 'introduction', 'tunnel', 'weather'].map(
  (name) => read(`schemas/${name}.ipv8`),
);

const EXAMPLES: readonly string[] = [
  read('schemas/lamport.ipv8'),
  `import "./near.ipv8"\n\n/// Doc.\nstruct A { a: u8, b: list<B, u16> 0..9, c: inline Near }\n/// Doc.\nstruct B { a: bytes<u16> 1..20 send 1..10, b: bits { on, kind: Kind[3], _[4] } }\n/// Doc.\nenum Kind { one = 1, two = 2 }\n`,
  `/// Doc.\nunion Any: u8 { 1 => A, 2 => B }\n/// Doc.\nstruct A { a: f32 }\n/// Doc.\nstruct B { const a: u16 = 0xff01, b: Any }\n/// Doc.\nflags Bits: u8 { low = 1, high = 0x80 }\nvector "one" A { a: 1.5 } = hex"3fc00000"\n`,
];

/** Longer ones take longer and say nothing new. */
const LENGTH_MAX = 1_200;

const NEAR = '/// Near.\nstruct Near { a: u8 }\n';

const WORDS = [
  'community ',
  'struct ',
  'enum ',
  'flags ',
  'union ',
  'codec ',
  'message ',
  'signed ',
  'unsigned ',
  'timed ',
  'reserved ',
  'const ',
  'import ',
  'abstract ',
  'extends ',
  'version ',
  'via ',
  'cell ',
  'inline ',
  'bits ',
  'list<',
  'bytes',
  'string<u8>',
  'array<bool>',
  'u8',
  'u64',
  'i32',
  'f64',
  'bool',
  'rest',
  'send ',
  'ip',
  'ipv4',
  'address',
  'request ',
  'vector ',
  'malformed ',
  'overrides ',
  'by ',
  'timeout ',
  'retries ',
  '#allow(',
  'size/unbounded',
  '1',
  '0xff',
  '-1',
  '9'.repeat(30),
  '1.5',
  '1..9',
  '"text"',
  '"',
  '\\',
  '{',
  '}',
  '<',
  '>',
  '[',
  ']',
  '(',
  ')',
  ':',
  '=',
  '=>',
  ',',
  '..',
  '\n',
  '\r\n',
  '// c\n',
  '/// d\n',
  '#',
  '\0',
  '🦜',
  'hex"00"',
  'sha1("a")',
  'base64"AA=="',
  '1.2.3.4:5',
  '[::1]:5',
  '_',
  '\t',
  'Near',
  '"./near.ipv8"',
  '['.repeat(200),
  '{'.repeat(200),
  'list<'.repeat(200),
  'inline '.repeat(50),
].map((word) => new TextEncoder().encode(word));

/** A whole schema is a long text; its declarations are short ones, though some then lack others. */
function declarationsOf(schema: string): readonly string[] {
  return schema.split(/\n(?=\/\/\/[^\n]*\n(?:struct|enum|flags|union|community|abstract|codec)\b)/);
}

/** Words, strings, numbers and lines. */
function sampleOf(text: string): Sample {
  const bytes = new TextEncoder().encode(text);
  // Positions in bytes: nearly all of it is ASCII, and places need not be exact.
  const spans = [...text.matchAll(/"[^"\n]*"|\w+|\{[^{}]*\}|\/\/[^\n]*\n|[^\s\w]/g)].map(
    ({ 0: token, index }) => ({ offset: index, length: token.length, lead: 0 as const }),
  );
  return { bytes, spans };
}

function hostOf(text: string): SourceHost {
  const files = new Map([
    ['a.ipv8', text],
    ['near.ipv8', NEAR],
  ]);
  return {
    read: (path) => Promise.resolve(files.get(path)),
    resolve: (_from, specifier) => specifier.replace(/^\.\//, ''),
  };
}

function textOf(input: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(input);
}

// As the language server and the watcher do it: making a parser takes longer than most inputs.
const cache = createProgramCache();
const lockCache = createProgramCache();

async function checkProgram(input: Uint8Array): Promise<void> {
  const text = textOf(input);
  const program = await cache.load(hostOf(text), ['a.ipv8']);
  claimPlaced(program);
  const { diagnostics, model, sources } = program;
  renderDiagnostics(diagnostics, { color: false, width: 100 });
  const source = sources.find(({ path }) => path === 'a.ipv8');
  claim(source !== undefined, () => 'the source is lost');
  applyFixes(source, diagnostics);
  if (diagnostics.some(({ severity }) => severity === 'error')) return;
  emit(model, () => ({
    codegen: 'ipv8/codegen',
    moduleOf: (path) => `./${path}.ts`,
    authorOf: ({ file }) => file,
  }));
  await claimLockable(program);
}

/** What a lock says of a model is a schema of its own, and says the same again. */
async function claimLockable({ model }: Program): Promise<void> {
  const text = lockText(model);
  const lock = lockHost(text);
  claim(lock !== undefined, () => 'the lock is none');
  const again = await lockCache.load(lock.host, lock.paths);
  const broken = again.diagnostics.find(({ severity }) => severity === 'error');
  claim(broken === undefined, () => `the lock is broken: ${broken?.title}`);
  claim(lockText(again.model) === text, () => 'the lock of the lock is another');
}

function claimPlaced({ diagnostics, sources }: Program): void {
  const claimInside = ({ code, primary, others }: Diagnostic): void => {
    for (const { span } of [primary, ...others]) {
      const { end, source, start } = span;
      const isInside = start >= 0 && start <= end && end <= source.text.length;
      claim(isInside && sources.includes(source), () => `${code} is at ${start} to ${end}`);
    }
  };
  for (const diagnostic of diagnostics) claimInside(diagnostic);
}

function checkFormat(input: Uint8Array): void {
  const text = textOf(input);
  const once = formatSource(createSource('a.ipv8', text)).text;
  const twice = formatSource(createSource('a.ipv8', once)).text;
  claim(once === twice, () => 'the formatted text is formatted once more');
  const bare = (one: string): string => one.replaceAll(/[\s\uFEFF]/g, '');
  claim(bare(once) === bare(text), () => 'more than white space has changed');
}

const editorCache = createProgramCache();
const otherCache = createProgramCache();

async function checkEditor(input: Uint8Array): Promise<void> {
  const text = textOf(input);
  const host = hostOf(text);
  const program = await editorCache.load(host, ['a.ipv8', 'near.ipv8']);
  const linked = program.schemas.find(({ schema }) => schema.source.path === 'a.ipv8');
  claim(linked !== undefined, () => 'the schema is lost');
  const { schema } = linked;
  const view: View = {
    program,
    schema,
    symbols: new Symbols(program.schemas),
    uriOf: (path) => `file:///${path}`,
    resolve: host.resolve,
  };
  const position = positionOf(schema.source, hashOf(text) % (text.length + 1));
  const range = {
    start: positionOf(schema.source, 0),
    end: positionOf(schema.source, text.length),
  };
  const { data } = semanticTokens(view);
  claim(
    data.every((one) => Number.isInteger(one) && one >= 0),
    () => 'tokens go backwards',
  );
  documentSymbols(schema);
  hover(view, position);
  completion(view, position);
  references(view, position, { withDefinition: true });
  await codeActions(view, { range, only: undefined });
  // A cache that is wrong once is wrong from then on; this one remembers nothing of use.
  await otherCache.load(hostOf(''), ['a.ipv8']);
  const fresh = await otherCache.load(host, ['a.ipv8', 'near.ipv8']);
  const [found, expected] = [program, fresh].map(({ diagnostics }) => diagnostics.map(codeOf));
  claim(isDeepStrictEqual(found, expected), () => 'the cache finds something else');
}

function codeOf({ code, primary }: Diagnostic): string {
  return `${code} ${primary.span.start} ${primary.span.end}`;
}
