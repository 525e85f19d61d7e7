import type { DeclarationNode, Expression, Name } from '../../ast/nodes.ts';
import { diagnose } from '../../diagnostics/diagnostic.ts';
import {
  communitiesOf,
  enumsOf,
  fieldOwnersOf,
  forEachType,
  type CheckContext,
} from '../context.ts';
import { KIND_NAMES } from '../kind-names.ts';
import { suggestName } from '../near-name.ts';
import { BUILT_IN_TYPES, isUnknownType, shapeOf } from '../type-shape.ts';

/** A similar name is searched for this many unknown ones; the time it takes is in their product. */
const SEARCHES_MAX = 200;

type Search = CheckContext & { unknown: number };

type Kind = DeclarationNode['kind'];

/** What a field's type may name. */
const TYPES: readonly Kind[] = ['struct', 'enum', 'flags', 'union', 'codec'];

/** Every name that is used is declared, visible, and of the right kind. */
export function namesKnown(checked: CheckContext): void {
  const context: Search = { ...checked, unknown: 0 };
  for (const { parent, version, requests, reserved } of communitiesOf(context)) {
    if (parent !== undefined) expectName(context, parent, ['community']);
    expectConstants(context, version, ...requests.map(({ retry }) => retry));
    for (const { from, to } of reserved)
      expectConstants(context, from, to === from ? undefined : to);
  }
  for (const { kind, members } of enumsOf(context)) {
    for (const { name, value } of members) {
      if (kind === 'union') expectName(context, name, ['struct']);
      expectConstants(context, value);
    }
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
  forEachType(context, ({ type, field }) => {
    const shape = shapeOf(type);
    if (shape.kind === 'named') {
      expectName(context, shape.name, shape.isInline ? ['struct', 'union'] : TYPES);
    } else if (!field.isBroken && isUnknownType(context, type)) {
      // With parameters it has no shape: `byts[20]`.
      reportUnknown(context, type.name, TYPES);
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
  });
}

function expectConstants(
  context: Search,
  ...expressions: readonly (Expression | undefined)[]
): void {
  for (const expression of expressions) {
    if (expression?.kind === 'reference') expectName(context, expression, ['const']);
  }
}

function expectName(context: Search, name: Name, kinds: readonly Kind[]): void {
  const found = context.symbols.find(name);
  if (found === undefined) reportUnknown(context, name, kinds);
  else if (!kinds.includes(found.kind)) {
    context.report(
      diagnose(
        'name/wrong-kind',
        {
          name: name.text,
          found: KIND_NAMES[found.kind],
          expected: printKinds(kinds),
        },
        { at: name.span, others: [{ span: found.name.span, text: 'declared here' }] },
      ),
    );
  }
}

function printKinds(kinds: readonly Kind[]): string {
  const articles = kinds.map((kind) => KIND_NAMES[kind]);
  const last = articles.at(-1) ?? '';
  const front = articles.slice(0, -1).join(', ');
  return front === '' ? last : `${front} or ${last}`;
}

function reportUnknown(context: Search, name: Name, kinds: readonly Kind[]): void {
  const isType = kinds.includes('struct');
  const what = isType ? 'type' : kinds[0] === 'const' ? 'constant' : (kinds[0] ?? 'name');
  const elsewhere = context.symbols.findAnywhere(name.text);
  const isSearched = elsewhere === undefined && ++context.unknown <= SEARCHES_MAX;
  const suggestions = isSearched ? suggestName(name, candidatesFor(context, name, kinds)) : [];
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

/** The names of those kinds that may be used where the unknown one stands. */
function candidatesFor(context: Search, name: Name, kinds: readonly Kind[]): readonly string[] {
  const declared = [...context.symbols.all()]
    .filter(({ kind }) => kinds.includes(kind))
    .map((declaration) => declaration.name.text)
    .filter((text) => context.symbols.find({ text, span: name.span }) !== undefined);
  return kinds.includes('struct') ? [...declared, ...BUILT_IN_TYPES] : declared;
}
