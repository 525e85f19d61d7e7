/** Message by message: which side reads the other. */
import type { Model } from '../ir/model.ts';
import { counterpartOf } from './compare.ts';
import { messageOf } from './compare-community.ts';
import { createReads, type Obstacle } from './reads.ts';
import { worldOf } from './world.ts';

/** Of a message that both models have. */
export type Verdict = {
  readonly community: string;
  readonly message: string;
  /** What peers with the older schema make of bytes of the newer; undefined: they understand. */
  readonly oldReadsNew: Obstacle;
  readonly newReadsOld: Obstacle;
};

/** The payloads of every message that both models have, nested structs included. */
export function verdictsOf(old: Model, young: Model): readonly Verdict[] {
  const [was, now] = [worldOf(old), worldOf(young)];
  const oldReadsNew = createReads(now, was, { isNamedApart: false });
  const newReadsOld = createReads(was, now, { isNamedApart: false });
  return was.communities.flatMap((one) => {
    const other = counterpartOf(one, { was, now });
    if (other === undefined) return [];
    return one.messages.flatMap((message) => {
      const match = messageOf(message, { was: one, now: other });
      if (match === undefined) return [];
      return [
        {
          community: other.name,
          message: match.name,
          oldReadsNew: oldReadsNew.fields(match.fields, message.fields),
          newReadsOld: newReadsOld.fields(message.fields, match.fields),
        },
      ];
    });
  });
}
