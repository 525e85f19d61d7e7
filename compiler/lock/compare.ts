/**
 * What of the wire changed between an older model and a newer, as diagnostics about the newer.
 * Names pair declarations; what is only renamed, or stands elsewhere, is no change.
 */
import { type Diagnostic, orderDiagnostics } from '../diagnostics/diagnostic.ts';
import type { Community, Model } from '../ir/model.ts';
import { compareCommunity } from './compare-community.ts';
import { compareFields, type Sides } from './compare-fields.ts';
import { compareNumbers, compareUnion } from './compare-numbers.ts';
import { createTell, type SourceOf, type Spot } from './evidence.ts';
import { createReads } from './reads.ts';
import { type World, worldOf } from './world.ts';

/** A model with the texts it was read from. */
export type Snapshot = { readonly model: Model; readonly sourceOf: SourceOf };

/** Every change that keeps one side from understanding the other; none means both do. */
export function compare(old: Snapshot, young: Snapshot): readonly Diagnostic[] {
  const [was, now] = [worldOf(old.model), worldOf(young.model)];
  // Declarations are compared where they stand, once, and not again in every field that names them.
  const sides: Sides = {
    oldReadsNew: createReads(now, was, { isNamedApart: true }),
    newReadsOld: createReads(was, now, { isNamedApart: true }),
    tell: createTell(young.sourceOf, old.sourceOf),
  };
  const communities = was.communities.flatMap((one) => {
    const other = counterpartOf(one, { was, now });
    if (other === undefined) return [removedCommunity(one, young.model, sides)];
    return compareCommunity({ was: one, now: other }, sides, young.sourceOf);
  });
  return orderDiagnostics([...compareTypes(was, now, sides), ...communities]);
}

function compareTypes(was: World, now: World, sides: Sides): readonly Diagnostic[] {
  const changes: Diagnostic[] = [];
  for (const [name, one] of was.structs) {
    const other = now.structs.get(name);
    if (other !== undefined) changes.push(...compareFields(one, other, sides));
  }
  for (const [name, one] of was.unions) {
    const other = now.unions.get(name);
    if (other !== undefined) changes.push(...compareUnion(one, other, sides));
  }
  for (const [name, one] of was.enums) {
    const other = now.enums.get(name);
    if (other !== undefined) changes.push(...compareNumbers(one, other, sides));
  }
  for (const [name, one] of was.codecs) {
    const other = now.codecs.get(name);
    if (other === undefined) continue;
    const oldReadsNew = sides.oldReadsNew.type(other.carrier, one.carrier);
    const newReadsOld = sides.newReadsOld.type(one.carrier, other.carrier);
    if (oldReadsNew === undefined && newReadsOld === undefined) continue;
    const evidence = { now: other, was: one, oldReadsNew, newReadsOld };
    changes.push(sides.tell('lock/carrier-changed', { name }, evidence));
  }
  return changes;
}

/** The community of that name; failing that, the new one with its identity. */
export function counterpartOf(
  one: Community,
  { was, now }: { readonly was: World; readonly now: World },
): Community | undefined {
  const named = now.communities.find(({ name }) => name === one.name);
  if (named !== undefined || one.identity.kind !== 'fixed') return named;
  const { communityId } = one.identity;
  return now.communities.find(({ name, identity, version }) => {
    const isSame = identity.kind === 'fixed' && identity.communityId === communityId;
    const isNew = was.communities.every((each) => each.name !== name);
    return isSame && isNew && version === one.version;
  });
}

function removedCommunity(one: Community, young: Model, { tell }: Sides): Diagnostic {
  const paths = young.modules.map(({ path }) => path);
  const path = paths.includes(one.place.path) ? one.place.path : (paths[0] ?? one.place.path);
  const now: Spot = { name: one.name, place: { path, line: 1 } };
  return tell(
    'lock/community-removed',
    { name: one.name },
    {
      now,
      was: one,
      oldReadsNew: 'hear nothing of us',
      newReadsOld: 'drop every packet of it',
      help: 'when the overlay has ended for all peers, accept it with `ipv8c lock --accept-breaking`',
    },
  );
}
