/** Enums, flags and unions before and after: what a number means must not change. */
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Enum, Flags, Union } from '../ir/model.ts';
import type { WireType } from '../ir/wire-type.ts';
import type { Sides } from './compare-fields.ts';

/** Names may come and go, since enums and flags are open; a name may not take another number. */
export function compareNumbers(
  was: Enum | Flags,
  now: Enum | Flags,
  { tell }: Sides,
): readonly Diagnostic[] {
  const changes = now.members.flatMap((member) => {
    const old = was.members.find(({ name }) => name === member.name);
    if (old === undefined || old.value === member.value) return [];
    const parameters = { member: member.name, owner: now.name, value: String(member.value) };
    const evidence = {
      now: member,
      was: old,
      oldReadsNew: `take ${member.value} for another value`,
      newReadsOld: `take ${old.value} for another value`,
      help: `give \`${member.name}\` its value ${old.value} back, and a new name to ${member.value}`,
    };
    return [tell('lock/value-changed', parameters, evidence)];
  });
  // Without a width it stands only in bits, whose sizes are compared there.
  const isResized = was.bits !== undefined && now.bits !== undefined && was.bits !== now.bits;
  if (!isResized) return changes;
  const parameters = { name: now.name, old: String(was.bits), bits: String(now.bits) };
  const evidence = {
    now,
    was,
    oldReadsNew: `read ${was.bits} bits where ${now.bits} are sent`,
    newReadsOld: `read ${now.bits} bits where ${was.bits} are sent`,
  };
  return [tell('lock/width-changed', parameters, evidence), ...changes];
}

/** A union is closed: who does not know a tag cannot read the message. */
export function compareUnion(was: Union, now: Union, sides: Sides): readonly Diagnostic[] {
  const { tell } = sides;
  const changes: Diagnostic[] = [];
  if (was.bits !== now.bits) {
    const parameters = { name: now.name, old: String(was.bits), bits: String(now.bits) };
    const evidence = {
      now,
      was,
      oldReadsNew: `read a tag of ${was.bits} bits where ${now.bits} are sent`,
      newReadsOld: `read a tag of ${now.bits} bits where ${was.bits} are sent`,
    };
    changes.push(tell('lock/width-changed', parameters, evidence));
  }
  for (const tag of new Set([...was.variants, ...now.variants].map((one) => one.tag))) {
    const old = was.variants.find((one) => one.tag === tag)?.structName;
    const young = now.variants.find((one) => one.tag === tag)?.structName;
    const verdicts = verdictsOn(old, young, sides);
    if (verdicts.oldReadsNew === undefined && verdicts.newReadsOld === undefined) continue;
    const parameters = { tag: String(tag), name: now.name };
    changes.push(tell('lock/variant-changed', parameters, { now, was, ...verdicts }));
  }
  return changes;
}

function verdictsOn(
  old: string | undefined,
  young: string | undefined,
  { oldReadsNew, newReadsOld }: Sides,
) {
  if (old === undefined) return { oldReadsNew: `refuse \`${young}\``, newReadsOld: undefined };
  if (young === undefined) return { oldReadsNew: undefined, newReadsOld: `refuse \`${old}\`` };
  const [was, now] = [inlineStruct(old), inlineStruct(young)];
  return { oldReadsNew: oldReadsNew.type(now, was), newReadsOld: newReadsOld.type(was, now) };
}

function inlineStruct(structName: string): WireType {
  return { kind: 'struct', structName, isInline: true };
}
