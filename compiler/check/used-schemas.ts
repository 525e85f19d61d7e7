import type {
  Expression,
  FieldNode,
  LiteralNode,
  Name,
  SchemaNode,
  TypeNode,
} from '../ast/nodes.ts';
import type { Symbols } from './symbols.ts';
import { vectorTarget } from './vectors.ts';

/**
 * Paths of the other schemas whose declarations this one uses, in order; constants and what vectors
 * name count only on request, since no code is generated for them.
 */
export function usedSchemas(
  symbols: Symbols,
  schema: SchemaNode,
  options: { readonly withConstants: boolean } = { withConstants: false },
): readonly string[] {
  // A name means what is declared here or in what is imported here.
  if (schema.imports.length === 0) return [];
  const paths = new Set<string>();
  for (const name of referencesOf(schema)) {
    const found = symbols.find(name);
    if (found === undefined || (found.kind === 'const' && !options.withConstants)) continue;
    if (found.span.source.path !== schema.source.path) paths.add(found.span.source.path);
  }
  if (options.withConstants) {
    for (const { of, value } of schema.vectors) {
      const names = value === undefined ? [] : namesIn(value);
      const used = [vectorTarget(symbols, of), ...names.map((name) => symbols.find(name))];
      for (const node of used) if (node !== undefined) paths.add(node.span.source.path);
    }
    paths.delete(schema.source.path);
  }
  return [...paths].sort();
}

/** Every place where a schema names a declaration. */
export function referencesOf(schema: SchemaNode): readonly Name[] {
  const names: Name[] = [];
  for (const node of schema.declarations) {
    if (node.kind === 'struct') addFields(names, node.fields);
    else if (node.kind === 'codec') {
      if (node.carrier !== undefined) addType(names, node.carrier);
    } else if (node.kind === 'enum' || node.kind === 'flags' || node.kind === 'union') {
      for (const { name, value } of node.members) {
        if (node.kind === 'union') names.push(name);
        addExpressions(names, value);
      }
    } else if (node.kind === 'community') {
      if (node.parent !== undefined) names.push(node.parent);
      addExpressions(names, node.version, ...node.requests.map(({ retry }) => retry));
      for (const { from, to } of node.reserved) addExpressions(names, from, to);
      for (const { id, fields } of node.messages) {
        addExpressions(names, id);
        addFields(names, fields);
      }
    }
  }
  return names;
}

/** The names in a value that may be those of constants or variants. */
function namesIn(literal: LiteralNode): readonly Name[] {
  if (literal.kind === 'reference') return [literal];
  if (literal.kind === 'list') return literal.items.flatMap(namesIn);
  if (literal.kind !== 'object') return [];
  const inner = literal.entries.flatMap(({ value }) => namesIn(value));
  return literal.variant === undefined ? inner : [literal.variant, ...inner];
}

function addFields(names: Name[], fields: readonly FieldNode[]): void {
  for (const { type, range, value } of fields) {
    if (type !== undefined) addType(names, type);
    addExpressions(names, range?.min, range?.max, range?.sendMax);
    if (value?.kind === 'reference') names.push(value);
  }
}

function addType(names: Name[], type: TypeNode): void {
  names.push(type.name);
  addExpressions(names, type.size);
  for (const { enumName, size } of type.members ?? []) {
    if (enumName !== undefined) names.push(enumName);
    addExpressions(names, size);
  }
  for (const parameter of type.parameters ?? []) {
    if (parameter.kind === 'type') addType(names, parameter);
    else addExpressions(names, parameter.min, parameter.max, parameter.sendMax);
  }
}

function addExpressions(names: Name[], ...expressions: (Expression | undefined)[]): void {
  for (const expression of expressions) {
    if (expression?.kind === 'reference') names.push(expression);
  }
}
