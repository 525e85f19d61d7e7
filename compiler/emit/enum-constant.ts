/** An enum or flags → a constant object of the names, and an open type. */
import type { Enum, Flags } from '../ir/model.ts';
import { docComment } from './doc-comment.ts';
import { generatedFrom } from './message-class.ts';
import type { ModuleScope } from './module-scope.ts';
import { propertyNames } from './names.ts';

/** Open: a number, or a bit, without a name decodes, and encodes again. */
export function printEnum(declaration: Enum | Flags, scope: ModuleScope): string {
  const name = scope.typeName(declaration.name);
  const doc = docComment('', [declaration.doc, generatedFrom(declaration.kind, declaration)]);
  const keys = propertyNames(declaration.members.map((member) => member.name));
  const members = declaration.members.map((member, at) => {
    return `${docComment('  ', [member.doc])}  ${keys[at] ?? member.name}: ${member.value},\n`;
  });
  const object = members.length === 0 ? '{}' : `{\n${members.join('')}}`;
  const typeDoc = docComment('', [
    declaration.kind === 'enum'
      ? `A number that ${declaration.name} names, or one that has no name.`
      : `A bit that ${declaration.name} names, or one that has no name; a field has a set of them.`,
  ]);
  const constant = `${doc}export const ${name} = ${object} as const;`;
  return `${constant}\n\n${typeDoc}${printOpenType(name)}`;
}

function printOpenType(name: string): string {
  const union = [`(typeof ${name})[keyof typeof ${name}]`, '(number & {})'];
  const oneLine = `export type ${name} = ${union.join(' | ')};\n`;
  if (oneLine.length <= 101) return oneLine;
  const secondLine = `  ${union.join(' | ')};\n`;
  if (secondLine.length <= 101) return `export type ${name} =\n${secondLine}`;
  return `export type ${name} =\n${union.map((part) => `  | ${part}`).join('\n')};\n`;
}
