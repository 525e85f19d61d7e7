import type { Name } from '../../ast/nodes.ts';
import { diagnose } from '../../diagnostics/diagnostic.ts';
import { enumsOf, fieldOwnersOf, typesOf, type CheckContext } from '../context.ts';

/** Fields of a message or struct, members of an enum and of `bits` have one name each. */
export function fieldNamesUnique(context: CheckContext): void {
  for (const owner of fieldOwnersOf(context)) {
    forRepeated(owner.fields, (name, first) => {
      const others = [{ span: first.span, text: 'first declared here' }];
      const parameters = { name: name.text, owner: owner.name.text };
      context.report(diagnose('name/duplicate-field', parameters, { at: name.span, others }));
    });
  }
  const groups = [
    ...enumsOf(context).map(({ name, members }) => ({ owner: name.text, members })),
    ...typesOf(context).map(({ type, field }) => ({
      owner: field.name.text,
      members: (type.members ?? []).filter(({ name }) => name.text !== '_'),
    })),
  ];
  for (const { owner, members } of groups) {
    forRepeated(members, (name, first) => {
      const others = [{ span: first.span, text: 'first declared here' }];
      const parameters = { name: name.text, owner };
      context.report(diagnose('name/duplicate-member', parameters, { at: name.span, others }));
    });
  }
}

function forRepeated(
  named: readonly { readonly name: Name }[],
  found: (name: Name, first: Name) => void,
): void {
  if (named.length < 2) return;
  const seen = new Map<string, Name>();
  for (const { name } of named) {
    const first = seen.get(name.text);
    if (first === undefined) seen.set(name.text, name);
    else found(name, first);
  }
}
