import type { Name } from '../../ast/nodes.ts';
import { diagnose } from '../../diagnostics/diagnostic.ts';
import { enumsOf, fieldOwnersOf, forEachType, type CheckContext } from '../context.ts';

/** Fields of a message or struct, members of an enum and of `bits` have one name each. */
export function fieldNamesUnique(context: CheckContext): void {
  for (const owner of fieldOwnersOf(context)) {
    forRepeated(owner.fields, (name, first) => {
      const others = [{ span: first.span, text: 'first declared here' }];
      const parameters = { name: name.text, owner: owner.name.text };
      context.report(diagnose('name/duplicate-field', parameters, { at: name.span, others }));
    });
  }
  for (const { members, name } of enumsOf(context)) checkMembers(context, name, members);
  forEachType(context, ({ field, type }) => {
    const named = type.members?.filter(({ name }) => name.text !== '_');
    checkMembers(context, field.name, named ?? []);
  });
}

function checkMembers(
  { report }: CheckContext,
  owner: Name,
  members: readonly { readonly name: Name }[],
): void {
  forRepeated(members, (name, first) => {
    const others = [{ span: first.span, text: 'first declared here' }];
    const parameters = { name: name.text, owner: owner.text };
    report(diagnose('name/duplicate-member', parameters, { at: name.span, others }));
  });
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
