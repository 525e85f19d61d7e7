import type { BitsMember } from './wire-type.ts';

/** A member of `bits` that has a value. */
export type NamedMember = Exclude<BitsMember, { kind: 'unused' }>;

/** A member with its place in the byte: `shift` counts from the low bit. */
export type PlacedBits = {
  readonly member: NamedMember;
  readonly shift: number;
  readonly width: number;
};

/** The named members of `bits`; the first one declared holds the high bits. */
export function placeBits(members: readonly BitsMember[]): readonly PlacedBits[] {
  const placed: PlacedBits[] = [];
  let shift = 8;
  for (const member of members) {
    const width = member.kind === 'flag' ? 1 : member.bits;
    shift -= width;
    if (member.kind !== 'unused') placed.push({ member, shift, width });
  }
  return placed;
}
