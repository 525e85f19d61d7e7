import type { Name } from '../../ast/nodes.ts';
import { diagnose } from '../../diagnostics/diagnostic.ts';
import {
  codecsOf,
  communitiesOf,
  enumsOf,
  fieldOwnersOf,
  typesOf,
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
    ...typesOf(context).flatMap(({ type }) => (type.members ?? []).map(({ name }) => name)),
  ];
  for (const { text, span } of names) {
    if (text === '_' || /^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$/.test(text)) continue;
    context.report(diagnose('style/field-name', { name: text }, { at: span }));
  }
}
