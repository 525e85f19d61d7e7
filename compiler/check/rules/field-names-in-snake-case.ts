import type { Name } from '../../ast/nodes.ts';
import { diagnose } from '../../diagnostics/diagnostic.ts';
import {
  codecsOf,
  communitiesOf,
  enumsOf,
  fieldOwnersOf,
  forEachType,
  type CheckContext,
} from '../context.ts';

/** Fields, members, codecs and requests are in snake_case (warning). */
export function fieldNamesInSnakeCase(context: CheckContext): void {
  const names: Name[] = [
    ...codecsOf(context).map(({ name }) => name),
    ...communitiesOf(context).flatMap(({ requests }) => requests.map(({ name }) => name)),
    ...fieldOwnersOf(context).flatMap(({ fields }) => fields.map(({ name }) => name)),
    ...enumsOf(context).flatMap(({ kind, members }) =>
      kind === 'union' ? [] : members.map(({ name }) => name),
    ),
  ];
  for (const name of names) checkName(context, name);
  forEachType(context, ({ type }) => {
    for (const { name } of type.members ?? []) checkName(context, name);
  });
}

function checkName({ report }: CheckContext, { text, span }: Name): void {
  if (text === '_' || /^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$/.test(text)) return;
  report(diagnose('style/field-name', { name: text }, { at: span }));
}
