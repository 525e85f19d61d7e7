/** A union → the type of its values, and its codec. */
import type { Union } from '../ir/model.ts';
import { docComment } from './doc-comment.ts';
import { generatedFrom } from './message-class.ts';
import type { ModuleScope } from './module-scope.ts';
import { createNames, propertyNames } from './names.ts';
import { call, printBraces, printExpression, printParameters, quote, WIDTH } from './print.ts';
import { sizeText } from './wire-text.ts';

type Variant = { readonly tag: number; readonly kind: string; readonly className: string };

/** A value says by `kind` which variant it is: structs of one shape could not be told apart. */
export function printUnion(declaration: Union, scope: ModuleScope): string {
  const name = scope.codecName(declaration.name);
  const kinds = propertyNames(declaration.variants.map(({ structName }) => structName));
  const variants = declaration.variants.map(({ tag, structName }, at) => ({
    tag,
    kind: quote(kinds[at] ?? structName),
    className: scope.codecName(structName),
  }));
  const size = sizeText(scope.layout.ofDeclared(declaration.name));
  const doc = docComment('', [declaration.doc, size, generatedFrom('union', declaration)]);
  const statics = `  messageName: ${quote(declaration.name)},\n`;
  const codec = [
    statics,
    printEncode(name, { bits: declaration.bits, variants }, scope),
    printDecode(name, { bits: declaration.bits, variants }, scope),
  ];
  const constant = `export const ${name} = {\n${codec.join('\n')}} as const;\n`;
  const typeDoc = docComment('', [`A value of ${declaration.name}: \`kind\` says which.`]);
  return `${typeDoc}${printType(name, variants)}\n${doc}${constant}`;
}

function printType(name: string, variants: readonly Variant[]): string {
  const parts = variants.map(({ kind, className }) => [
    `readonly kind: ${kind}`,
    `readonly value: ${className}`,
  ]);
  const head = `export type ${name} =`;
  const flat = parts.map((entries) => `{ ${entries.join('; ')} }`).join(' | ');
  const oneLine = `${head} ${flat};`;
  if (oneLine.length <= WIDTH) return `${oneLine}\n`;
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) {
    return `${printBraces('', { head: `${head} `, entries: only, tail: ';' }, ';')}\n`;
  }
  const secondLine = `  ${flat};`;
  if (secondLine.length <= WIDTH) return `${head}\n${secondLine}\n`;
  const lines = parts.map((entries, at) => {
    const tail = at === parts.length - 1 ? ';' : '';
    const line = `  | { ${entries.join('; ')} }${tail}`;
    if (line.length <= WIDTH) return `${line}\n`;
    return `  | {\n${entries.map((entry) => `      ${entry};\n`).join('')}    }${tail}\n`;
  });
  return `${head}\n${lines.join('')}`;
}

type Body = { readonly bits: 8 | 16 | 32; readonly variants: readonly Variant[] };

function printEncode(name: string, { bits, variants }: Body, scope: ModuleScope): string {
  const names = createNames([], scope.declared);
  const value = names.take('value');
  const out = names.take('out');
  const head = printParameters('  ', {
    head: 'encode',
    entries: [`${value}: ${name}`, `${out}: ${scope.runtime('Writer')}`],
    tail: ': void {',
  });
  const indent = ' '.repeat(8);
  const cases = variants.map(({ tag, kind, className }) => {
    const encoding = call(`${className}.encode`, `${value}.value`, out);
    return (
      `      case ${kind}:\n` +
      `${indent}${out}.u${bits}(${tag}, 'tag');\n` +
      `${printExpression(indent, encoding, ';')}\n` +
      `${indent}break;\n`
    );
  });
  const other = `      default:\n${indent}${out}.unknownVariant(${value}, 'kind');\n`;
  return `${head}\n    switch (${value}.kind) {\n${cases.join('')}${other}    }\n  },\n`;
}

function printDecode(name: string, { bits, variants }: Body, scope: ModuleScope): string {
  const names = createNames([], scope.declared);
  const input = names.take('input');
  const tag = names.take('tag');
  const head = printParameters('  ', {
    head: 'decode',
    entries: [`${input}: ${scope.runtime('Reader')}`],
    tail: `: ${name} {`,
  });
  const indent = ' '.repeat(8);
  const cases = variants.map((variant) => {
    const entries = [`kind: ${variant.kind}`, `value: ${variant.className}.decode(${input})`];
    const value = printBraces(indent, { head: 'return ', entries, tail: ';' }, ',');
    return `      case ${variant.tag}:\n${value}\n`;
  });
  const other = `      default:\n${indent}return ${input}.unknownVariant(${tag}, ${bits / 8}, 'tag');\n`;
  const read = `    const ${tag} = ${input}.u${bits}('tag');\n`;
  return `${head}\n${read}    switch (${tag}) {\n${cases.join('')}${other}    }\n  },\n`;
}
