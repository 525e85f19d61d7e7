import { generateCstDts, Lexer } from 'chevrotain';
import { format } from 'prettier';
import { expect, test } from 'vitest';
import { SchemaParser } from '../../../compiler/syntax/grammar.ts';
import { vocabulary } from '../../../compiler/syntax/tokens.ts';

test('the types of the concrete tree are those of the grammar', async () => {
  const productions = new SchemaParser().getGAstProductions();
  const written = generateCstDts(productions, { includeVisitorInterface: false });
  const types = written.replace('CstNode, ICstVisitor, IToken', 'CstNode, IToken');
  const formatted = await format(types, {
    parser: 'typescript',
    printWidth: 100,
    singleQuote: true,
  });
  await expect(formatted).toMatchFileSnapshot('../../../compiler/syntax/cst.gen.ts');
});

test('grammar and vocabulary are valid: nobody looks when the compiler runs', () => {
  // Either throws for a fault: an empty alternative, a token that no text reaches.
  expect(() => new SchemaParser({ isValidated: true })).not.toThrow();
  const lexer = new Lexer(vocabulary, { ensureOptimizations: true });
  expect(lexer.lexerDefinitionErrors).toEqual([]);
});
