import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import oniguruma from 'vscode-oniguruma';
import textmate, { type IGrammar, type IRawGrammar } from 'vscode-textmate';
import { expect, test } from 'vitest';
import { BUILT_IN_TYPES } from '../../../compiler/check/type-shape.ts';
import { textMateGrammar } from '../../../compiler/editor/grammar.ts';
import { KEYWORDS } from '../../../compiler/language-server/keywords.ts';
import { loadProgram } from '../../../compiler/program/program.ts';
import { lex } from '../../../compiler/syntax/lexer.ts';
import * as words from '../../../compiler/syntax/words.ts';

const EDITOR = new URL('../../../compiler/editor/', import.meta.url);
const EVERYTHING = readFileSync(new URL('everything.ipv8', import.meta.url), 'utf8');

const wasm = createRequire(import.meta.url).resolve('vscode-oniguruma/release/onig.wasm');

async function loadGrammar(): Promise<IGrammar> {
  await oniguruma.loadWASM(readFileSync(wasm));
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: async () => textMateGrammar() as unknown as IRawGrammar,
  });
  const grammar = await registry.loadGrammar('source.ipv8');
  if (grammar === null) throw new Error('no grammar');
  return grammar;
}

test('the grammar of the extension is that of the compiler', () => {
  const written = readFileSync(new URL('ipv8.tmLanguage.json', EDITOR), 'utf8');
  expect(JSON.parse(written)).toEqual(textMateGrammar());
});

test('the schema that shows everything is sound and has every word and type', async () => {
  const texts: Readonly<Record<string, string>> = {
    'everything.ipv8': EVERYTHING,
    'near.ipv8': '/// Near.\nstruct Near { a: u8 }\n',
  };
  const host = {
    read: async (path: string) => texts[path],
    resolve: (_: string, specifier: string) => specifier.replace('./', ''),
  };
  const { diagnostics } = await loadProgram(host, ['everything.ipv8']);
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  const used = new Set(lex(EVERYTHING).tokens.map(({ image }) => image));
  const shown = [...Object.keys(KEYWORDS), ...BUILT_IN_TYPES].filter((word) => word !== 'master');
  expect(shown.filter((word) => !used.has(word))).toEqual([]);
});

test('every word of the compiler is explained', () => {
  const known = [
    ...words.DECLARATION_WORDS,
    ...words.MODIFIERS,
    ...words.VECTOR_WORDS,
    ...words.TYPED_WORDS,
    ...words.REQUEST_CLAUSES,
  ];
  expect(known.filter((word) => !(word in KEYWORDS))).toEqual([]);
});

test('every piece of a schema has its scope', async () => {
  const grammar = await loadGrammar();
  let stack = textmate.INITIAL;
  const lines: string[] = [];
  for (const line of EVERYTHING.split('\n')) {
    const { ruleStack, tokens } = grammar.tokenizeLine(line, stack);
    stack = ruleStack;
    lines.push(`> ${line}`);
    for (const { endIndex, scopes, startIndex } of tokens) {
      const text = line.slice(startIndex, endIndex);
      const inner = scopes.slice(1).map((scope) => scope.replace('.ipv8', ''));
      if (text.trim() !== '') lines.push(`  ${text.trim()}  ${inner.join(' ')}`);
    }
  }
  expect(lines.join('\n')).toMatchSnapshot();
});
