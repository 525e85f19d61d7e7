/** Community classes → communities with their messages. */
import { diagnose } from '../../diagnostics/diagnostic.ts';
import type { ClassInfo } from '../names/scope.ts';
import { communityNames, payloadNames } from '../names/spelling.ts';
import type { Context } from '../payloads/context.ts';
import type { Payloads } from '../payloads/payloads.ts';
import type { CommunityDraft, FieldDraft, MessageDraft } from '../schema/draft.ts';
import { nameOf } from '../values/value.ts';
import { type Identity, identityOf } from './identity.ts';
import { isCommunity, isUnknownCommunity } from './kinds.ts';
import { type Registration, registrationsOf } from './registrations.ts';

export type Communities = {
  readonly drafts: ReadonlyMap<ClassInfo, CommunityDraft>;
  /** Payloads that are messages. */
  readonly sent: ReadonlySet<ClassInfo>;
  /** Payloads with a handler that does not say whether they are signed. */
  readonly doubtful: ReadonlySet<ClassInfo>;
};

export function readCommunities(
  classes: readonly ClassInfo[],
  payloads: Payloads,
  context: Pick<Context, 'evaluate' | 'report'>,
): Communities {
  const { evaluate } = context;
  const found = classes.filter((info) => isCommunity(info, evaluate));
  const parents = new Map(found.map((info) => [info, parentOf(info, found, context)] as const));
  const extended = new Set(parents.values());
  const drafts = new Map<ClassInfo, CommunityDraft>();
  const sent = new Set<ClassInfo>();
  const doubtful = new Set<ClassInfo>();

  const draft = (info: ClassInfo): CommunityDraft | undefined => {
    const known = drafts.get(info);
    if (known !== undefined || !found.includes(info)) return known;
    const above = parents.get(info);
    const parent = above === undefined ? undefined : draft(above);
    const identity = identityOf(info, context);
    const messages = messagesOf(info, { payloads, context, sent, doubtful });
    const hasNone = identity.text === undefined && (parent === undefined || parent.isAbstract);
    if (hasNone && messages.length === 0 && !extended.has(info)) return undefined;
    if (hasNone && !extended.has(info)) reportIdentity(info, context);
    const { name } = info.definition;
    const made: CommunityDraft = {
      kind: 'community',
      names: communityNames(name.name),
      doc: payloads.docOf(info),
      origin: name.span,
      isAbstract: hasNone && extended.has(info),
      ...statedIdentity(identity, { hasNone, isExtended: extended.has(info) }),
      parent,
      messages,
    };
    drafts.set(info, made);
    return made;
  };
  for (const info of found) draft(info);
  return { drafts, sent, doubtful };
}

function statedIdentity(
  { text, version }: Identity,
  { hasNone, isExtended }: { readonly hasNone: boolean; readonly isExtended: boolean },
): { readonly identity: string | undefined; readonly version: number } {
  return { identity: hasNone && !isExtended ? 'dynamic' : text, version };
}

function reportIdentity(info: ClassInfo, { report }: Pick<Context, 'report'>): void {
  const { name } = info.definition;
  const notes = ['the class has no `community_id`; it is declared as `dynamic`'];
  const parameters = { community: name.name };
  report(diagnose('python/unreadable-identity', parameters, { at: name.span, notes }));
}

/** The community that it extends: one of those found. */
function parentOf(
  info: ClassInfo,
  found: readonly ClassInfo[],
  { evaluate, report }: Pick<Context, 'evaluate' | 'report'>,
): ClassInfo | undefined {
  const bases = evaluate.bases(info);
  const missing = bases.find(isUnknownCommunity);
  if (missing !== undefined) {
    const { bases: written, name } = info.definition;
    const parameters = { community: name.name, parent: nameOf(missing) };
    const at = written[bases.indexOf(missing)]?.value.span ?? name.span;
    const help = [`import the file with \`${parameters.parent}\` too`];
    report(diagnose('python/unknown-parent', parameters, { at, help }));
  }
  return evaluate
    .lineage(info)
    .slice(1)
    .find((one) => found.includes(one));
}

type Making = {
  readonly payloads: Payloads;
  readonly context: Pick<Context, 'evaluate' | 'report'>;
  readonly sent: Set<ClassInfo>;
  readonly doubtful: Set<ClassInfo>;
};

function messagesOf(info: ClassInfo, making: Making): readonly MessageDraft[] {
  const { context, doubtful, payloads, sent } = making;
  const inherited = context.evaluate.lineage(info).slice(1);
  const above = new Set(
    inherited.flatMap((one) =>
      registrationsOf(one, { ...context, report: () => {} }).found.map(keyOf),
    ),
  );
  const groups = new Map<string, Registration[]>();
  const registered = registrationsOf(info, context);
  for (const one of registered.doubtful) doubtful.add(one);
  for (const one of registered.found) {
    // Handled in another way here, and the same message.
    if (above.has(keyOf(one))) continue;
    const group = groups.get(keyOf(one));
    if (group === undefined) groups.set(keyOf(one), [one]);
    else group.push(one);
  }
  const messages = [...groups.values()].flatMap((group) => {
    const [first] = group;
    const fields = first?.payloads.map((one) => payloads.fieldsOf(one)) ?? [];
    for (const one of first?.payloads ?? []) sent.add(one);
    const isWhole = fields.every((one) => one !== undefined);
    if (first === undefined || !isWhole) return [];
    return [messageOf(group, first, joined(fields), payloads)];
  });
  return messages.toSorted((a, b) => a.id - b.id);
}

function keyOf({ id, payloads }: Registration): string {
  const classes = payloads.map(({ definition, outer }) => {
    return `${outer.module().path}:${definition.span.start}`;
  });
  return [id, ...classes].join(' ');
}

/** Payloads one behind the other are one message. */
function joined(lists: readonly (readonly FieldDraft[])[]): readonly FieldDraft[] {
  const [first = []] = lists;
  if (lists.length === 1) return first;
  const used = new Set<string>();
  return lists.flat().map((field) => {
    let name = field.name;
    for (let at = 2; used.has(name); at += 1) name = `${field.name}_${at}`;
    used.add(name);
    return { ...field, name };
  });
}

function messageOf(
  group: readonly Registration[],
  first: Registration,
  fields: readonly FieldDraft[],
  payloads: Payloads,
): MessageDraft {
  const [payload] = first.payloads;
  const onSocket = group.find(({ from }) => from === 'socket');
  const [head] = fields;
  const isInCircuit = head?.name === 'circuit_id' && head.type.join('') === 'u32';
  // What comes out of a circuit and does not name it travels as its data.
  const inside = group.some(({ from }) => from === 'cell') ? [isInCircuit ? 'cell' : 'data'] : [];
  const via = inside.length === 0 ? [] : [...(onSocket === undefined ? [] : ['socket']), ...inside];
  const { auth, id, isTimed, span } = onSocket ?? first;
  return {
    kind: 'message',
    names: payloadNames(payload?.definition.name.name ?? ''),
    doc: payload === undefined ? [] : payloads.docOf(payload),
    origin: payload?.definition.name.span ?? span,
    id,
    auth,
    isTimed,
    via,
    fields,
  };
}
