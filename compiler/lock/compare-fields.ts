/** Fields of one struct or message, before and after: kept, added, removed or moved. */
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Field } from '../ir/model.ts';
import type { Tell } from './evidence.ts';
import type { Reads } from './reads.ts';

export type Sides = {
  /** What the older side makes of bytes of the newer. */
  readonly oldReadsNew: Reads;
  readonly newReadsOld: Reads;
  readonly tell: Tell;
};

/** A struct or message as either side has it. */
type Owner = Pick<Field, 'name' | 'place'> & { readonly fields: readonly Field[] };

const SHIFTED = 'read every byte behind it as something else';

/** Positions are the contract: whatever shifts a field breaks both directions. */
export function compareFields(was: Owner, now: Owner, sides: Sides): readonly Diagnostic[] {
  const changes: Diagnostic[] = [];
  const pair = { was, now, sides };
  const before = new Map(was.fields.map((field, at) => [field.name, at] as const));
  const after = new Set(now.fields.map(({ name }) => name));
  // A name that is gone and a name that is new, in one position, are a renamed field.
  const isRenamed = (at: number): boolean => {
    const [old, young] = [was.fields[at], now.fields[at]];
    if (old === undefined || young === undefined) return false;
    return !after.has(old.name) && !before.has(young.name);
  };
  for (const [at, field] of now.fields.entries()) {
    const place = before.get(field.name) ?? (isRenamed(at) ? at : undefined);
    const old = place === undefined ? undefined : was.fields[place];
    if (place === undefined || old === undefined) changes.push(addedField(field, pair));
    else if (place !== at && isOvertaken(place, at, { was, now })) {
      changes.push(movedField(field, old, pair));
    } else changes.push(...changedField(field, old, pair));
  }
  for (const [at, field] of was.fields.entries()) {
    if (after.has(field.name) || isRenamed(at)) continue;
    changes.push(removedField(field, pair));
  }
  return changes;
}

/** True when fields that both have stand in another order here, other than pushed by new ones. */
function isOvertaken(
  before: number,
  after: number,
  { was, now }: { readonly was: Owner; readonly now: Owner },
): boolean {
  const names = (fields: readonly Field[], others: readonly Field[]): readonly string[] =>
    fields.map(({ name }) => name).filter((name) => others.some((one) => one.name === name));
  const ahead = names(was.fields.slice(0, before), now.fields);
  const nowAhead = names(now.fields.slice(0, after), was.fields);
  return ahead.length !== nowAhead.length || ahead.some((name) => !nowAhead.includes(name));
}

type Pair = { readonly was: Owner; readonly now: Owner; readonly sides: Sides };

function addedField(field: Field, { was, now, sides }: Pair): Diagnostic {
  return sides.tell(
    'lock/field-added',
    { field: field.name, owner: now.name },
    {
      now: field,
      was,
      oldReadsNew: `do not know \`${field.name}\``,
      newReadsOld: `miss \`${field.name}\``,
      help: 'declare a new message with an id of its own, and keep the old one beside it',
    },
  );
}

function removedField(field: Field, { now, sides }: Pair): Diagnostic {
  return sides.tell(
    'lock/field-removed',
    { field: field.name, owner: now.name },
    {
      now,
      was: field,
      oldReadsNew: `miss \`${field.name}\``,
      newReadsOld: SHIFTED,
      help: 'keep the field and send a value that says nothing, or declare a new message',
    },
  );
}

function movedField(field: Field, was: Field, { now, sides }: Pair): Diagnostic {
  return sides.tell(
    'lock/field-moved',
    { field: field.name, owner: now.name },
    {
      now: field,
      was,
      oldReadsNew: SHIFTED,
      newReadsOld: SHIFTED,
      help: 'order is the contract: put the field back where it was',
    },
  );
}

function changedField(field: Field, was: Field, { now, sides }: Pair): readonly Diagnostic[] {
  const oldReadsNew = sides.oldReadsNew.field(field, was);
  const newReadsOld = sides.newReadsOld.field(was, field);
  if (oldReadsNew === undefined && newReadsOld === undefined) return [];
  // Growth is possible in two steps where there is a bound: read more first, send more later.
  const canGrow = 'bound' in field.type && newReadsOld === undefined;
  const help = canGrow
    ? 'read more now and send it later: `..new send ..old` until all peers have the new bound'
    : undefined;
  const evidence = { now: field, was, oldReadsNew, newReadsOld, help };
  return [sides.tell('lock/field-changed', { field: field.name, owner: now.name }, evidence)];
}
