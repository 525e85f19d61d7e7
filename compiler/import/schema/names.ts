/** Every declaration gets a name that no other one has. */
import { BUILT_IN_TYPES } from '../../check/type-shape.ts';
import type { CodecDraft, CommunityDraft, MessageDraft, StructDraft } from './draft.ts';

export type Named = StructDraft | CodecDraft | CommunityDraft | MessageDraft;

/** Names for all, in the order given: the first has the choice. */
export function nameAll(
  drafts: readonly Named[],
  /** Where a declaration comes from, for those whose own names are taken. */
  homeOf: (draft: Named) => string,
): ReadonlyMap<Named, string> {
  const used = new Set<string>(BUILT_IN_TYPES);
  const names = new Map<Named, string>();
  for (const draft of drafts) {
    const [short = 'Unnamed', ...others] = draft.names;
    const isCodec = draft.kind === 'codec';
    const wanted = [short, ...others, isCodec ? `${short}_codec` : `${homeOf(draft)}${short}`];
    let name = wanted.find((one) => !used.has(one));
    for (let at = 2; name === undefined; at += 1) {
      const numbered = isCodec ? `${short}_${at}` : `${short}${at}`;
      if (!used.has(numbered)) name = numbered;
    }
    used.add(name);
    names.set(draft, name);
  }
  return names;
}
