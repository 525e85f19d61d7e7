/** One community before and after: its identity, its messages, and the ids it promised to keep. */
import type { Diagnostic, Suggestion } from '../diagnostics/diagnostic.ts';
import type { Community, Message } from '../ir/model.ts';
import { compareFields, type Sides } from './compare-fields.ts';
import type { SourceOf } from './evidence.ts';

export type CommunityPair = { readonly was: Community; readonly now: Community };

export function compareCommunity(
  pair: CommunityPair,
  sides: Sides,
  sourceOf: SourceOf,
): readonly Diagnostic[] {
  const messages = pair.was.messages.flatMap((message) => {
    const other = messageOf(message, pair);
    if (other !== undefined) return compareMessage(message, other, sides);
    return removedMessage(message, { pair, sides, sourceOf });
  });
  return [...compareIdentity(pair, sides), ...messages, ...reusedIds(pair, sides)];
}

/** The message of that name; failing that, a new one with its id. */
export function messageOf(message: Message, { was, now }: CommunityPair): Message | undefined {
  const named = now.messages.find(({ name }) => name === message.name);
  if (named !== undefined) return named;
  return now.messages.find(({ id, name }) => {
    return id === message.id && was.messages.every((one) => one.name !== name);
  });
}

function compareIdentity({ was, now }: CommunityPair, { tell }: Sides): readonly Diagnostic[] {
  const isSame =
    identityText(was) === identityText(now) &&
    was.version === now.version &&
    was.parent === now.parent;
  if (isSame) return [];
  const apart = 'are in another overlay and drop every packet';
  const evidence = { now, was, oldReadsNew: apart, newReadsOld: apart };
  return [tell('lock/identity-changed', { name: now.name }, evidence)];
}

function identityText({ identity }: Community): string {
  return identity.kind === 'fixed' ? identity.communityId : identity.kind;
}

function compareMessage(was: Message, now: Message, sides: Sides): readonly Diagnostic[] {
  const changes: Diagnostic[] = [];
  if (was.id !== now.id) {
    const evidence = {
      now,
      was,
      oldReadsNew: `know it by id ${was.id}`,
      newReadsOld: `know it by id ${now.id}`,
      help: `give \`${now.name}\` its id ${was.id} back`,
    };
    const parameters = { name: now.name, old: String(was.id), id: String(now.id) };
    changes.push(sides.tell('lock/id-changed', parameters, evidence));
  }
  const [before, after] = [envelopeText(was), envelopeText(now)];
  if (before !== after) {
    const parameters = { name: now.name, before, after };
    const evidence = { now, was, ...envelopeVerdicts(was, now) };
    changes.push(sides.tell('lock/envelope-changed', parameters, evidence));
  }
  return [...changes, ...compareFields(was, now, sides)];
}

function envelopeText({ auth, isTimed, overrides, via }: Message): string {
  const words = [auth, ...(isTimed ? ['timed'] : [])];
  if (overrides !== undefined) words.push(`overrides ${overrides}`);
  return `${words.join(' ')} via ${via.toSorted().join(', ')}`;
}

/** Another carrier alone hurts only the side that does not listen there. */
function envelopeVerdicts(was: Message, now: Message) {
  const isLike =
    was.auth === now.auth && was.isTimed === now.isTimed && was.overrides === now.overrides;
  if (!isLike) {
    const broken = 'read the head of the packet as something else';
    return { oldReadsNew: broken, newReadsOld: broken };
  }
  return { oldReadsNew: unheard(now, was), newReadsOld: unheard(was, now) };
}

function unheard(writer: Message, reader: Message): string | undefined {
  const lost = writer.via.filter((carrier) => !reader.via.includes(carrier));
  return lost.length === 0 ? undefined : `drop it from ${lost.join(', ')}`;
}

function removedMessage(
  message: Message,
  {
    pair: { was, now },
    sides,
    sourceOf,
  }: { readonly pair: CommunityPair; readonly sides: Sides; readonly sourceOf: SourceOf },
): readonly Diagnostic[] {
  const { id, name } = message;
  const isReserved = now.reserved.some(({ from, to }) => from <= id && id <= to);
  // Another message has the id: then that one tells of it.
  const isTaken = now.messages.some((one) => one.id === id);
  if (isReserved || isTaken) return [];
  const evidence = {
    now,
    was: message,
    oldReadsNew: undefined,
    newReadsOld: 'drop it, and would read it as whatever gets its id next',
    suggestions: reservation(now, id, sourceOf),
  };
  const parameters = { name, owner: was.name, id: String(id) };
  return [sides.tell('lock/message-removed', parameters, evidence)];
}

/** `reserved 5` behind the brace that opens the community. */
function reservation(now: Community, id: number, sourceOf: SourceOf): readonly Suggestion[] {
  const source = sourceOf(now.place.path);
  const open = source?.text.indexOf('{', source.lineStarts[now.place.line - 1]) ?? -1;
  if (source === undefined || open < 0) return [];
  const span = { source, start: open + 1, end: open + 1 };
  return [
    {
      text: `reserve the id: \`reserved ${id}\``,
      edits: [{ span, replacement: `\n  reserved ${id}` }],
      applicability: 'maybe-incorrect',
    },
  ];
}

/** New messages with ids that were given up for good. */
function reusedIds({ was, now }: CommunityPair, { tell }: Sides): readonly Diagnostic[] {
  return now.messages.flatMap((message) => {
    const isRetired = was.reserved.some(({ from, to, owner }) => {
      return owner === undefined && from <= message.id && message.id <= to;
    });
    if (!isRetired) return [];
    const evidence = {
      now: message,
      was,
      oldReadsNew: 'may still know the message that had the id before',
      newReadsOld: 'may take the message that had the id before for this one',
      help: 'take an id that nobody has had',
    };
    const parameters = { name: message.name, id: String(message.id) };
    return [tell('lock/id-reused', parameters, evidence)];
  });
}
