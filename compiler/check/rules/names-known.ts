import type { DeclarationNode, Expression, Name } from '../../ast/nodes.ts';
import { diagnose } from '../../diagnostics/diagnostic.ts';
import { communitiesOf, enumsOf, fieldOwnersOf, typesOf, type CheckContext } from '../context.ts';
import { suggestName } from '../near-name.ts';
import { BUILT_IN_TYPES, shapeOf } from '../type-shape.ts';

type Kind = DeclarationNode['kind'];

const ARTICLES: Readonly<Record<Kind, string>> = {
  community: 'a community',
  struct: 'a struct',
  enum: 'an enum',
  const: 'a constant',
};

/** Every name that is used is declared, visible, and of the right kind. */
export function namesKnown(context: CheckContext): void {
  for (const { parent, version, reserved } of communitiesOf(context)) {
    if (parent !== undefined) expectName(context, parent, ['community']);
    expectConstants(context, version);
    for (const { from, to } of reserved)
      expectConstants(context, from, to === from ? undefined : to);
  }
  for (const { members } of enumsOf(context)) {
    for (const { value } of members) expectConstants(context, value);
  }
  for (const owner of fieldOwnersOf(context)) {
    if (owner.kind === 'message') expectConstants(context, owner.id);
    for (const { range, value } of owner.fields) {
      expectConstants(context, range?.min, range?.max, range?.sendMax);
      if (value?.kind === 'reference' && value.text !== 'true' && value.text !== 'false') {
        expectConstants(context, value);
      }
    }
  }
  for (const { type } of typesOf(context)) {
    const shape = shapeOf(type);
    if (shape.kind === 'named') {
      expectName(context, shape.name, shape.isInline ? ['struct'] : ['struct', 'enum']);
    }
    expectConstants(context, type.size);
    for (const parameter of type.parameters ?? []) {
      if (parameter.kind === 'type') continue;
      expectConstants(context, parameter.min, parameter.max, parameter.sendMax);
    }
    for (const { enumName, size } of type.members ?? []) {
      if (enumName !== undefined) expectName(context, enumName, ['enum']);
      expectConstants(context, size);
    }
  }
}

function expectConstants(
  context: CheckContext,
  ...expressions: readonly (Expression | undefined)[]
): void {
  for (const expression of expressions) {
    if (expression?.kind === 'reference') expectName(context, expression, ['const']);
  }
}

function expectName(context: CheckContext, name: Name, kinds: readonly Kind[]): void {
  const found = context.symbols.find(name);
  if (found === undefined) reportUnknown(context, name, kinds);
  else if (!kinds.includes(found.kind)) {
    context.report(
      diagnose(
        'name/wrong-kind',
        {
          name: name.text,
          found: ARTICLES[found.kind],
          expected: kinds.map((kind) => ARTICLES[kind]).join(' or '),
        },
        { at: name.span, others: [{ span: found.name.span, text: 'declared here' }] },
      ),
    );
  }
}

function reportUnknown(context: CheckContext, name: Name, kinds: readonly Kind[]): void {
  const isType = kinds.includes('struct');
  const what = isType ? 'type' : kinds[0] === 'const' ? 'constant' : (kinds[0] ?? 'name');
  const elsewhere = context.symbols.findAnywhere(name.text);
  const candidates = [...context.symbols.all()]
    .filter(
      (declared) =>
        kinds.includes(declared.kind) && context.symbols.find(declared.name) !== undefined,
    )
    .filter(
      (declared) =>
        context.symbols.find({ text: declared.name.text, span: name.span }) !== undefined,
    )
    .map((declared) => declared.name.text);
  if (isType) candidates.push(...BUILT_IN_TYPES);
  const suggestions = elsewhere === undefined ? suggestName(name, candidates) : [];
  const near = suggestions[0]?.edits[0]?.replacement;
  const similar = near === undefined ? undefined : context.symbols.findAnywhere(near);
  context.report(
    diagnose(
      'name/unknown',
      { what, name: name.text },
      {
        at: name.span,
        label: elsewhere === undefined ? 'not declared' : 'not imported here',
        others: [
          ...(elsewhere === undefined
            ? []
            : [{ span: elsewhere.name.span, text: 'declared in this schema' }]),
          ...(similar === undefined
            ? []
            : [{ span: similar.name.span, text: 'similar name declared here' }]),
        ],
        help: elsewhere === undefined ? [] : ['import the schema that declares it'],
        suggestions,
      },
    ),
  );
}
